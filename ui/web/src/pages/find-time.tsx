// SPDX-License-Identifier: MIT
// When what the form asks for could be: the best times first, and where there is none what is in the
// way and when it would be without that.
import { useState } from 'preact/hooks';
import { api } from '../api';
import { holderText } from '../clash';
import { addDays, type Day, dayOf, dm, hm, minuteOf, parseTime, wall, weekdayShort, whenText } from '../dates';
import { bookingOf, type Draft, isChecked } from '../draft';
import { DayField, TimeField } from '../fields';
import { Trouble } from '../form';
import { t } from '../i18n';
import { DAYS } from '../rule';
import type { Blocker, FindTime, FoundTimes, Places, Slot } from '../types';
import { useAsked } from '../use-asked';

const USUAL_DAYS = 13;
const MOST_DAYS = 61;
const WORKDAYS = [0, 1, 2, 3, 4];
const MOST_SLOTS = 6;

export interface Window {
  from: Day;
  to: Day;
  hoursFrom: number;
  hoursTo: number;
  weekdays: number[];
}

interface Props {
  draft: Draft;
  places: Places;
  change(part: Partial<Draft>): void;
}

export function usualWindow(draft: Pick<Draft, 'day'>, today: Day): Window {
  const from = draft.day > today ? draft.day : today;
  return {
    from,
    to: addDays(from, USUAL_DAYS),
    hoursFrom: parseTime('07:00')!,
    hoursTo: parseTime('17:30')!,
    weekdays: WORKDAYS,
  };
}

export function findTimeOf(draft: Draft, places: Places, window: Window): FindTime {
  const { kind, minutes, rooms, trainers, mainSite, sites, equipment, sources } = bookingOf(draft, places, '');
  const last = addDays(window.from, MOST_DAYS);
  return {
    kind,
    minutes,
    rooms,
    trainers,
    mainSite,
    sites,
    equipment,
    sources,
    from: window.from,
    to: window.to < window.from ? window.from : window.to > last ? last : window.to,
    hoursFrom: hm(window.hoursFrom),
    hoursTo: hm(window.hoursTo),
    weekdays: window.weekdays.length > 0 ? window.weekdays.map((day) => DAYS[day]) : undefined,
    most: MOST_SLOTS,
  };
}

/** A time that is chosen, without the sites that cannot take part then. */
export function changeToSlot(slot: Slot, draft: Draft): Partial<Draft> {
  const missing = slot.kind === 'fewer-sites' ? slot.missing.map((site) => site.id) : [];
  return {
    now: false,
    day: dayOf(slot.start),
    start: minuteOf(slot.start),
    sites: draft.sites.filter((id) => !missing.includes(id)),
  };
}

export function FindTimePanel({ draft, places, change }: Props) {
  const [open, setOpen] = useState(false);
  if (!isChecked(draft)) {
    return null;
  }
  return (
    <details class="more find" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('find.title')}</summary>
      {open && <Search draft={draft} places={places} change={change} />}
    </details>
  );
}

function Search({ draft, places, change }: Props) {
  const [window, setWindow] = useState(() => usualWindow(draft, wall().day));
  const wanted = findTimeOf(draft, places, window);
  const asked = useAsked<FoundTimes>(JSON.stringify(wanted), () => api.findTime(wanted));
  const found = asked.answer;
  return (
    <div class="stack">
      <WindowFields window={window} change={(part) => setWindow({ ...window, ...part })} />
      {draft.every > 0 && <p class="soft small">{t('find.first')}</p>}
      <Trouble problem={asked.problem} />
      <div class={asked.pending ? 'found pending' : 'found'} role="status" aria-busy={asked.pending}>
        {!found && asked.pending && <p class="soft">{t('find.searching')}</p>}
        {found && <Found found={found} draft={draft} change={change} />}
      </div>
    </div>
  );
}

function WindowFields({ window, change }: { window: Window; change(part: Partial<Window>): void }) {
  const toggle = (day: number) => {
    const { weekdays } = window;
    change({ weekdays: weekdays.includes(day) ? weekdays.filter((other) => other !== day) : [...weekdays, day].sort() });
  };
  return (
    <>
      <div class="line pair">
        <DayField label={t('find.from')} value={window.from} set={(from) => change({ from })} />
        <DayField label={t('find.to')} value={window.to} set={(to) => change({ to })} />
      </div>
      <div class="line pair">
        <TimeField label={t('find.hoursFrom')} value={window.hoursFrom} set={(hoursFrom) => change({ hoursFrom })} />
        <TimeField label={t('find.hoursTo')} value={window.hoursTo} set={(hoursTo) => change({ hoursTo })} />
      </div>
      <fieldset class="weekdays">
        <legend>{t('repeat.days')}</legend>
        {DAYS.map((name, day) => (
          <button type="button" key={name} aria-pressed={window.weekdays.includes(day)} onClick={() => toggle(day)}>
            {weekdayShort(day)}
          </button>
        ))}
      </fieldset>
    </>
  );
}

function Found({ found, draft, change }: { found: FoundTimes; draft: Draft; change(part: Partial<Draft>): void }) {
  return (
    <>
      {found.slots.length > 0 && (
        <ul class="slots">
          {found.slots.map((slot) => (
            <li key={slot.start + slot.kind}>
              <button type="button" class="ghost" onClick={() => change(changeToSlot(slot, draft))}>
                <span>{whenText(slot.start, slot.end)}</span>
                <small>{slotNote(slot)}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
      {!found.slots.some((slot) => slot.kind === 'free') && <NothingFree found={found} />}
      {!found.complete && <p class="soft small">{t('find.incomplete')}</p>}
    </>
  );
}

export function slotNote(slot: Slot): string {
  if (slot.kind === 'fewer-sites') {
    return t('find.missing', { sites: slot.missing.map((site) => site.name).join(', ') });
  }
  if (slot.kind === 'displacing') {
    return t('find.displaces', { sessions: slot.displaces.map(holderText).join('; ') });
  }
  return t(slot.sites > 1 ? 'find.allSites' : 'clash.free', { n: slot.sites });
}

function NothingFree({ found }: { found: FoundTimes }) {
  const { without } = found;
  return (
    <div class="clashes">
      <strong>{t('find.nothing')}</strong>
      <ul class="clash-list">
        {found.blockers.map((blocker) => (
          <li key={blocker.resource.id}>
            <b>{blocker.resource.name}</b>
            {blockerLines(blocker).map((line) => (
              <span class="holder" key={line}>
                {line}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {without && found.blockers.length === 0 && (
        <p>
          {t('find.withoutAll', {
            what: without.resources.map((one) => one.name).join(', '),
            when: whenText(without.start, without.end),
          })}
        </p>
      )}
    </div>
  );
}

/** "kín mọi buổi sáng đến 30/11", "Nếu không có: Thứ Ba 01/12, 08:00–09:00". */
export function blockerLines(blocker: Blocker): string[] {
  const lines = blocker.parts
    .filter((part) => part.fullDays > 0)
    .map(({ part, days, fullDays, fullUntil }) => {
      if (fullDays === days || fullUntil === undefined) {
        return t(fullDays === days ? `find.full.${part}` : `find.some.${part}`, { n: fullDays, days });
      }
      return t(`find.until.${part}`, { day: dm(fullUntil) });
    });
  lines.push(...blocker.with.slice(0, 2).map(holderText));
  if (blocker.freeFrom) {
    lines.push(t('find.freeFrom', { day: dm(dayOf(blocker.freeFrom)), time: blocker.freeFrom.slice(11, 16) }));
  }
  if (blocker.without) {
    lines.push(t('find.without', { when: whenText(blocker.without.start, blocker.without.end) }));
  }
  return lines;
}
