// SPDX-License-Identifier: MIT
// What a session looks like to people: one state out of the session's and its recording's.
import type { Key } from './i18n';
import type { Session } from './types';

export type Look =
  | 'upcoming'
  | 'open'
  | 'live'
  | 'closing'
  | 'finalising'
  | 'recorded'
  | 'incomplete'
  | 'ended'
  | 'cancelled'
  | 'held'
  | 'draft';

const IN_MAKING = ['arming', 'recording', 'recovering', 'draining', 'finalising'];

export function lookOf(session: Pick<Session, 'state' | 'job'>): Look {
  const job = session.job?.state ?? '';
  const byState: Record<Session['state'], Look> = {
    draft: 'draft',
    held: 'held',
    scheduled: 'upcoming',
    open: 'open',
    running: 'live',
    closing: 'live',
    ended: 'ended',
    cancelled: 'cancelled',
  };
  if (session.state !== 'ended') {
    return byState[session.state];
  }
  if (job === 'done') {
    return 'recorded';
  }
  if (job === 'incomplete') {
    return 'incomplete';
  }
  return IN_MAKING.includes(job) ? 'finalising' : 'ended';
}

export const LOOK_WORDS: Record<Look, Key> = {
  upcoming: 'look.upcoming',
  open: 'look.open',
  live: 'look.live',
  closing: 'look.live',
  finalising: 'look.finalising',
  recorded: 'look.recorded',
  incomplete: 'look.incomplete',
  ended: 'look.ended',
  cancelled: 'look.cancelled',
  held: 'look.held',
  draft: 'look.draft',
};

/** Something can be seen now: the door of /xem/<id>. */
export function isWatchable(session: Pick<Session, 'state' | 'job'>): boolean {
  const look = lookOf(session);
  return session.job !== undefined && ['open', 'live', 'finalising', 'recorded', 'incomplete'].includes(look);
}

export function isRecording(session: Pick<Session, 'job'>): boolean {
  return session.job?.writing === true && ['recording', 'recovering'].includes(session.job.state);
}

/** "Hội trường A, điểm cầu xã Phú Vang +3": the first two, and how many more. */
export function shortList(names: string[], shown = 2): string {
  const more = names.length - shown;
  return names.slice(0, shown).join(', ') + (more > 0 ? ` +${more}` : '');
}

/** Sites bring their rooms along, so a room that a site names too is said once. */
export function placesOf(session: Pick<Session, 'rooms' | 'sites'>): string[] {
  const sites = [...session.sites].sort((a, b) => Number(b.main) - Number(a.main)).map((site) => site.name);
  return [...new Set([...sites, ...session.rooms.map((room) => room.name)])];
}
