// SPDX-License-Identifier: MIT
// A session that exists as a draft, and what was changed of it.
import { dayOf, minuteOf, minutesBetween } from './dates';
import { bookingOf, type Draft, makeDraft, usualSources } from './draft';
import type { Edit, Id, Places, Session, SessionSite, Way } from './types';

const WORDS_AND_MEANS = ['title', 'description', 'rooms', 'trainers', 'sites', 'equipment', 'sources'] as const;
const EMPTY = { title: '', description: '', rooms: [], trainers: [], sites: [], equipment: [], sources: [] };

/** Rooms that came with a site leave with it, so they are no choice of their own. */
function ownRooms(session: Session, places: Places): Id[] {
  const taken = new Set(session.sites.map(({ id }) => places.sites.find((site) => site.id === id)?.roomId));
  return session.rooms.map((room) => room.id).filter((id) => !taken.has(id));
}

/** The recorded ones are known by the titles of their tracks; else what is usual for the places. */
function sourcesOf(session: Session, draft: Draft, places: Places): Id[] {
  if (!session.job) {
    return [];
  }
  const titles = (session.job.tracks ?? []).map((track) => track.title);
  const named = places.sources.filter((source) => titles.includes(source.name)).map((source) => source.id);
  return named.length > 0 ? named : usualSources(draft, places);
}

const wayOf = ({ profile, kbps }: SessionSite): Way => (profile && profile !== 'kbps' ? { profile } : { kbps });

export function draftOfSession(session: Session, places: Places): Draft {
  const minutes = minutesBetween(session.start, session.end);
  const draft: Draft = {
    ...makeDraft(dayOf(session.start), minuteOf(session.start), minutes, ownRooms(session, places)),
    kind: session.kind,
    title: session.title,
    description: session.description ?? '',
    trainers: session.trainers.map((trainer) => trainer.id),
    sites: session.sites.map((site) => site.id),
    mainSite: session.sites.find((site) => site.main)?.id ?? null,
    ways: Object.fromEntries(session.sites.map((site) => [site.id, wayOf(site)])),
    equipment: (session.equipment ?? []).map(({ id, amount }) => ({ id, amount })),
  };
  const sources = sourcesOf(session, draft, places);
  const usual = usualSources(draft, places);
  // other sources than those of the places were somebody's choice, and stay
  return { ...draft, sources, sourcesChosen: !session.job || sources.join() !== usual.join() };
}

/** Only what became another; a list that is named replaces the old one. */
export function editOf(first: Draft, draft: Draft, places: Places): Edit {
  const [before, after] = [bookingOf(first, places, ''), bookingOf(draft, places, '')];
  const edit: Edit = {};
  for (const name of WORDS_AND_MEANS) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) {
      Object.assign(edit, { [name]: after[name] ?? EMPTY[name] });
    }
  }
  if (edit.sites || before.mainSite !== after.mainSite) {
    Object.assign(edit, { sites: after.sites, mainSite: after.mainSite });
  }
  return edit;
}
