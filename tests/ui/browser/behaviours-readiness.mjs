// SPDX-License-Identifier: MIT
// What the readiness board does: a sentence and the proof of each.
import { BOARD } from './boards.mjs';

const ADDRESS = `/san-sang/${BOARD}`;

const told = (service, method, part) =>
  service.requests.filter((one) => one.method === method && one.path.includes(part)).map((one) => one.body);

const rowOf = (page, name) => page.locator('.board > li').filter({ has: page.getByRole('heading', { name }) });

export const readinessBehaviours = {
  'a press on the board says that a picture is there, another that it is not; by keyboard alone': async ({
    open,
    service,
    demand,
  }) => {
    const page = await open({ address: ADDRESS });
    const picture = rowOf(page, /Quảng Thái/).getByRole('button', { name: /^Hình/ });
    await picture.focus();
    await page.keyboard.press('Enter');
    await picture.getByText('tốt').waitFor();
    await page.keyboard.press('Space');
    await picture.getByText('hỏng').waitFor();
    const said = told(service, 'PUT', `/readiness/205`);
    demand(JSON.stringify(said) === '[{"picture":"yes"},{"picture":"no"}]', JSON.stringify(said));
  },

  'what somebody else reports shows by itself': async ({ open, service, demand }) => {
    const page = await open({ address: ADDRESS });
    await page.getByText('2/6 điểm cầu sẵn sàng').waitFor();
    service.report(202, { signedOff: 'yes' });
    service.tell('operation', { number: 13, kinds: ['operation'], sessions: [BOARD] });
    await page.getByText('3/6 điểm cầu sẵn sàng').waitFor();
    demand((await rowOf(page, /Phú Vang/).getByText('Sẵn sàng').count()) === 1, 'the row is ready');
  },

  'a site is signed off with a question open only by who says why': async ({ open, service, demand }) => {
    const page = await open({ address: ADDRESS });
    await rowOf(page, /Phú Vang/)
      .getByRole('button', { name: /^Cập nhật/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Xác nhận điểm cầu sẵn sàng').check();
    await dialog.getByText('hãy ghi lý do').waitFor();
    demand(await dialog.getByRole('button', { name: 'Lưu' }).isDisabled(), 'not without a word');
    await dialog.getByLabel('Ghi chú').fill('Chỉ nghe, không phát biểu');
    await dialog.getByLabel(/Đường truyền đo được/).fill('2.100');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await rowOf(page, /Phú Vang/).getByText('Sẵn sàng').waitFor();
    const [said] = told(service, 'PUT', '/readiness/202');
    demand(said.signedOff === 'yes' && said.note === 'Chỉ nghe, không phát biểu' && said.lineKbps === 2100, JSON.stringify(said));
    demand(!('phone' in said) && !('technician' in said), 'what was not touched is not said');
  },

  'a substitute that is not free says who has its room': async ({ open, service, demand }) => {
    const page = await open({ address: ADDRESS });
    service.next.set(`POST /api/v1/sessions/${BOARD}/readiness/203/substitute`, {
      status: 409,
      body: {
        code: 'clash',
        status: 409,
        title: 'Conflict',
        detail: 'taken',
        args: {},
        preview: {
          number: 12,
          alternatives: [],
          occurrences: [
            {
              start: '2026-11-25T10:00:00+07:00',
              end: '2026-11-25T11:30:00+07:00',
              clashes: [
                {
                  resource: { id: 105, kind: 'room', name: 'Phòng họp dự phòng' },
                  start: '2026-11-25T10:00:00+07:00',
                  end: '2026-11-25T11:00:00+07:00',
                  capacity: 1,
                  free: 0,
                  wanted: 1,
                  why: 'taken',
                  with: [{ title: 'Tiếp dân', by: 'Phạm Thu Hà', start: '2026-11-25T10:00:00+07:00', end: '2026-11-25T11:00:00+07:00' }],
                },
              ],
            },
          ],
        },
      },
    });
    await rowOf(page, /A Lưới/)
      .getByRole('button', { name: /^Thay bằng/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Thay điểm cầu' }).click();
    await page.getByRole('dialog').getByText('Phạm Thu Hà').waitFor();
    demand(told(service, 'POST', '/substitute').length === 1, 'asked once');
  },

  'the last word on a site takes one press': async ({ open, service, demand }) => {
    service.report(205, { onPost: 'yes', picture: 'yes', sound: 'yes', lineKbps: 2100 });
    const page = await open({ address: ADDRESS });
    await rowOf(page, /Quảng Thái/)
      .getByRole('button', { name: /^Xác nhận sẵn sàng/ })
      .click();
    await rowOf(page, /Quảng Thái/).getByText('Nguyễn Thị Hạnh xác nhận').waitFor();
    const said = told(service, 'PUT', '/readiness/205');
    demand(JSON.stringify(said) === '[{"signedOff":"yes"}]', JSON.stringify(said));
  },

  'the bar counts the sessions whose questions are due': async ({ open, demand }) => {
    const page = await open({ address: '/lich', size: [360, 740] });
    await page.locator('nav a[href="/san-sang"] .count').getByText('2').waitFor();
    await page.locator('nav a[href="/cho-duyet"]').waitFor();
    demand((await page.locator('.bar nav a:visible').count()) === 5, 'five in the bar');
    await page.locator('details.account summary').click();
    await page.locator('.menu').getByRole('link', { name: 'Người dùng' }).click();
    await page.locator('.person-list li').first().waitFor();
  },

  'a session leads to its board, and is rehearsed': async ({ open, service, demand }) => {
    const page = await open({ address: `/buoi/${BOARD}` });
    demand((await page.getByRole('link', { name: 'Bảng sẵn sàng' }).getAttribute('href')) === `/san-sang/${BOARD}`, 'the board');
    demand((await page.getByRole('link', { name: /24\/11/ }).count()) === 1, 'its first rehearsal');
    await page.getByRole('button', { name: 'Thêm tổng duyệt' }).click();
    await page.getByRole('dialog').getByLabel('60 phút trước khi bắt đầu').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Đặt buổi tổng duyệt' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const answered = page.waitForResponse((response) => response.url().endsWith('/run-on'));
    await page.getByLabel(/^Tự kéo dài/).click();
    await answered;
    const said = [...told(service, 'POST', '/rehearsals'), ...told(service, 'POST', '/run-on')];
    demand(JSON.stringify(said) === '[{"lead":"hour-before","minutes":30},{"on":true}]', JSON.stringify(said));
  },

  'who may not report a site sees it and cannot press': async ({ open, demand }) => {
    const page = await open({ address: ADDRESS });
    const row = rowOf(page, /Lâm Đớt/);
    demand(await row.getByRole('button', { name: /^Tiếng/ }).isDisabled(), 'disabled');
    demand((await row.getByRole('button', { name: /^Cập nhật/ }).count()) === 0, 'no dialog');
  },

  'sessions with open questions lead to their boards': async ({ open, demand }) => {
    const page = await open({ address: '/san-sang' });
    await page.getByRole('link', { name: /phòng chống bão/ }).click();
    await page.getByText('2/6 điểm cầu sẵn sàng').waitFor();
    await page.getByLabel('Chỉ điểm cầu còn việc').check();
    demand((await page.locator('.board > li').count()) === 4, 'four are left');
  },
};
