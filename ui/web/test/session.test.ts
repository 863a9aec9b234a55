// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import test from 'node:test';
import { isRecording, isWatchable, lookOf, placesOf, shortList } from '../src/session';
import type { JobState, SessionState } from '../src/types';

const of = (state: SessionState, job?: JobState, writing = false) => ({
  state,
  job: job && { state: job, writing },
});

test('one look out of the state of the session and of its recording', () => {
  assert.equal(lookOf(of('scheduled', 'planned')), 'upcoming');
  assert.equal(lookOf(of('open', 'arming')), 'open');
  assert.equal(lookOf(of('running', 'recovering')), 'live');
  assert.equal(lookOf(of('closing', 'draining')), 'live');
  assert.equal(lookOf(of('ended', 'finalising')), 'finalising');
  assert.equal(lookOf(of('ended', 'done')), 'recorded');
  assert.equal(lookOf(of('ended', 'incomplete')), 'incomplete');
  assert.equal(lookOf(of('ended', 'planned')), 'ended');
  assert.equal(lookOf(of('ended')), 'ended');
  assert.equal(lookOf(of('cancelled', 'planned')), 'cancelled');
  assert.equal(lookOf(of('held')), 'held');
});

test('only what is recorded can be watched, from the opening of the door on', () => {
  assert.equal(isWatchable(of('running')), false);
  assert.equal(isWatchable(of('scheduled', 'planned')), false);
  assert.equal(isWatchable(of('open', 'arming')), true);
  assert.equal(isWatchable(of('ended', 'done')), true);
  assert.equal(isWatchable(of('cancelled', 'planned')), false);
});

test('recording is said only while octets grow', () => {
  assert.equal(isRecording(of('running', 'recording', true)), true);
  assert.equal(isRecording(of('running', 'recording', false)), false);
  assert.equal(isRecording(of('running', 'arming', true)), false);
});

test('the main site stands first, a place that is named twice is said once', () => {
  const rooms = [{ id: 1, name: 'Hội trường A' }];
  const sites = [
    { id: 5, name: 'Phú Vang', main: false },
    { id: 4, name: 'Hội trường A', main: true },
  ];
  assert.deepEqual(placesOf({ rooms, sites }), ['Hội trường A', 'Phú Vang']);
  assert.equal(shortList(['a', 'b', 'c', 'd']), 'a, b +2');
  assert.equal(shortList(['a']), 'a');
});
