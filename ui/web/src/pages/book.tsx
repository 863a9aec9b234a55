// SPDX-License-Identifier: MIT
// /dat: the rooms of a day, and the form for a new booking.
import { useMemo, useState } from 'preact/hooks';
import { at } from '../api';
import { addDays, type Day, dayName, dmy, wall, whenText } from '../dates';
import { type Draft, dropDraft, makeDraft, recallDraft } from '../draft';
import { CopyButton } from '../form';
import { t } from '../i18n';
import { Icon } from '../icons';
import { noticeOf } from '../notice';
import { matches } from '../search-text';
import { itemsOf, type Range } from '../spans';
import { Timeline } from '../timeline';
import type { Busy, Id, List, Places, Session } from '../types';
import { UndoButton } from '../undo';
import { useAnswer } from '../use-answer';
import { Stale } from './agenda';
import { Editor } from './editor';

const FROM = 6 * 60;
const TO = 22 * 60;
const QUARTER = 15;
const USUAL_MINUTES = 90;
const MANY_ROOMS = 8;

const wantsNow = () => new URLSearchParams(location.search).get('ngay') === 'bay-gio';

/** The next full quarter of an hour, within the hours of the day. */
function nextStart(): number {
  return Math.min(TO - USUAL_MINUTES, Math.max(FROM, Math.ceil(wall().minute / QUARTER) * QUARTER));
}

export function Book() {
  const today = wall();
  const [day, setDay] = useState(today.day);
  const [picked, setPicked] = useState<Id[]>([]);
  const [question, setQuestion] = useState('');
  const [kept, setKept] = useState(() => (wantsNow() ? null : recallDraft()));
  const [draft, setDraft] = useState<Draft | null>(() => (wantsNow() ? startNow() : null));
  const [booked, setBooked] = useState<BookedSessions | null>(null);
  const places = useAnswer<Places>(at.places, ['place', 'person']);
  const rooms = places.data?.rooms ?? [];
  const ids = rooms.map((room) => room.id);
  const busy = useAnswer<List<Busy>>(ids.length > 0 ? at.busy(day, addDays(day, 1), ids) : null, ['session']);
  const items = useMemo(() => itemsOf(busy.data?.items ?? [], day), [busy.data, day]);
  const shown = rooms.filter((room) => matches(room.name, question));

  const open = (next: Draft) => {
    setBooked(null);
    setKept(null);
    setDraft(next);
  };
  const create = (range: Range) => {
    const chosen = picked.includes(range.row) ? picked : [range.row];
    open(makeDraft(day, range.start, range.end - range.start, chosen));
  };
  const close = () => {
    setDraft(null);
    setKept(recallDraft());
  };
  const done = (sessions: Session[], number: number) => {
    setDraft(null);
    setBooked({ sessions, number });
    busy.reload();
  };
  return (
    <div class="page wide book">
      <div class="head">
        <h1>{t('book.title')}</h1>
        <button class="ghost" onClick={() => open(startNow())}>
          {t('book.startNow')}
        </button>
        <button class="primary" onClick={() => open(makeDraft(day, nextStart(), USUAL_MINUTES, picked))}>
          <Icon name="plus" /> {t('book.new')}
        </button>
      </div>
      {booked && <Booked booked={booked} close={() => setBooked(null)} />}
      {kept && !draft && (
        <Kept
          draft={kept}
          open={() => open(kept)}
          drop={() => {
            dropDraft();
            setKept(null);
          }}
        />
      )}
      <Stale answer={busy} />
      <div class="book-bar">
        <DayChoice day={day} today={today.day} choose={setDay} />
        {rooms.length > MANY_ROOMS && (
          <input
            class="search"
            type="search"
            aria-label={t('book.filterRooms')}
            placeholder={t('book.filterRooms')}
            value={question}
            onInput={(event) => setQuestion(event.currentTarget.value)}
          />
        )}
      </div>
      {places.data ? (
        <Timeline
          rows={shown.map((room) => ({ ...room, note: room.seats ? t('book.seats', { n: room.seats }) : undefined }))}
          items={items}
          from={FROM}
          to={TO}
          now={day === today.day ? today.minute : undefined}
          picked={picked}
          pick={(id) => setPicked(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id])}
          create={create}
        />
      ) : (
        <div class="skeleton" aria-busy="true" />
      )}
      <p class="hint">
        {t('book.hint')} <span class="keys">{t('book.keys')}</span>
      </p>
      {draft && places.data && <Editor first={draft} places={places.data} close={close} done={done} />}
    </div>
  );
}

function startNow(): Draft {
  return { ...makeDraft(wall().day, wall().minute, USUAL_MINUTES), now: true };
}

function DayChoice({ day, today, choose }: { day: Day; today: Day; choose(day: Day): void }) {
  return (
    <div class="day-choice" role="group" aria-label={t('book.day')}>
      <button class="quiet" aria-label={t('book.previousDay')} onClick={() => choose(addDays(day, -1))}>
        <Icon name="left" />
      </button>
      <strong aria-live="polite">
        {dayName(day)}, {dmy(day)}
      </strong>
      <button class="quiet" aria-label={t('book.nextDay')} onClick={() => choose(addDays(day, 1))}>
        <Icon name="right" />
      </button>
      {day !== today && (
        <button class="link" onClick={() => choose(today)}>
          {t('today')}
        </button>
      )}
    </div>
  );
}

function Kept({ draft, open, drop }: { draft: Draft; open(): void; drop(): void }) {
  return (
    <div class="notice bar-notice" role="status">
      <span>{t('book.kept', { title: draft.title || t('book.untitled') })}</span>
      <button class="ghost" onClick={open}>
        {t('book.reopen')}
      </button>
      <button class="link" onClick={drop}>
        {t('book.discard')}
      </button>
    </div>
  );
}

interface BookedSessions {
  sessions: Session[];
  /** Of the change, for the way back. */
  number: number;
}

function Booked({ booked, close }: { booked: BookedSessions; close(): void }) {
  const { sessions, number } = booked;
  const first = sessions[0];
  if (!first) {
    return null;
  }
  const when = whenText(first.start, first.end);
  return (
    <div class="good bar-notice" role="status">
      <span>
        <b>{t(first.waiting ? 'book.held' : 'book.done', { title: first.title })}</b> {when}
        {sessions.length > 1 && ` ${t('book.doneMore', { n: sessions.length - 1 })}`}
      </span>
      <a class="button" href={`/buoi/${first.id}`}>
        {t('book.see')}
      </a>
      <CopyButton text={noticeOf(first, sessions.length)} label={t('notice.copy')} />
      <UndoButton number={number} />
      <button class="quiet" aria-label={t('close')} onClick={close}>
        <Icon name="close" />
      </button>
    </div>
  );
}
