// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import test from 'node:test';
import en from '../i18n/en.json';
import vi from '../i18n/vi.json';
import { fill, problemText } from '../src/i18n';

const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const VIETNAMESE = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;

test('both languages have the same keys in the same order, with the same holes', () => {
  assert.deepEqual(Object.keys(en), Object.keys(vi));
  for (const [key, text] of Object.entries(vi)) {
    assert.deepEqual(holes((en as Record<string, string>)[key]), holes(text), key);
  }
});

test('no sentence is empty and no Vietnamese is left in the English ones', () => {
  for (const [key, text] of Object.entries(en)) {
    assert.ok(text.trim() && (vi as Record<string, string>)[key].trim(), key);
    assert.ok(!VIETNAMESE.test(text), `${key}: ${text}`);
  }
});

test('a hole is filled, and stays where nothing fills it', () => {
  assert.equal(fill('{n} buổi, {m}', { n: 3 }), '3 buổi, {m}');
});

test('a problem is told in our words, or in those of the service where we have none', () => {
  const known = { code: 'wrong-password', detail: 'Wrong.', args: {} };
  assert.equal(problemText(known), vi['problem.wrong-password']);
  const unknown = { code: 'never-heard-of', detail: 'The moon is full.', args: {} };
  assert.equal(problemText(unknown), 'The moon is full.');
  const silent = { code: 'never-heard-of', detail: '', args: {} };
  assert.ok(problemText(silent).includes('never-heard-of'));
  const holed = { ...vi, 'problem.busy': 'Chờ {n} giây.' };
  assert.equal(problemText({ code: 'busy', detail: 'Busy.', args: {} }, holed), 'Busy.');
  assert.equal(problemText({ code: 'busy', detail: 'Busy.', args: { n: 4 } }, holed), 'Chờ 4 giây.');
});
