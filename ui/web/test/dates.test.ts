// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  addDays,
  clock,
  lengthText,
  minutesBetween,
  monday,
  offsetMinutes,
  parseDay,
  parseTime,
  sizeText,
  timeSpan,
  weekNumber,
  whenText,
} from '../src/dates';

test('days are read as people write them, and nonsense is refused', () => {
  const cases: [string, string | null][] = [
    ['25/11/2026', '2026-11-25'],
    ['5-3-2026', '2026-03-05'],
    ['05.03.2026', '2026-03-05'],
    [' 29/02/2028 ', '2028-02-29'],
    ['29/02/2026', null],
    ['31/04/2026', null],
    ['2026-11-25', null],
    ['25/11/26', null],
    ['', null],
  ];
  for (const [text, day] of cases) {
    assert.equal(parseDay(text), day, text);
  }
});

test('times are read as people write them, and nonsense is refused', () => {
  const cases: [string, number | null][] = [
    ['07:30', 450],
    ['7h30', 450],
    ['7g30', 450],
    ['7h', 420],
    ['7.30', 450],
    ['0730', 450],
    ['14', 840],
    ['23:59', 1439],
    ['24:00', null],
    ['7:60', null],
    ['730', null],
    ['trưa', null],
  ];
  for (const [text, minute] of cases) {
    assert.equal(parseTime(text), minute, text);
  }
});

test('weeks begin on Monday and are numbered by ISO 8601', () => {
  assert.equal(monday('2026-11-25'), '2026-11-23');
  assert.equal(monday('2026-11-29'), '2026-11-23');
  assert.equal(monday('2026-11-23'), '2026-11-23');
  const weeks: [string, number][] = [
    ['2026-11-25', 48],
    ['2027-01-01', 53],
    ['2027-01-04', 1],
    ['2024-12-30', 1],
  ];
  for (const [day, week] of weeks) {
    assert.equal(weekNumber(day), week, day);
  }
});

test('days are counted over the ends of months and years', () => {
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(addDays('2028-03-01', -1), '2028-02-29');
});

test('a span names the other day only where it ends on another one', () => {
  assert.equal(timeSpan('2026-11-25T07:30:00+07:00', '2026-11-25T11:00:00+07:00'), '07:30–11:00');
  assert.equal(timeSpan('2026-11-25T22:00:00+07:00', '2026-11-26T01:00:00+07:00'), '22:00–01:00 (26/11)');
  assert.equal(timeSpan('2026-11-25T22:00:00+07:00', '2026-11-26T00:00:00+07:00'), '22:00–00:00');
  assert.equal(whenText('2026-11-25T07:30:00+07:00', '2026-11-25T11:00:00+07:00'), 'Thứ Tư 25/11, 07:30–11:00');
});

test('a local time is the text that the service sent, whatever the zone of this machine', () => {
  assert.equal(timeSpan('2026-03-29T01:30:00+01:00', '2026-03-29T03:30:00+02:00'), '01:30–03:30');
  assert.equal(minutesBetween('2026-03-29T01:30:00+01:00', '2026-03-29T03:30:00+02:00'), 60);
  assert.equal(offsetMinutes('2026-11-25T07:30:00-03:30'), -210);
});

test('lengths, positions and sizes', () => {
  assert.equal(lengthText(90), '1 giờ 30 phút');
  assert.equal(lengthText(120), '2 giờ');
  assert.equal(lengthText(0), '0 phút');
  assert.equal(clock(3729), '1:02:09');
  assert.equal(clock(65.4), '1:05');
  assert.equal(clock(-3), '0:00');
  assert.equal(sizeText(1_240_000_000), '1,2 GB');
  assert.equal(sizeText(999), '999 B');
});
