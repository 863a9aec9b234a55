// SPDX-License-Identifier: MIT
// A booking while it is being written. It is kept in the browser with every keystroke, so nothing
// that was typed is lost: neither by a closed dialog nor by a line that breaks.
import { addDays, type Day, hm, installationOffset } from './dates';
import { type Repeat, ruleOf } from './rule';
import type { Amount, Audience, Booking, Displaced, Id, Kind, Places, Rank, Way } from './types';

const KEPT_AS = 'draft';
const FIRST_REPEAT_WEEKS = 4;

export interface Draft extends Repeat {
  kind: Kind;
  title: string;
  description: string;
  now: boolean;
  day: Day;
  /** Minute of the day. */
  start: number;
  minutes: number;
  rooms: Id[];
  trainers: Id[];
  sites: Id[];
  mainSite: Id | null;
  /** How a site takes part, where somebody chose other than the usual. */
  ways: Record<Id, Way>;
  equipment: Amount[];
  sources: Id[];
  /** The sources are a person's choice, no longer those of the places. */
  sourcesChosen: boolean;
  /** null: what is usual for the kind. */
  audience: Audience | null;
  audienceIds: Id[];
  skip: Day[];
  /** null: what is usual for the kind. */
  rank: Rank | null;
  document: string;
  awaitsDocument: boolean;
  /** Filed although the place is taken: who approves chooses. */
  compete: boolean;
  /** Why closures, notice and quotas are set aside. */
  override: string;
}

export function makeDraft(day: Day, start: number, minutes: number, rooms: Id[] = []): Draft {
  return {
    kind: 'training',
    title: '',
    description: '',
    now: false,
    day,
    start,
    minutes,
    rooms,
    trainers: [],
    sites: [],
    mainSite: null,
    ways: {},
    equipment: [],
    sources: [],
    sourcesChosen: false,
    audience: null,
    audienceIds: [],
    skip: [],
    rank: null,
    document: '',
    awaitsDocument: false,
    compete: false,
    override: '',
    every: 0,
    days: [],
    ending: 'count',
    count: FIRST_REPEAT_WEEKS,
    until: addDays(day, 7 * FIRST_REPEAT_WEEKS),
  };
}

export function audienceOf(draft: Pick<Draft, 'audience' | 'kind'>): Audience {
  return draft.audience ?? (draft.kind === 'conference' ? 'units' : 'everybody');
}

/** Those who were chosen; where nobody was, the units of the invited sites. */
function audienceIdsOf(draft: Draft, places: Places): Id[] {
  const audience = audienceOf(draft);
  if (audience === 'everybody') {
    return [];
  }
  if (audience === 'persons' || draft.audienceIds.length > 0) {
    return draft.audienceIds;
  }
  const units = places.sites.filter((site) => draft.sites.includes(site.id)).map((site) => site.unitId);
  return [...new Set(units.filter((unit): unit is Id => unit !== undefined))];
}

/** What stands in the rooms and sites of the booking: recorded unless somebody chose otherwise. */
export function usualSources(draft: Pick<Draft, 'rooms' | 'sites' | 'mainSite'>, places: Places): Id[] {
  const main = places.sites.find((site) => site.id === draft.mainSite)?.roomId;
  const rooms = new Set(main === undefined ? draft.rooms : [main, ...draft.rooms]);
  return places.sources.filter((source) => source.roomId && rooms.has(source.roomId)).map((source) => source.id);
}

/** A change of the draft, with what follows from it. */
export function changeDraft(draft: Draft, change: Partial<Draft>, places: Places): Draft {
  const next = { ...draft, ...change };
  if (!next.mainSite || !next.sites.includes(next.mainSite)) {
    next.mainSite = next.sites[0] ?? null;
  }
  if (!next.sourcesChosen) {
    next.sources = usualSources(next, places);
  }
  const datesChange = ['day', 'every', 'days', 'ending', 'count', 'until', 'now'].some((name) => name in change);
  if (datesChange && !('skip' in change)) {
    next.skip = [];
  }
  return next;
}

export function isChecked(draft: Draft): boolean {
  return draft.rooms.length + draft.trainers.length + draft.sites.length > 0 && draft.minutes > 0;
}

/** What the booking says beside what is in the form: of which preview it is, whom it displaces. */
export interface Told {
  number?: number;
  displaces?: Displaced[];
}

export function bookingOf(draft: Draft, places: Places, untitled: string, told: Told = {}): Booking {
  const rule = draft.now ? undefined : ruleOf(draft, draft.day, installationOffset);
  return {
    kind: draft.kind,
    title: draft.title.trim() || untitled,
    description: draft.description.trim() || undefined,
    ...(draft.now ? { now: true as const } : { start: `${draft.day}T${hm(draft.start)}` }),
    minutes: draft.minutes,
    rule,
    skip: rule && draft.skip.length > 0 ? draft.skip : undefined,
    rooms: draft.rooms,
    trainers: draft.trainers,
    mainSite: draft.mainSite ?? undefined,
    // the main one has its own member, and is refused where it is named twice
    sites: draft.sites.filter((id) => id !== draft.mainSite).map((id) => ({ id, ...draft.ways[id] })),
    equipment: draft.equipment,
    sources: draft.sources,
    audience: audienceOf(draft),
    audienceIds: audienceIdsOf(draft, places),
    rank: draft.rank ?? undefined,
    document: draft.document.trim() || undefined,
    awaitsDocument: (draft.awaitsDocument && !draft.document.trim()) || undefined,
    compete: draft.compete || undefined,
    override: draft.override.trim() || undefined,
    ...told,
  };
}

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(draft));
  } catch {
    // a private window without storage: the open form still holds it
  }
}

export function recallDraft(): Draft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null') as Partial<Draft> | null;
    // one that an older page kept lacks what was added since
    return kept?.day ? { ...makeDraft(kept.day, kept.start ?? 0, kept.minutes ?? 0), ...kept } : null;
  } catch {
    return null;
  }
}

export function dropDraft(): void {
  try {
    sessionStorage.removeItem(KEPT_AS);
  } catch {
    // there was none
  }
}
