// SPDX-License-Identifier: MIT
// What the pages do: a sentence and the proof of each.
import { byTitle } from './answers.mjs';

const BOOKING = '/api/v1/sessions';

async function openEditor(page, title) {
  await page.getByRole('button', { name: 'Buổi mới' }).click();
  const editor = page.getByRole('dialog');
  await editor.locator('input[name=title]').fill(title);
  return editor;
}

const choose = (editor, group, name) =>
  editor.getByRole('group', { name: group, exact: true }).getByText(name).first().click();

async function until(holds) {
  for (let tries = 0; !holds(); tries++) {
    if (tries === 300) {
      throw new Error(`never: ${holds}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function booked(service) {
  const find = () => service.requests.filter((one) => one.method === 'POST' && one.path === BOOKING);
  await until(() => find().length > 0);
  return find();
}

export const behaviours = {
  'signing in leads to where one wanted to go': async ({ open, service, demand }) => {
    const page = await open({ address: '/lich' });
    service.signedIn = false;
    await page.goto(`${service.address}/dat`);
    await page.getByLabel('Tên đăng nhập').fill('hanh');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('sai');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor();
    await page.getByLabel('Mật khẩu', { exact: true }).fill('dung-mat-khau');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('heading', { name: 'Đặt lịch' }).waitFor();
    demand(new URL(page.url()).pathname === '/dat', page.url());
  },

  'an address in the link never leads out of the house': async ({ open, service, demand }) => {
    const page = await open({ address: '/lich' });
    service.signedIn = false;
    await page.goto(`${service.address}/vao?ve=//example.org/`);
    await page.getByLabel('Tên đăng nhập').fill('hanh');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('dung-mat-khau');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('heading', { name: 'Lịch trong tuần' }).waitFor();
    demand(page.url() === `${service.address}/lich`, page.url());
  },

  'the agenda opens on the day of the service, whatever the clock of the PC': async ({ open, demand }) => {
    const page = await open({ address: '/lich' });
    await page.locator('.card:visible').first().waitFor();
    const first = await page.locator('.day:not(.past .day) h2').first().textContent();
    demand(first.startsWith('Hôm nay') && first.includes('25/11'), first);
    demand((await page.locator('.badge.recording').count()) === 1, 'the running session says that it is recorded');
    demand(await page.getByText('Đang hoàn tất bản ghi').first().isVisible(), 'finalising is shown');
    demand(await page.getByText('43 %').isVisible(), 'and how far it is');
    demand(
      await page.getByText('Lý do: Trùng lịch tiếp đoàn công tác của Bộ').isVisible(),
      'a cancellation has its reason',
    );
  },

  'the recording progress moves without a reload': async ({ open, service }) => {
    const page = await open({ address: '/lich' });
    await page.getByText('43 %').waitFor();
    await until(() => service.listeners.size > 0);
    service.tell('job', { sessionId: byTitle('Giao ban').id, permille: 870 });
    await page.getByText('87 %').waitFor();
  },

  'two tabs share one stream of events': async ({ open, service, demand }) => {
    const page = await open({ address: '/lich' });
    await page.locator('.card:visible').first().waitFor();
    const second = await page.context().newPage();
    await second.goto(`${service.address}/lich`);
    await second.locator('.card:visible').first().waitFor();
    await until(() => service.listeners.size > 0);
    demand(service.listeners.size === 1, `${service.listeners.size} streams`);
    const [first] = service.listeners;
    await page.close();
    await until(() => service.listeners.size > 0 && !service.listeners.has(first));
    demand(service.listeners.size === 1, `after the first tab was closed: ${service.listeners.size} streams`);
    service.tell('job', { sessionId: byTitle('Giao ban').id, permille: 910 });
    await second.getByText('91 %').waitFor();
  },

  'a clash is told while typing, with who, what, when and the telephone': async ({ open, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Tập huấn phần mềm');
    await choose(editor, 'Phòng', 'Hội trường A');
    await editor.getByLabel('Từ giờ').fill('10h00');
    const status = editor.locator('.clashes');
    await status.waitFor();
    const text = await status.innerText();
    for (const part of ['Hội trường A', 'Kinh tế chính trị, bài 4', '07:30–11:00', 'Phạm Thu Hà', '0234 3822 173']) {
      demand(text.includes(part), `"${part}" is not in: ${text}`);
    }
    demand(await editor.locator('.foot .primary').isDisabled(), 'what clashes cannot be saved');
  },

  'what one may not see is only taken': async ({ open, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Họp');
    await choose(editor, 'Phòng', 'Phòng họp UBND huyện Phú Vang');
    await editor.getByLabel('Từ giờ').fill('09:00');
    await editor.locator('.clashes').waitFor();
    demand(
      (await editor.locator('.clashes').innerText()).includes('đã có lịch khác, 08:00–10:30'),
      'no more than the time',
    );
  },

  'an alternative is one press': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Tập huấn phần mềm');
    await choose(editor, 'Phòng', 'Hội trường A');
    await editor.getByLabel('Từ giờ').fill('10:00');
    await editor.getByRole('button', { name: '13:30–15:00' }).click();
    await editor.getByText('Còn trống, đặt được').waitFor();
    await editor.locator('.foot .primary').click();
    const [first] = await booked(service);
    demand(first.body.start === '2026-11-25T13:30' && first.body.minutes === 90, JSON.stringify(first.body));
    demand(first.body.sources.join() === '401', 'the camera of the room records');
    demand(
      first.headers['x-csrf'] === 'c5rf' && first.headers['idempotency-key'].length === 32,
      'protected and repeatable',
    );
    await page.getByText('Đã đặt: Tập huấn phần mềm.').waitFor();
  },

  'a site on a thin line takes part otherwise with one press': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Hội nghị');
    await choose(editor, 'Phòng', 'Hội trường A');
    await choose(editor, 'Điểm cầu', 'Phú Vang');
    await choose(editor, 'Điểm cầu', 'A Lưới');
    await editor.getByLabel('Từ giờ').fill('10:00');
    await editor.getByRole('button', { name: 'huyện A Lưới: chỉ tiếng' }).click();
    const asked = () => service.requests.filter((one) => one.path.endsWith('/preview')).at(-1)?.body.sites;
    await until(() => JSON.stringify(asked()) === '[{"id":203,"profile":"audio"}]');
    await editor.getByRole('button', { name: 'Điểm cầu huyện A Lưới: ghi lại, xem sau' }).click();
    await until(() => JSON.stringify(asked()) === '[{"id":203,"profile":"record-later"}]');
    demand((await editor.locator('input[name=title]').inputValue()) === 'Hội nghị', 'the rest stays');
  },

  'another room is one press': async ({ open, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Tập huấn');
    await choose(editor, 'Phòng', 'Hội trường A');
    await editor.getByLabel('Từ giờ').fill('10:00');
    await editor.getByRole('button', { name: 'Phòng họp trực tuyến 1 thay cho Hội trường A' }).click();
    await editor.getByText('Còn trống, đặt được').waitFor();
    demand(await editor.getByRole('checkbox', { name: /Phòng họp trực tuyến 1/ }).isChecked(), 'chosen instead');
  },

  'of a weekly series those that clash are left out by one press': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Lớp hằng tuần');
    await choose(editor, 'Phòng', 'Hội trường A');
    await editor.getByLabel('Từ giờ').fill('10:00');
    await editor.getByLabel('Lặp lại').selectOption('1');
    await editor.getByRole('spinbutton', { name: 'Số buổi' }).fill('5');
    await editor.locator('.clashes').getByText('1 trong 5 buổi bị trùng').waitFor();
    await editor.getByRole('button', { name: 'Bỏ 1 buổi trùng, đặt 4 buổi còn lại' }).click();
    await editor.getByText('Cả 4 buổi đều trống').waitFor();
    await editor.locator('.foot .primary').click();
    const [first] = await booked(service);
    demand(first.body.rule === 'FREQ=WEEKLY;COUNT=5', first.body.rule);
    demand(first.body.skip.join() === '2026-11-25', String(first.body.skip));
  },

  'the keyboard alone books': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    await page.locator('.lane').first().focus();
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowRight',
      'ArrowRight',
      'Shift+ArrowRight',
    ]) {
      await page.keyboard.press(key);
    }
    const said = await page.locator('.timeline [role=status]').innerText();
    demand(said.includes('Phòng họp UBND huyện A Lưới, 08:30–09:45'), said);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Họp nhanh');
    await page.getByText('Còn trống, đặt được').waitFor();
    await page.keyboard.press('Enter');
    const [first] = await booked(service);
    demand(first.body.title === 'Họp nhanh' && first.body.rooms.join() === '105', JSON.stringify(first.body));
    demand(first.body.start === '2026-11-25T08:30' && first.body.minutes === 75, JSON.stringify(first.body));
  },

  'a mouse drags a booking': async ({ open, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const lane = page.locator('.lane').nth(4);
    const box = await lane.boundingBox();
    const x = (hour) => box.x + (box.width * (hour - 6)) / 16;
    await page.mouse.move(x(8) + 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(x(9), box.y + 22, { steps: 4 });
    await page.mouse.move(x(10.25) - 2, box.y + 22, { steps: 4 });
    await page.mouse.up();
    const editor = page.getByRole('dialog');
    await editor.waitFor();
    demand((await editor.getByLabel('Từ giờ').inputValue()) === '08:00', 'from');
    demand(
      (await editor.getByLabel('Đến giờ').inputValue()) === '10:15',
      await editor.getByLabel('Đến giờ').inputValue(),
    );
  },

  'a finger taps an hour and confirms it': async ({ open, demand }) => {
    const page = await open({ address: '/dat', size: [360, 740] });
    await page.locator('.item').first().waitFor();
    const box = await page.locator('.lane').nth(2).boundingBox();
    await page.touchscreen.tap(box.x + 20, box.y + 20);
    await page.getByRole('button', { name: 'Đặt giờ này' }).tap();
    const editor = page.getByRole('dialog');
    demand((await editor.getByLabel('Từ giờ').inputValue()) === '06:00', 'the half hour that was tapped');
  },

  'rooms that are ticked show when all are free': async ({ open, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    await page.getByRole('checkbox', { name: /Hội trường A/ }).check();
    await page.getByRole('checkbox', { name: /Phòng học B2/ }).check();
    const free = await page.locator('.common button').allInnerTexts();
    demand(free.join() === '06:00–07:30,11:15–22:00', free.join());
  },

  'nothing typed is lost to somebody who was faster': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Buổi của tôi');
    await choose(editor, 'Phòng', 'Phòng họp trực tuyến 1');
    await editor.getByText('Còn trống, đặt được').waitFor();
    const clash = {
      resource: { id: 103, kind: 'room', name: 'Phòng họp trực tuyến 1' },
      capacity: 1,
      free: 0,
      wanted: 1,
      why: 'taken',
    };
    const times = { start: '2026-11-25T09:00:00+07:00', end: '2026-11-25T10:00:00+07:00' };
    const holder = { ...times, title: 'Hội ý đột xuất', by: 'Trần Văn Minh', phone: '0234 111', amount: 1 };
    const preview = {
      number: 13,
      occurrences: [{ ...times, clashes: [{ ...clash, ...times, with: [holder] }] }],
      alternatives: [],
    };
    const problem = { code: 'clash', status: 409, title: 'Conflict', detail: 'taken', preview };
    service.next.set(`POST ${BOOKING}`, { status: 409, body: problem });
    await editor.locator('.foot .primary').click();
    await editor.getByText('Vừa có người đặt trước bạn').waitFor();
    demand(
      (await editor.innerText()).includes('“Hội ý đột xuất”, 09:00–10:00, Trần Văn Minh, ĐT 0234 111'),
      'names who',
    );
    demand((await editor.locator('input[name=title]').inputValue()) === 'Buổi của tôi', 'the title stays');
  },

  'nothing typed is lost to a sign-in that expires': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Buổi của tôi');
    service.signedIn = false;
    await choose(editor, 'Phòng', 'Phòng họp trực tuyến 1');
    const again = page.getByRole('dialog', { name: 'Phiên làm việc đã hết' });
    await again.getByLabel('Tên đăng nhập').fill('hanh');
    await again.getByLabel('Mật khẩu', { exact: true }).fill('dung-mat-khau');
    await again.getByRole('button', { name: 'Đăng nhập' }).click();
    await again.waitFor({ state: 'detached' });
    demand((await editor.locator('input[name=title]').inputValue()) === 'Buổi của tôi', 'the title stays');
    await editor.locator('.foot .primary').click();
    const [first] = await booked(service);
    demand(first.body.title === 'Buổi của tôi', JSON.stringify(first.body));
  },

  'a line that breaks while saving books once, with one key': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Đường truyền kém');
    await choose(editor, 'Phòng', 'Phòng họp trực tuyến 1');
    await editor.getByText('Còn trống, đặt được').waitFor();
    service.next.set(`POST ${BOOKING}`, 'drop');
    await editor.locator('.foot .primary').click();
    await page.getByText('Đã đặt: Đường truyền kém.').waitFor();
    const keys = service.requests.filter((one) => one.path === BOOKING).map((one) => one.headers['idempotency-key']);
    demand(keys.length === 2 && keys[0] === keys[1], keys.join());
  },

  'a form that was put aside can be taken up again, after a reload too': async ({ open, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Soạn dở');
    await choose(editor, 'Điểm cầu', 'A Lưới');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: 'Soạn tiếp' }).click();
    demand((await editor.locator('input[name=title]').inputValue()) === 'Soạn dở', 'title');
    demand(await editor.getByRole('checkbox', { name: 'A Lưới', exact: true }).isChecked(), 'site');
  },

  'a free time is found and taken with one press': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Hội nghị xã');
    await choose(editor, 'Điểm cầu', 'Phú Vang');
    await choose(editor, 'Điểm cầu', 'A Lưới');
    await editor.getByText('Tìm giờ trống').click();
    await editor.getByRole('button', { name: 'Thứ Năm 26/11, 13:30–15:00 Đủ cả 2 điểm cầu' }).waitFor();
    await editor.getByRole('button', { name: /08:00–09:30 Vắng: Điểm cầu huyện A Lưới/ }).click();
    demand((await editor.getByLabel('Từ giờ').inputValue()) === '08:00', 'its hour');
    demand(
      !(await editor.getByRole('checkbox', { name: 'A Lưới', exact: true }).isChecked()),
      'without who is missing',
    );
    await editor.locator('.status .good').waitFor();
    await editor.locator('.foot .primary').click();
    const [{ body }] = await booked(service);
    demand(body.start === '2026-11-26T08:00' && body.mainSite === 202 && body.sites.length === 0, JSON.stringify(body));
  },

  'where no time is free the reason is named, and when it would be without it': async ({ open, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Hội nghị xã');
    await choose(editor, 'Phòng', 'Phòng họp UBND huyện Phú Vang');
    await editor.getByText('Tìm giờ trống').click();
    await editor.getByText('Không có lúc nào mọi thứ cùng trống').waitFor();
    const text = await editor.locator('.found').innerText();
    for (const part of [
      'kín mọi buổi sáng',
      '“Kiểm phiếu”, 08:00–09:30, Lê Thị Hoa, ĐT 0234 222',
      'Nếu không cần: Thứ Năm 26/11',
    ]) {
      demand(text.includes(part), `"${part}" is not in: ${text}`);
    }
  },

  'equipment, the line of a site and named persons go into the booking': async ({ open, service, demand }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Tập huấn tin học');
    await choose(editor, 'Điểm cầu', 'Trường Chính trị');
    await choose(editor, 'Điểm cầu', 'A Lưới');
    await choose(editor, 'Thiết bị', 'Máy tính xách tay');
    await editor.getByLabel('Số Máy tính xách tay').fill('12');
    await choose(editor, 'Điểm cầu', 'Phú Vang');
    await editor.getByText('Cách tham gia và đường truyền từng điểm cầu').click();
    await editor.getByRole('combobox', { name: 'A Lưới' }).selectOption('kbps:512');
    await editor.getByRole('combobox', { name: 'Phú Vang' }).selectOption({ label: 'chỉ tiếng, 64 kbit/s' });
    await editor.getByText('Thêm: người được xem, ghi chú').click();
    await editor.getByLabel('Ai được xem').selectOption('persons');
    await choose(editor, 'Người được xem', 'Võ Hoàng Long');
    await editor.getByText('Còn trống, đặt được').waitFor();
    await editor.locator('.foot .primary').click();
    const [{ body }] = await booked(service);
    demand(JSON.stringify(body.equipment) === '[{"id":301,"amount":12}]', JSON.stringify(body.equipment));
    demand(body.mainSite === 201, 'the first one leads');
    demand(
      JSON.stringify(body.sites) === '[{"id":203,"kbps":512},{"id":202,"profile":"audio"}]',
      JSON.stringify(body.sites),
    );
    demand(body.audience === 'persons' && body.audienceIds.join() === '9', JSON.stringify(body));
  },

  'start now books without a time': async ({ open, service, demand }) => {
    const page = await open({ address: '/lich' });
    await page.getByRole('link', { name: 'Bắt đầu ngay' }).click();
    const editor = page.getByRole('dialog');
    await editor.locator('input[name=title]').fill('Kiểm tra đường truyền');
    await choose(editor, 'Phòng', 'Phòng họp trực tuyến 1');
    await editor.getByText('Còn trống, đặt được').waitFor();
    await editor.locator('.foot .primary').click();
    const [first] = await booked(service);
    demand(first.body.now === true && first.body.start === undefined, JSON.stringify(first.body));
  },

  'one press never ends a session, two do': async ({ open, service, demand }) => {
    const id = byTitle('bài 4').id;
    const page = await open({ address: `/buoi/${id}` });
    const stops = () => service.requests.filter((one) => one.path.endsWith('/stop')).length;
    await page.getByRole('button', { name: 'Kết thúc' }).click();
    await page.waitForTimeout(200);
    demand(stops() === 0, 'one press');
    await page.getByRole('button', { name: 'Bấm lần nữa để kết thúc' }).click();
    await page.waitForTimeout(200);
    demand(stops() === 1, `${stops()} after two presses`);
  },

  'a session is cancelled with a reason only': async ({ open, service, demand }) => {
    const id = byTitle('kết nạp Đảng').id;
    const page = await open({ address: `/buoi/${id}` });
    await page.getByRole('button', { name: 'Hủy buổi' }).click();
    const dialog = page.getByRole('dialog');
    demand(await dialog.locator('.danger').isDisabled(), 'not without a reason');
    await dialog.getByLabel('Lý do hủy').fill('Bão số 14');
    await dialog.locator('.danger').click();
    await page.getByText('Lý do: Bão số 14').waitFor();
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await page.getByText('Đã hoàn tác.').waitFor();
    demand(service.requests.find((one) => one.path.endsWith('/undo')).body.number === 4, 'the change that was made');
    const sent = service.requests.find((one) => one.path.endsWith('/cancel'));
    demand(sent.body.reason === 'Bão số 14' && sent.body.scope === undefined, JSON.stringify(sent.body));
  },

  'a move carries the version that was seen': async ({ open, service, demand }) => {
    const id = byTitle('kết nạp Đảng').id;
    const page = await open({ address: `/buoi/${id}` });
    await page.getByRole('button', { name: 'Đổi giờ' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ngày').fill('27/11/2026');
    await dialog.getByRole('button', { name: 'Đổi sang giờ này' }).click();
    await dialog.waitFor({ state: 'detached' });
    const sent = service.requests.find((one) => one.path.endsWith('/move'));
    demand(sent.headers['if-match'] === '"4"' && sent.body.start === '2026-11-27T07:30', JSON.stringify(sent.body));
    demand(sent.body.minutes === 210, 'its length stays');
  },

  'a move of a series is told before it is made: what changes, what keeps its own time, what is past': async ({
    open,
    service,
    demand,
  }) => {
    const page = await open({ address: `/buoi/${byTitle('Tin học văn phòng').id}` });
    await page.getByRole('button', { name: 'Đổi giờ' }).click();
    const dialog = page.getByRole('dialog');
    demand(await dialog.locator('.primary').isDisabled(), 'the same time is no move');
    await dialog.getByLabel('Từ giờ').fill('15:00');
    await dialog.getByText('Sẽ đổi 1 buổi').waitFor();
    await dialog.getByLabel('Cả chuỗi').check();
    await dialog.getByText('Sẽ đổi 3 buổi').waitFor();
    const text = await dialog.locator('.difference').innerText();
    for (const part of [
      'Thứ Năm 26/11, 14:00–16:00 → Thứ Năm 26/11, 15:00–17:00',
      '1 buổi đã chỉnh riêng, giữ nguyên: Thứ Năm 10/12',
      '1 buổi đã diễn ra, giữ nguyên: Thứ Năm 19/11',
      '5 người',
    ]) {
      demand(text.includes(part), `"${part}" is not in: ${text}`);
    }
    demand(!service.requests.some((one) => one.path.endsWith('/move')), 'nothing is done yet');
    await dialog.getByRole('button', { name: 'Đổi sang giờ này' }).click();
    await dialog.waitFor({ state: 'detached' });
    demand(service.requests.find((one) => one.path.endsWith('/move')).body.scope === 'all', 'the whole series');
  },

  'a session is edited in one of three scopes, and told before it is done': async ({ open, service, demand }) => {
    const page = await open({ address: `/buoi/${byTitle('Tin học văn phòng').id}` });
    await page.getByRole('button', { name: 'Sửa buổi' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[name=title]').fill('Tin học nâng cao');
    await choose(dialog, 'Phòng', 'Hội trường A');
    await dialog.getByLabel('Buổi này và các buổi sau').check();
    await dialog.getByText('Nội dung: Tin học văn phòng hằng tuần → Tin học nâng cao').first().waitFor();
    await dialog.getByText('Phòng: Phòng học B2 → Hội trường A, Phòng học B2').first().waitFor();
    await dialog.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { body, headers } = service.requests.find((one) => one.path.endsWith('/edit'));
    demand(body.scope === 'following' && body.title === 'Tin học nâng cao', JSON.stringify(body));
    demand(body.rooms.join() === '102,101' && body.trainers === undefined, JSON.stringify(body));
    demand(headers['if-match'] === '"4"', 'the version that was seen');
    await page.getByText('Đã sửa: Tin học nâng cao.').waitFor();
  },

  'an edit that was put aside is there again': async ({ open, demand }) => {
    const page = await open({ address: `/buoi/${byTitle('Tin học văn phòng').id}` });
    await page.getByRole('button', { name: 'Sửa buổi' }).click();
    await page.getByRole('dialog').locator('input[name=title]').fill('Soạn dở');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sửa buổi' }).click();
    demand((await page.getByRole('dialog').locator('input[name=title]').inputValue()) === 'Soạn dở', 'the title');
  },

  'a series is cancelled after its sessions were named': async ({ open, service, demand }) => {
    const page = await open({ address: `/buoi/${byTitle('Tin học văn phòng').id}` });
    await page.getByRole('button', { name: 'Hủy buổi' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Lý do hủy').fill('Mất điện');
    await dialog.getByLabel('Cả chuỗi').check();
    await dialog.getByText('Sẽ hủy 3 buổi').waitFor();
    const text = await dialog.locator('.change-list').innerText();
    demand(text.includes('Thứ Năm 26/11') && text.includes('Thứ Năm 17/12'), text);
    await dialog.getByRole('button', { name: 'Hủy các buổi này' }).click();
    await page.getByText('Lý do: Mất điện').waitFor();
    demand(service.requests.find((one) => one.path.endsWith('/cancel')).body.scope === 'all', 'the whole series');
  },

  'a request is approved with its document; those that want its place stand beside it': async ({
    open,
    service,
    demand,
  }) => {
    const page = await open({ address: '/cho-duyet' });
    const request = page.locator('.request').first();
    await request.waitFor();
    const text = await request.innerText();
    for (const part of [
      'an toàn thông tin',
      'và 2 buổi nữa',
      'Cấp tỉnh',
      'Chờ số giấy mời',
      'Giữ chỗ đến Thứ Năm 26/11, 17:00',
      '“Đối thoại thanh niên”, Thứ Sáu 27/11, 08:30–11:00, Lê Thị Hoa, Cấp sở, ngành',
      'đã có lịch khác, Thứ Sáu 27/11, 09:00–10:00',
    ]) {
      demand(text.includes(part), `"${part}" is not in: ${text}`);
    }
    demand(await page.getByRole('link', { name: 'Họp tổ dân phố' }).isVisible(), 'what a closure hit is named');
    await request.getByRole('button', { name: 'Duyệt' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Số giấy mời').fill('12/GM-UBND');
    await dialog.getByRole('button', { name: 'Duyệt' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { body, headers } = service.requests.find((one) => one.path.endsWith('/approve'));
    demand(body.document === '12/GM-UBND' && body.displaces === undefined, JSON.stringify(body));
    demand(headers['if-match'] === '"4"', 'the version that was seen');
  },

  'a request is refused with a reason only': async ({ open, service, demand }) => {
    const page = await open({ address: '/cho-duyet' });
    await page.locator('.request').first().getByRole('button', { name: 'Từ chối' }).click();
    const dialog = page.getByRole('dialog');
    demand(await dialog.locator('.danger').isDisabled(), 'not without a reason');
    await dialog.getByLabel('Lý do từ chối').fill('Trùng kỳ họp HĐND');
    await dialog.locator('.danger').click();
    await dialog.waitFor({ state: 'detached' });
    const { body } = service.requests.find((one) => one.path.endsWith('/refuse'));
    demand(body.reason === 'Trùng kỳ họp HĐND' && body.only === undefined, JSON.stringify(body));
  },

  'an approval displaces nobody unless somebody confirms it': async ({ open, service, demand }) => {
    const page = await open({ address: '/cho-duyet' });
    await page.locator('.request').first().getByRole('button', { name: 'Duyệt' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Chỉ buổi này/).check();
    await dialog.getByRole('button', { name: 'Duyệt' }).click();
    await dialog.getByText('Đề xuất chuyển sang: Thứ Năm 26/11, 13:30–17:00').waitFor();
    demand(await dialog.locator('.primary').isDisabled(), 'not yet confirmed');
    await dialog.getByLabel('Tôi xác nhận dời 1 buổi này').check();
    await dialog.getByRole('button', { name: 'Duyệt và dời các buổi trên' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { body } = service.requests.filter((one) => one.path.endsWith('/approve'))[1];
    demand(
      JSON.stringify(body.displaces) === '[{"id":34,"number":4,"start":"2026-11-26T13:30"}]',
      JSON.stringify(body),
    );
  },

  'a booking of a higher rank displaces after a confirmation, or is filed to compete': async ({
    open,
    service,
    demand,
  }) => {
    const page = await open({ address: '/dat' });
    await page.locator('.item').first().waitFor();
    const editor = await openEditor(page, 'Họp khẩn phòng chống bão');
    await choose(editor, 'Phòng', 'Hội trường A');
    await editor.getByLabel('Từ giờ').fill('10:00');
    await editor.getByText('Thêm: người được xem, ghi chú').click();
    await editor.getByRole('combobox', { name: 'Cấp' }).selectOption('province');
    await editor.getByText('Bạn được ưu tiên, 1 buổi phải nhường chỗ').waitFor();
    demand(await editor.locator('.foot .primary').isDisabled(), 'not yet confirmed');
    await editor.getByLabel(/Tôi xác nhận/).check();
    await editor.getByLabel('Ghi chú').fill('Mang áo mưa');
    demand(await editor.locator('.foot .primary').isDisabled(), 'a change asks for the confirmation again');
    await editor.getByLabel(/Tôi xác nhận/).check();
    await editor.locator('.foot .primary').click();
    const [{ body }] = await booked(service);
    demand(body.rank === 'province' && body.displaces[0].id === 34, JSON.stringify(body));
  },

  'many sessions are moved at once: named first, then confirmed, and taken back as one': async ({
    open,
    service,
    demand,
  }) => {
    const page = await open({ address: '/doi-nhieu' });
    await page.getByRole('combobox', { name: 'Đơn vị' }).selectOption({ label: 'Huyện A Lưới' });
    await page.getByLabel('Từ ngày').fill('26/11/2026');
    await page.getByRole('button', { name: 'Dời', exact: true }).click();
    await page.getByLabel('Dời sang ngày').fill('28/11/2026');
    await page.getByText('Thứ Năm 26/11, 07:30–11:00 → Thứ Bảy 28/11, 07:30–11:00').waitFor();
    const text = await page.locator('.difference').innerText();
    demand(text.includes('1 buổi không đổi được') && text.includes('đã bắt đầu hoặc đã xong'), text);
    demand(!service.requests.some((one) => one.path.endsWith('/change-many')), 'nothing is done yet');
    await page.getByRole('button', { name: 'Dời 1 buổi' }).click();
    await page.getByText('Đã dời 1 buổi.').waitFor();
    const { body } = service.requests.find((one) => one.path.endsWith('/change-many'));
    const { unitId, from, until, toDay, those, ifNumber } = body;
    demand(unitId === 5 && from === '2026-11-26' && until === from && toDay === '2026-11-28', JSON.stringify(body));
    demand(those === 'fitting' && ifNumber === 12, JSON.stringify(body));
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await page.getByText('Đã hoàn tác.').waitFor();
    demand(service.requests.find((one) => one.path.endsWith('/undo')).body.number === 15, 'all of it');
  },

  'many are cancelled with a reason only': async ({ open, demand }) => {
    const page = await open({ address: '/doi-nhieu' });
    await page.getByRole('combobox', { name: 'Đơn vị' }).selectOption({ label: 'Huyện A Lưới' });
    await page.getByText('Sẽ hủy 1 buổi').waitFor();
    demand(await page.locator('.danger').isDisabled(), 'not without a reason');
    await page.getByLabel('Lý do hủy').fill('Bão số 14');
    await page.getByRole('button', { name: 'Hủy 1 buổi' }).click();
    await page.getByText('Đã hủy 1 buổi.').waitFor();
  },

  'an extension that is refused names who is in the way, and how far is free': async ({ open, service, demand }) => {
    const id = byTitle('bài 4').id;
    const page = await open({ address: `/buoi/${id}` });
    const times = { start: '2026-11-25T11:00:00+07:00', end: '2026-11-25T12:00:00+07:00' };
    const resource = { id: 101, kind: 'room', name: 'Hội trường A' };
    const holder = { ...times, title: 'Đoàn công tác của Bộ', by: 'Trần Văn Minh', phone: '0234 111', amount: 1 };
    const clash = { resource, ...times, capacity: 1, free: 0, wanted: 1, why: 'taken', with: [holder] };
    const longest = { kind: 'end', end: '2026-11-25T11:20:00+07:00', minutes: 20 };
    const preview = { number: 13, occurrences: [{ ...times, clashes: [clash] }], alternatives: [longest] };
    const problem = { code: 'clash', status: 409, title: 'Conflict', detail: 'taken', preview };
    service.next.set(`POST /api/v1/sessions/${id}/extend`, { status: 409, body: problem });
    await page.getByRole('button', { name: 'Kéo dài 30 phút' }).click();
    await page.getByText('“Đoàn công tác của Bộ”, 11:00–12:00, Trần Văn Minh, ĐT 0234 111').waitFor();
    await page.getByRole('button', { name: 'Kéo dài đến 11:20 (20 phút)' }).click();
    const asked = () => service.requests.filter((one) => one.path.endsWith('/extend')).map((one) => one.body.minutes);
    await until(() => asked().length === 2);
    demand(asked().join() === '30,20', asked().join());
  },

  'a notice for a message is copied': async ({ open, demand }) => {
    const page = await open({ address: `/buoi/${byTitle('bài 4').id}` });
    await page.getByRole('button', { name: 'Sao chép thông báo' }).click();
    await page.getByText('Đã sao chép').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    demand(text.includes('Thời gian: Thứ Tư 25/11, 07:30–11:00') && text.includes('Phạm Thu Hà, 0234 3822 173'), text);
  },

  'live plays near the newest picture, goes back to the beginning and forward again': async ({
    open,
    service,
    demand,
  }) => {
    const page = await open({ address: `/xem/${byTitle('bài 4').id}` });
    await page.waitForFunction(() => document.querySelector('video')?.currentTime > 0);
    await page.waitForTimeout(1500);
    const state = () =>
      page.evaluate(() => {
        const video = document.querySelector('video');
        return { at: video.currentTime, end: video.seekable.end(0), paused: video.paused };
      });
    const first = await state();
    demand(!first.paused && first.end - first.at < 12, JSON.stringify(first));
    demand(!service.requests.some((one) => one.path.endsWith('/full.m3u8')), 'the whole playlist is not asked for');
    await page.getByRole('button', { name: 'Từ đầu' }).click();
    await page.getByRole('button', { name: 'Về trực tiếp' }).waitFor();
    await page.waitForFunction(
      () => document.querySelector('video').currentTime < 8 && document.querySelector('video').readyState > 2,
    );
    demand(
      service.requests.some((one) => one.path.endsWith('/full.m3u8')),
      'now it is',
    );
    await page.getByRole('button', { name: 'Về trực tiếp' }).click();
    await page.waitForFunction(() => {
      const video = document.querySelector('video');
      return video.readyState > 2 && video.seekable.length > 0 && video.seekable.end(0) - video.currentTime < 14;
    });
    await page.locator('.controls .row').waitFor();
  },

  'the controls are one row on a narrow telephone': async ({ open, demand }) => {
    for (const title of ['bài 4', 'bài 3']) {
      const page = await open({ address: `/xem/${byTitle(title).id}`, size: [360, 740] });
      await page.locator('.controls .row').waitFor();
      const height = (await page.locator('.controls .row').boundingBox()).height;
      const wide = await page.locator('.controls .row').evaluate((row) => row.scrollWidth - row.clientWidth);
      demand(height < 60 && wide <= 0, `${title}: ${height} high, ${wide} too wide`);
      await page.context().close();
    }
  },

  'a chapter seeks, keys work, the file can be fetched': async ({ open, demand }) => {
    const page = await open({ address: `/xem/${byTitle('bài 3').id}` });
    await page.waitForFunction(() => document.querySelector('video')?.duration > 10);
    await page.getByRole('button', { name: 'Thảo luận' }).click();
    const reach = (second) =>
      page.waitForFunction((at) => Math.abs(document.querySelector('video').currentTime - at) < 1, second);
    await reach(40);
    await page.locator('.player').focus();
    await page.keyboard.press('j');
    await reach(30);
    await page.keyboard.press('m');
    demand(await page.evaluate(() => document.querySelector('video').muted), 'muted');
    const link = page.getByRole('link', { name: /Tải bản ghi/ });
    demand((await link.getAttribute('download')).endsWith('.mp4'), 'its name');
    demand((await link.innerText()).includes('1,2 GB'), await link.innerText());
  },

  'a first sign-in leads to the own password and nowhere else': async ({ open, service, demand }) => {
    const page = await open({ address: '/lich' });
    service.me.mustChangePassword = true;
    await page.goto(`${service.address}/dat`);
    await page.getByRole('heading', { name: 'Đặt mật khẩu của riêng bạn' }).waitFor();
    await page.getByLabel('Mật khẩu được cấp').fill('cap-mot-lan-12');
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('ruộng lúa chín vàng');
    await page.getByLabel('Nhập lại mật khẩu mới').fill('ruộng lúa chín');
    demand(await page.locator('.primary').isDisabled(), 'two different ones');
    await page.getByLabel('Nhập lại mật khẩu mới').fill('ruộng lúa chín vàng');
    await page.locator('.primary').click();
    await page.getByRole('heading', { name: 'Lịch trong tuần' }).waitFor();
  },

  'an administrator makes an account and sees its password once': async ({ open, service, demand }) => {
    const page = await open({ address: '/quan-tri/nguoi-dung' });
    await page.getByRole('button', { name: 'Thêm người' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Họ và tên').fill('Hồ Thị Lan');
    await dialog.getByLabel('Tên đăng nhập').fill('lan');
    await dialog.getByRole('combobox', { name: 'Đơn vị' }).selectOption({ label: 'Huyện A Lưới' });
    await dialog.getByRole('checkbox', { name: /Giảng viên/ }).check();
    await dialog.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await page.getByText('lua-gach-cham-27').waitFor();
    const sent = service.requests.find((one) => one.method === 'POST' && one.path.endsWith('/people'));
    demand(
      sent.body.teaches && sent.body.grants.length === 2 && sent.body.grants[1].unitId === 5,
      JSON.stringify(sent.body),
    );
    await page.getByRole('button', { name: 'Đã ghi lại' }).click();
    demand((await page.getByText('lua-gach-cham-27').count()) === 0, 'gone');
  },

  'without a line the agenda is the copy, and says so': async ({ open, demand }) => {
    const page = await open({ address: '/lich' });
    await page.locator('.card:visible').first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Tuần sau' }).click();
    await page.getByRole('button', { name: 'Tuần trước' }).click();
    await page.getByText(/Mất kết nối\. Đang xem bản lưu lúc/).waitFor({ timeout: 20_000 });
    demand((await page.locator('.card').count()) > 3, 'the copy is shown');
    await page.context().setOffline(false);
    await page.getByText(/Mất kết nối/).waitFor({ state: 'detached', timeout: 20_000 });
  },

  'signing out leaves nothing behind': async ({ open, demand }) => {
    const page = await open({ address: '/lich' });
    await page.locator('.card:visible').first().waitFor();
    await page.locator('.account summary').click();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByLabel('Tên đăng nhập').waitFor();
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('answer:')).length);
    demand(kept === 0, `${kept} answers are kept`);
  },

  'in English no Vietnamese is left but names': async ({ open, demand }) => {
    const page = await open({ address: '/lich', language: 'en' });
    for (const address of ['/theo-doi', '/toi', '/dat']) {
      await page.goto(new URL(address, page.url()).href);
      await page.locator('h1').waitFor();
      const words = await page.locator('main h1, main button, main .field span, .hint').allInnerTexts();
      const left = words.filter(
        (text) => /[ăđơưạảấầậắằẻẽếềệỉịọốồộớờợụủứừữự]/i.test(text) && !/Hội|Phòng|Trường|UBND|Nguyễn/.test(text),
      );
      demand(left.length === 0, `${address}: ${left.join(' | ')}`);
    }
    demand((await page.evaluate(() => document.documentElement.lang)) === 'en', 'lang');
  },
};
