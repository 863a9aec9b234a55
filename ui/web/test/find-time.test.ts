// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import test from 'node:test';
import { changeDraft, makeDraft } from '../src/draft';
import { blockerLines, changeToSlot, findTimeOf, slotNote, usualWindow } from '../src/pages/find-time';
import { amountsOf, profilesOf, textOfWay, wayOfText } from '../src/pages/editor-means';
import type { Blocker, Places, ProfileRate, Slot, Way } from '../src/types';

const PLACES: Places = {
  rooms: [{ id: 1, name: 'Hội trường A' }],
  sites: [
    { id: 11, name: 'Tỉnh', unitId: 5 },
    { id: 12, name: 'A Lưới', unitId: 6 },
  ],
  equipment: [],
  sources: [],
  trainers: [],
};
const draft = changeDraft(makeDraft('2026-11-25', 450, 90), { sites: [11, 12] }, PLACES);
const slot: Slot = {
  start: '2026-12-01T08:00:00+07:00',
  end: '2026-12-01T09:30:00+07:00',
  kind: 'free',
  sites: 2,
  missing: [],
  displaces: [],
};

test('what is looked for is what the form asks for, within days and hours', () => {
  const window = usualWindow(draft, '2026-11-26');
  assert.equal(window.from, '2026-11-26', 'never a day that is past');
  const wanted = findTimeOf(draft, PLACES, window);
  assert.equal(wanted.mainSite, 11);
  assert.deepEqual(wanted.sites, [{ id: 12 }], 'the main site is not named twice');
  assert.equal(wanted.to, '2026-12-09');
  assert.equal(wanted.hoursFrom, '07:00');
  assert.deepEqual(wanted.weekdays, ['MO', 'TU', 'WE', 'TH', 'FR']);
  assert.ok(!('title' in wanted) && !('start' in wanted));
  assert.equal(findTimeOf(draft, PLACES, { ...window, to: '2027-12-31' }).to, '2027-01-26', 'bounded');
  assert.equal(findTimeOf(draft, PLACES, { ...window, to: '2026-11-01' }).to, '2026-11-26', 'not backwards');
  assert.equal(findTimeOf(draft, PLACES, { ...window, weekdays: [] }).weekdays, undefined);
});

test('a time that is chosen leaves out who cannot take part', () => {
  assert.deepEqual(changeToSlot(slot, draft), { now: false, day: '2026-12-01', start: 480, sites: [11, 12] });
  const fewer: Slot = { ...slot, kind: 'fewer-sites', sites: 1, missing: [{ id: 12, name: 'A Lưới' }] };
  assert.deepEqual(changeToSlot(fewer, draft).sites, [11]);
  assert.equal(slotNote(slot), 'Đủ cả 2 điểm cầu');
  assert.equal(slotNote(fewer), 'Vắng: A Lưới');
  const hidden: Slot = { ...slot, kind: 'displacing', displaces: [{ start: slot.start, end: slot.end }] };
  assert.equal(slotNote(hidden), 'Phải dời: đã có lịch khác, 08:00–09:30');
});

test('what is in the way is said with until when, and when it would be without it', () => {
  const blocker: Blocker = {
    resource: { id: 7, kind: 'link', name: 'Đường truyền A Lưới' },
    without: { start: slot.start, end: slot.end },
    freeFrom: '2026-12-02T07:00:00+07:00',
    parts: [
      { part: 'morning', days: 5, fullDays: 5 },
      { part: 'afternoon', days: 5, fullDays: 3, fullUntil: '2026-11-30' },
      { part: 'afternoon', days: 5, fullDays: 2 },
      { part: 'morning', days: 5, fullDays: 0 },
    ],
    with: [],
  };
  assert.deepEqual(blockerLines(blocker), [
    'kín mọi buổi sáng',
    'kín mọi buổi chiều đến 30/11',
    'kín 2 trong 5 buổi chiều',
    'trống từ 07:00 ngày 02/12',
    'Nếu không cần: Thứ Ba 01/12, 08:00–09:30',
  ]);
});

test('equipment that stays keeps its amount', () => {
  assert.deepEqual(amountsOf([{ id: 1, amount: 12 }], [1, 2]), [
    { id: 1, amount: 12 },
    { id: 2, amount: 1 },
  ]);
});

test('how a site takes part is a text in the list and back again', () => {
  const ways: Way[] = [{ profile: 'audio' }, { kbps: 512 }];
  for (const way of ways) {
    assert.deepEqual(wayOfText(textOfWay(way)), way);
  }
  assert.equal(wayOfText(textOfWay(undefined)), null, 'what is usual');
});

test("a site's own rate of a profile stands in the place of the common one", () => {
  const common: ProfileRate[] = [
    { profile: 'full', kbps: 2000 },
    { profile: 'audio', kbps: 64 },
  ];
  const own: ProfileRate = { profile: 'full', kbps: 1200, site: { id: 12, name: 'A Lưới' } };
  assert.deepEqual(profilesOf([...common, own], 12), [common[1], own]);
  assert.deepEqual(profilesOf([...common, own], 11), common);
});
