// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import test from 'node:test';
import { countReady, isReady, kbpsText, nextAnswer, openBeforeSigning, parseKbps, shownSites } from '../src/readiness';
import type { Board, BoardSite } from '../src/types';

const site = (id: number, questions: BoardSite['questions']): BoardSite => ({
  id,
  name: `Điểm cầu ${id}`,
  main: id === 1,
  kbps: 2000,
  onPost: 'unknown',
  picture: 'unknown',
  sound: 'unknown',
  questions,
  may: true,
});

const board = { sites: [site(1, []), site(2, ['picture', 'signature']), site(3, ['signature'])] } as unknown as Board;

test('a press asks for yes, then for no, then forgets', () => {
  assert.deepEqual(['unknown', 'yes', 'no'].map((known) => nextAnswer(known as 'yes')), ['yes', 'no', 'unknown']);
});

test('a site without a question is ready', () => {
  assert.deepEqual(countReady(board), { ready: 1, all: 3 });
  assert.deepEqual(board.sites.map(isReady), [true, false, false]);
  assert.deepEqual(
    shownSites(board, true).map((one) => one.id),
    [2, 3],
  );
  assert.equal(shownSites(board, false).length, 3);
});

test('signing needs a word where more than the signature is open', () => {
  assert.deepEqual(openBeforeSigning(board.sites[1]), ['picture']);
  assert.deepEqual(openBeforeSigning(board.sites[2]), []);
});

test('rates are read as they are typed and written as the language groups them', () => {
  const rows: [string, number | null][] = [
    ['2000', 2000],
    [' 2.000 ', 2000],
    ['2,000', 2000],
    ['', 0],
    ['hai nghìn', null],
    ['-5', null],
    ['123456789', null],
  ];
  rows.forEach(([text, kbps]) => assert.equal(parseKbps(text), kbps, text));
  assert.equal(kbpsText(900, 'vi'), '900');
  assert.equal(kbpsText(12000, 'vi'), '12.000');
  assert.equal(kbpsText(1234567, 'en'), '1,234,567');
});
