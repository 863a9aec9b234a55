// SPDX-License-Identifier: MIT
// Days, times and how they are written. The service sends local times with their offset, so their
// text is cut, never converted, and a PC with a wrong zone or clock still shows the right schedule.
import { language } from './i18n';
import { boot, now } from './net';

export type Day = string; // "2026-11-23"
export type Instant = string; // "2026-11-23T07:30:00+07:00"

const DAY_MS = 86_400_000;
const DEFAULT_OFFSET = '+07:00';
const NAMES = {
  vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const SHORT = { vi: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] };

const two = (value: number) => String(value).padStart(2, '0');
const msOf = (day: Day) => Date.parse(`${day}T00:00Z`);

export const dayOf = (instant: Instant): Day => instant.slice(0, 10);
export const timeOf = (instant: Instant): string => instant.slice(11, 16);
export const minutesOfTime = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
export const minuteOf = (instant: Instant): number => minutesOfTime(timeOf(instant));
export const epochMs = (instant: Instant): number => Date.parse(instant);

export function minutesBetween(start: Instant, end: Instant): number {
  return Math.round((epochMs(end) - epochMs(start)) / 60_000);
}

export function offsetMinutes(instant: Instant): number {
  const match = /([+-])(\d\d):(\d\d)$/.exec(instant);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
}

export const installationOffset = offsetMinutes(boot.local ?? DEFAULT_OFFSET);

/** The local day and minute of the day at the service, whatever this PC believes. */
export function wall(): { day: Day; minute: number } {
  const local = new Date(now() + installationOffset * 60_000).toISOString();
  return { day: dayOf(local), minute: minuteOf(local) };
}

export const addDays = (day: Day, count: number): Day =>
  new Date(msOf(day) + count * DAY_MS).toISOString().slice(0, 10);
export const weekday = (day: Day): number => (new Date(msOf(day)).getUTCDay() + 6) % 7; // 0 is Monday
export const monday = (day: Day): Day => addDays(day, -weekday(day));

/** ISO 8601: the week that holds the year's first Thursday is the first. */
export function weekNumber(day: Day): number {
  const thursday = addDays(monday(day), 3);
  return 1 + Math.floor((msOf(thursday) - msOf(`${thursday.slice(0, 4)}-01-01`)) / DAY_MS / 7);
}

export const dayName = (day: Day): string => NAMES[language][weekday(day)];
export const dayShort = (day: Day): string => SHORT[language][weekday(day)];
export const weekdayShort = (index: number): string => SHORT[language][index];
export const dmy = (day: Day): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
export const dm = (day: Day): string => `${day.slice(8, 10)}/${day.slice(5, 7)}`;
export const hm = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** "07:30–11:00", with the other day where it ends on another one. */
export function timeSpan(start: Instant, end: Instant): string {
  const other = dayOf(end) === dayOf(start) || timeOf(end) === '00:00' ? '' : ` (${dm(dayOf(end))})`;
  return `${timeOf(start)}–${timeOf(end)}${other}`;
}

/** "Thứ Tư 25/11, 07:30–11:00" */
export function whenText(start: Instant, end: Instant): string {
  return `${dayName(dayOf(start))} ${dm(dayOf(start))}, ${timeSpan(start, end)}`;
}

/** "1 giờ 30 phút" */
export function lengthText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const [hour, minute] = language === 'vi' ? ['giờ', 'phút'] : ['h', 'min'];
  return [hours ? `${hours} ${hour}` : '', rest || !hours ? `${rest} ${minute}` : ''].filter(Boolean).join(' ');
}

/** "1:02:09" for a position in a recording. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

/** "1,2 GB": as the reader's language writes a fraction. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = value.toFixed(unit > 0 && value < 10 ? 1 : 0);
  return `${language === 'vi' ? text.replace('.', ',') : text} ${units[unit]}`;
}

/** When a copy was saved: the minute in the service's zone. */
export function minuteText(epoch: number): string {
  return timeOf(new Date(epoch + installationOffset * 60_000).toISOString());
}

const DMY = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/;
const HM = /^([01]?\d|2[0-3])\s*(?:[:hg.]\s*([0-5]\d)?)?$/i;
const HHMM = /^([01]\d|2[0-3])([0-5]\d)$/;

/** Reads 25/11/2026, 25-11-2026 or 25.11.2026. */
export function parseDay(text: string): Day | null {
  const match = DMY.exec(text.trim());
  if (!match) {
    return null;
  }
  const day = `${match[3]}-${match[2].padStart(2, '0')}-${match[1].padStart(2, '0')}`;
  const ms = msOf(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day) ? day : null;
}

/** Reads 7, 07:30, 7h30, 7g30, 0730 as minutes of the day. */
export function parseTime(text: string): number | null {
  const match = HHMM.exec(text.trim()) ?? HM.exec(text.trim());
  return match ? Number(match[1]) * 60 + Number(match[2] ?? 0) : null;
}
