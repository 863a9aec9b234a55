// SPDX-License-Identifier: MIT
// The choices of the form as a recurrence rule. The service expands it, so that every client sees
// the same dates.
import { type Day, weekday } from './dates';

/** As a rule writes them; 0 is Monday. */
export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY_END_MINUTES = 24 * 60;

export interface Repeat {
  /** Every so many weeks; 0: once. */
  every: number;
  /** 0 is Monday; none: the day of the start. */
  days: number[];
  ending: 'count' | 'until';
  count: number;
  until: Day;
}

/** The last second of a local day, in UTC as a rule wants it. */
export function untilText(day: Day, offsetMinutes: number): string {
  const ms = Date.parse(`${day}T00:00Z`) + (DAY_END_MINUTES - offsetMinutes) * 60_000 - 1000;
  return new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '') + 'Z';
}

/** @param start the day of the first one, which the rule always names */
export function ruleOf(repeat: Repeat, start: Day, offsetMinutes: number): string | undefined {
  if (repeat.every < 1) {
    return undefined;
  }
  const days = [...new Set([...repeat.days, weekday(start)])].sort((a, b) => a - b);
  const parts = ['FREQ=WEEKLY'];
  if (repeat.every > 1) {
    parts.push(`INTERVAL=${repeat.every}`);
  }
  if (days.length > 1) {
    parts.push(`BYDAY=${days.map((day) => DAYS[day]).join(',')}`);
  }
  parts.push(repeat.ending === 'count' ? `COUNT=${repeat.count}` : `UNTIL=${untilText(repeat.until, offsetMinutes)}`);
  return parts.join(';');
}
