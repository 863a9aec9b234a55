// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import test from 'node:test';
import { alternativeText, amountText, holderText, summaryText } from '../src/clash';
import { audienceOf, bookingOf, changeDraft, isChecked, makeDraft } from '../src/draft';
import { ruleOf, untilText } from '../src/rule';
import { routeOf, safeReturn } from '../src/router';
import { matches } from '../src/search-text';
import { commonFree, itemsOf, overlapping } from '../src/spans';
import type { Clash, Places, Preview } from '../src/types';

const PLACES: Places = {
  rooms: [
    { id: 1, name: 'Hội trường A' },
    { id: 2, name: 'Phòng B2' },
  ],
  sites: [
    { id: 11, name: 'Tỉnh', unitId: 5, roomId: 1 },
    { id: 12, name: 'Phú Vang', unitId: 6 },
  ],
  equipment: [],
  sources: [{ id: 21, name: 'Camera A', roomId: 1 }],
  trainers: [],
};
const once = { every: 0, days: [], ending: 'count' as const, count: 5, until: '2026-12-23' };

test('a rule is composed from the choices of the form', () => {
  const cases: [object, string | undefined][] = [
    [{}, undefined],
    [{ every: 1 }, 'FREQ=WEEKLY;COUNT=5'],
    [{ every: 2 }, 'FREQ=WEEKLY;INTERVAL=2;COUNT=5'],
    [{ every: 1, days: [4, 0] }, 'FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=5'],
    [{ every: 1, days: [2] }, 'FREQ=WEEKLY;COUNT=5'],
    [{ every: 1, ending: 'until' }, 'FREQ=WEEKLY;UNTIL=20261223T165959Z'],
  ];
  for (const [choice, rule] of cases) {
    assert.equal(ruleOf({ ...once, ...choice }, '2026-11-25', 420), rule);
  }
});

test('until means the end of the local day, on both sides of Greenwich', () => {
  assert.equal(untilText('2026-12-31', 420), '20261231T165959Z');
  assert.equal(untilText('2026-12-31', -210), '20270101T032959Z');
  assert.equal(untilText('2026-12-31', 0), '20261231T235959Z');
});

test('places bring their sources along until somebody chooses others', () => {
  const draft = makeDraft('2026-11-25', 450, 90);
  assert.equal(isChecked(draft), false);
  const withRoom = changeDraft(draft, { rooms: [1] }, PLACES);
  assert.deepEqual(withRoom.sources, [21]);
  const chosen = changeDraft(withRoom, { sources: [], sourcesChosen: true }, PLACES);
  assert.deepEqual(changeDraft(chosen, { rooms: [1, 2] }, PLACES).sources, []);
  const withSite = changeDraft(draft, { sites: [12, 11] }, PLACES);
  assert.equal(withSite.mainSite, 12);
  assert.deepEqual(changeDraft(withSite, { mainSite: 11 }, PLACES).sources, [21]);
  assert.equal(changeDraft(withSite, { sites: [11] }, PLACES).mainSite, 11);
});

test('days that were left out are forgotten when the dates become others', () => {
  const draft = { ...makeDraft('2026-11-25', 450, 90), skip: ['2026-12-02'] };
  assert.deepEqual(changeDraft(draft, { title: 'x' }, PLACES).skip, ['2026-12-02']);
  assert.deepEqual(changeDraft(draft, { day: '2026-11-26' }, PLACES).skip, []);
});

test('a draft becomes a booking', () => {
  const draft = changeDraft(makeDraft('2026-11-25', 450, 90), { rooms: [2], title: ' Họp ' }, PLACES);
  const booking = bookingOf(draft, PLACES, '–', { number: 7 });
  assert.equal(booking.start, '2026-11-25T07:30');
  assert.equal(booking.title, 'Họp');
  assert.equal(booking.now, undefined);
  assert.equal(booking.audience, 'everybody');
  const now = bookingOf({ ...draft, now: true, every: 1 }, PLACES, '–');
  assert.equal(now.now, true);
  assert.equal(now.start, undefined);
  assert.equal(now.rule, undefined);
  const conference = { ...draft, kind: 'conference' as const, sites: [11, 12] };
  assert.equal(audienceOf(conference), 'units');
  assert.deepEqual(bookingOf(conference, PLACES, '–').audienceIds, [5, 6]);
});

test('touching ends do not overlap, and common free time is what lies between', () => {
  const item = (row: number, start: number, end: number) => ({ key: `${row}${start}`, row, start, end });
  const items = [item(1, 480, 600), item(2, 570, 690), item(3, 0, 1440)];
  assert.equal(overlapping(items, { row: 1, start: 600, end: 660 }).length, 0);
  assert.equal(overlapping(items, { row: 1, start: 599, end: 660 }).length, 1);
  assert.deepEqual(commonFree(items, [1, 2], 420, 720), [
    [420, 480],
    [690, 720],
  ]);
  assert.deepEqual(commonFree(items, [1, 3], 420, 720), []);
  assert.deepEqual(commonFree([item(1, 600, 900)], [1], 420, 720), [[420, 600]]);
});

test('what is busy is cut to the day', () => {
  const entry = (start: string, end: string) => ({ resourceId: 1, start: `${start}:00+07:00`, end: `${end}:00+07:00` });
  const spans = itemsOf(
    [
      entry('2026-11-24T22:00', '2026-11-25T02:00'),
      entry('2026-11-25T23:00', '2026-11-26T01:00'),
      entry('2026-11-24T08:00', '2026-11-24T09:00'),
      entry('2026-11-24T08:00', '2026-11-25T00:00'),
    ],
    '2026-11-25',
  ).map((one) => [one.start, one.end]);
  assert.deepEqual(spans, [
    [0, 120],
    [1380, 1440],
  ]);
});

const HOLDER = { start: '2026-11-25T08:00:00+07:00', end: '2026-11-25T10:00:00+07:00' };

test('who is in the way is said as far as one may know', () => {
  assert.equal(holderText(HOLDER), 'đã có lịch khác, 08:00–10:00');
  assert.equal(holderText({ ...HOLDER, title: 'Giao ban', by: 'Hà' }), '“Giao ban”, 08:00–10:00, Hà');
  assert.equal(
    holderText({ ...HOLDER, title: 'Giao ban', by: 'Hà', phone: '0234' }),
    '“Giao ban”, 08:00–10:00, Hà, ĐT 0234',
  );
  const pool: Clash = {
    resource: { id: 1, kind: 'pool', name: 'Máy' },
    ...HOLDER,
    capacity: 30,
    free: -2,
    wanted: 10,
    why: 'taken',
    with: [],
  };
  assert.equal(amountText(pool), 'cần 10, còn 0 trong 30');
  assert.equal(amountText({ ...pool, capacity: 1 }), '');
});

test('a preview in one sentence, an alternative on one button', () => {
  const clash: Clash = {
    resource: { id: 1, kind: 'room', name: 'A' },
    ...HOLDER,
    capacity: 1,
    free: 0,
    wanted: 1,
    why: 'taken',
    with: [],
  };
  const preview = (bad: number, total: number): Preview => ({
    number: 1,
    occurrences: Array.from({ length: total }, (_, index) => ({ ...HOLDER, clashes: index < bad ? [clash] : [] })),
    alternatives: [],
  });
  assert.equal(summaryText(preview(0, 1)), 'Còn trống, đặt được');
  assert.equal(summaryText(preview(1, 1)), 'Giờ này đã có lịch');
  assert.equal(summaryText(preview(2, 5)), '2 trong 5 buổi bị trùng');
  clash.why = 'closed';
  assert.equal(summaryText(preview(1, 1)), 'Giờ này không mở cửa');
  clash.why = 'taken';
  const name = () => 'Hội trường A';
  const later = { kind: 'time' as const, start: '2026-11-25T13:30:00+07:00', end: '2026-11-25T15:00:00+07:00' };
  assert.equal(alternativeText(later, preview(1, 1), name), '13:30–15:00');
  const other = { ...later, start: '2026-11-26T13:30:00+07:00', end: '2026-11-26T15:00:00+07:00' };
  assert.equal(alternativeText(other, preview(1, 1), name), 'Thứ Năm 26/11, 13:30–15:00');
  const room = { kind: 'room' as const, room: { id: 2, name: 'B2' }, insteadOf: 1 };
  assert.equal(alternativeText(room, preview(1, 1), name), 'B2 thay cho Hội trường A');
  assert.equal(alternativeText({ kind: 'skip' }, preview(1, 5), name), 'Bỏ 1 buổi trùng, đặt 4 buổi còn lại');
});

test('a search needs no marks', () => {
  assert.ok(matches('Giao ban Đảng ủy', 'dang uy'));
  assert.ok(matches('Phòng họp A Lưới', 'luoi phong'));
  assert.ok(!matches('Phòng họp A Lưới', 'phú'));
  assert.ok(matches('Bất kỳ', ''));
});

test('addresses of pages, and a return that stays in the house', () => {
  assert.deepEqual(routeOf('/'), { page: 'lich', rest: '' });
  assert.deepEqual(routeOf('/xem/12'), { page: 'xem', rest: '12' });
  assert.equal(safeReturn('?ve=%2Fxem%2F12'), '/xem/12');
  for (const bad of ['', '?ve=//example.org', '?ve=https://example.org', '?ve=/\\example.org', '?ve=/vao']) {
    assert.equal(safeReturn(bad), '/lich', bad);
  }
});
