// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import test from 'node:test';
import { blocked, changeLines } from '../src/difference';
import { changeDraft } from '../src/draft';
import { draftOfSession, editOf } from '../src/edit';
import type { Change, Clash, Difference, Places, Session } from '../src/types';
import { changeOf } from '../src/undo';

const PLACES: Places = {
  rooms: [
    { id: 1, name: 'Hội trường A' },
    { id: 2, name: 'Phòng B2' },
  ],
  sites: [
    { id: 11, name: 'Tỉnh', roomId: 1 },
    { id: 12, name: 'A Lưới' },
  ],
  equipment: [],
  sources: [
    { id: 21, name: 'Camera A', roomId: 1 },
    { id: 22, name: 'Camera B2', roomId: 2 },
  ],
  trainers: [],
};
const SESSION: Session = {
  id: 7,
  seriesId: 7,
  kind: 'training',
  title: 'Tin học',
  start: '2026-11-25T07:30:00+07:00',
  end: '2026-11-25T09:00:00+07:00',
  zone: 'Asia/Ho_Chi_Minh',
  state: 'scheduled',
  rooms: [{ id: 2, name: 'Phòng B2' }],
  trainers: [],
  sites: [],
  may: ['edit'],
  job: { state: 'planned', writing: false },
  etag: '"42"',
};

test('of a session that is not touched nothing is sent', () => {
  const draft = draftOfSession(SESSION, PLACES);
  assert.deepEqual(draft.sources, [22]);
  assert.deepEqual(editOf(draft, draft, PLACES), {});
});

test('only what became another is sent, and an emptied list as an empty one', () => {
  const first = draftOfSession({ ...SESSION, description: 'Mang máy' }, PLACES);
  const change = (part: object) => editOf(first, changeDraft(first, part, PLACES), PLACES);
  assert.deepEqual(change({ title: 'Tin học 2' }), { title: 'Tin học 2' });
  assert.deepEqual(change({ description: '' }), { description: '' });
  assert.deepEqual(change({ rooms: [] }), { rooms: [], sources: [] });
});

test('another room brings its camera along, unless somebody chose the camera', () => {
  const first = draftOfSession(SESSION, PLACES);
  const moved = changeDraft(first, { rooms: [1] }, PLACES);
  assert.deepEqual(editOf(first, moved, PLACES), { rooms: [1], sources: [21] });
  const chosen: Session = {
    ...SESSION,
    job: { state: 'planned', writing: false, tracks: [{ name: 'a', title: 'Camera A' }] },
  };
  const own = draftOfSession(chosen, PLACES);
  assert.deepEqual(editOf(own, changeDraft(own, { rooms: [1] }, PLACES), PLACES), { rooms: [1] });
  const silent = draftOfSession({ ...SESSION, job: undefined }, PLACES);
  assert.deepEqual(editOf(silent, changeDraft(silent, { rooms: [1] }, PLACES), PLACES), { rooms: [1] });
});

test('sites are sent with the main one, which is not among them; the room of a site is no choice of its own', () => {
  const rooms = [{ id: 1, name: 'Hội trường A' }];
  const sites = [
    { id: 11, name: 'Tỉnh', main: true, kbps: 2000 },
    { id: 12, name: 'A Lưới', main: false, kbps: 512 },
  ];
  const first = draftOfSession({ ...SESSION, rooms, sites }, PLACES);
  assert.deepEqual(first.rooms, []);
  const edit = (part: object) => editOf(first, changeDraft(first, part, PLACES), PLACES);
  assert.deepEqual(edit({ sites: [11] }), { sites: [], mainSite: 11 });
  assert.deepEqual(edit({ mainSite: 12 }).mainSite, 12);
  assert.deepEqual(edit({ ways: { 12: { profile: 'audio' } } }).sites, [{ id: 12, profile: 'audio' }]);
});

test('a change is said from what to what', () => {
  const change: Change = {
    id: 7,
    from: { start: SESSION.start, end: SESSION.end, rooms: SESSION.rooms },
    to: { start: '2026-11-26T07:30:00+07:00', end: '2026-11-26T09:00:00+07:00', rooms: [] },
    clashes: [],
  };
  assert.deepEqual(changeLines(change), [
    'Thứ Tư 25/11, 07:30–09:00 → Thứ Năm 26/11, 07:30–09:00',
    'Phòng: Phòng B2 → –',
  ]);
  const difference: Difference = { number: 1, changes: [change], keeps: [], past: [] };
  assert.equal(blocked(null), false);
  assert.equal(blocked(difference), false);
  assert.equal(blocked({ ...difference, changes: [] }), true, 'nothing would change');
  assert.equal(blocked({ ...difference, changes: [{ ...change, clashes: [{} as Clash] }] }), true);
});

test('the number of a change stands in the version', () => {
  assert.equal(changeOf({ etag: '"42"' }), 42);
  assert.equal(changeOf({}), 0);
});
