// SPDX-License-Identifier: MIT
// Spans on the rows of a timeline, in minutes of the day, half-open: touching ends do not overlap.
import { dayOf, type Day, minuteOf } from './dates';
import type { Busy, Id } from './types';

export const DAY_MINUTES = 1440;

export interface Range {
  row: Id;
  start: number;
  end: number;
}

export interface Item extends Range {
  key: string;
  sessionId?: Id;
  /** Absent where one may not see what it is. */
  title?: string;
}

export const overlapping = (items: Item[], range: Range): Item[] =>
  items.filter((item) => item.row === range.row && item.start < range.end && range.start < item.end);

/** The stretches of [from, to) in which every given row is free for at least so many minutes. */
export function commonFree(items: Item[], rows: Id[], from: number, to: number, least = 30): [number, number][] {
  const busy = items
    .filter((item) => rows.includes(item.row))
    .map((item): [number, number] => [item.start, item.end])
    .sort((a, b) => a[0] - b[0]);
  const free: [number, number][] = [];
  let reached = from;
  for (const [start, end] of [...busy, [to, to] as [number, number]]) {
    if (Math.min(start, to) - reached >= least) {
      free.push([reached, Math.min(start, to)]);
    }
    reached = Math.max(reached, end);
  }
  return free;
}

/** What is busy on a day, cut to that day. */
export function itemsOf(busy: Busy[], day: Day): Item[] {
  return busy
    .map((entry) => ({
      key: `${entry.resourceId}-${entry.start}-${entry.sessionId ?? ''}`,
      row: entry.resourceId,
      start: dayOf(entry.start) < day ? 0 : minuteOf(entry.start),
      end: dayOf(entry.end) > day ? DAY_MINUTES : minuteOf(entry.end),
      sessionId: entry.sessionId,
      title: entry.title,
      onDay: dayOf(entry.start) <= day && dayOf(entry.end) >= day,
    }))
    .filter((item) => item.onDay && item.end > item.start)
    .map(({ onDay: _, ...item }) => item);
}

export const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
