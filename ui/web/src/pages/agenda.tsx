// SPDX-License-Identifier: MIT
// /lich: the week. Today stands first, what has passed is folded away.
import { useEffect, useState } from 'preact/hooks';
import { at } from '../api';
import {
  addDays,
  type Day,
  dayName,
  dayOf,
  dayShort,
  dm,
  dmy,
  epochMs,
  minuteText,
  monday,
  timeOf,
  wall,
  weekNumber,
} from '../dates';
import { on } from '../events';
import { t } from '../i18n';
import { Icon } from '../icons';
import { now } from '../net';
import { isRecording, isWatchable, LOOK_WORDS, lookOf, placesOf, shortList } from '../session';
import type { Job, List, Scope, Session } from '../types';
import { type Answer, useAnswer } from '../use-answer';
import { may, useUser } from '../user';

const SCOPES: Scope[] = ['all', 'unit', 'mine'];
const WEEK = [0, 1, 2, 3, 4, 5, 6];
const DOTS = 4;

export function Agenda() {
  const today = wall().day;
  const [week, setWeek] = useState(monday(today));
  const [scope, setScope] = useState<Scope>('all');
  const answer = useAnswer<List<Session>>(at.agenda(week, addDays(week, 6), scope), ['session', 'series', 'job']);
  const sessions = useJobChanges(answer.data?.items ?? []);
  const days = WEEK.map((index) => addDays(week, index));
  const isThisWeek = week === monday(today);
  const past = isThisWeek ? days.filter((day) => day < today) : [];
  const coming = days.filter((day) => !past.includes(day));
  const onDay = (day: Day) => sessions.filter((session) => dayOf(session.start) === day).sort(byStart);
  const pastCount = past.reduce((sum, day) => sum + onDay(day).length, 0);
  return (
    <div class="page agenda">
      <div class="head">
        <h1>{t('agenda.title')}</h1>
        <ScopeChoice scope={scope} choose={setScope} />
      </div>
      <Stale answer={answer} />
      <WeekStrip days={days} today={today} week={week} choose={setWeek} countOn={(day) => countOf(onDay(day))} />
      <p class="week-line">
        {t('agenda.week', { n: weekNumber(week), from: dm(week), to: dmy(addDays(week, 6)) })}
        {!isThisWeek && (
          <button class="link" onClick={() => setWeek(monday(today))}>
            {t('agenda.thisWeek')}
          </button>
        )}
      </p>
      <div class="columns">
        <div aria-busy={!answer.data}>
          {pastCount > 0 && (
            <details class="past">
              <summary>{t('agenda.earlier', { n: pastCount })}</summary>
              {past.map((day) => (
                <DaySection key={day} day={day} today={today} sessions={onDay(day)} />
              ))}
            </details>
          )}
          {answer.data && coming.map((day) => <DaySection key={day} day={day} today={today} sessions={onDay(day)} />)}
        </div>
        <Aside />
      </div>
    </div>
  );
}

const byStart = (a: Session, b: Session) => epochMs(a.start) - epochMs(b.start) || a.id - b.id;

const countOf = (sessions: Session[]) => sessions.filter((session) => session.state !== 'cancelled').length;

/** The sessions with what recorders have said of them since the answer came. */
function useJobChanges(sessions: Session[]): Session[] {
  const [jobs, setJobs] = useState<Record<number, Partial<Job>>>({});
  useEffect(
    () =>
      on('job', ({ sessionId, ...job }) => setJobs((old) => ({ ...old, [sessionId]: { ...old[sessionId], ...job } }))),
    [],
  );
  return sessions.map((session) =>
    session.job && jobs[session.id] ? { ...session, job: { ...session.job, ...jobs[session.id] } } : session,
  );
}

export function Stale({ answer }: { answer: Answer<unknown> }) {
  if (!answer.problem || !answer.savedAt) {
    return answer.problem && !answer.data ? (
      <p class="notice" role="status">
        {t('offline.nothing')}
      </p>
    ) : null;
  }
  return (
    <p class="notice" role="status">
      {t('offline.saved', { time: minuteText(answer.savedAt) })}
    </p>
  );
}

function ScopeChoice({ scope, choose }: { scope: Scope; choose(scope: Scope): void }) {
  return (
    <div class="segments" role="group" aria-label={t('agenda.filter')}>
      {SCOPES.map((value) => (
        <button key={value} aria-pressed={scope === value} onClick={() => choose(value)}>
          {t(`agenda.scope.${value}` as const)}
        </button>
      ))}
    </div>
  );
}

interface StripProps {
  days: Day[];
  today: Day;
  week: Day;
  choose(week: Day): void;
  countOn(day: Day): number;
}

function WeekStrip({ days, today, week, choose, countOn }: StripProps) {
  return (
    <nav class="week-bar" aria-label={t('agenda.days')}>
      <button class="quiet" aria-label={t('agenda.previousWeek')} onClick={() => choose(addDays(week, -7))}>
        <Icon name="left" />
      </button>
      <ol class="strip">
        {days.map((day) => (
          <li key={day}>
            <a
              href={`#ngay-${day}`}
              class={day === today ? 'today' : ''}
              aria-current={day === today ? 'date' : undefined}
              aria-label={`${dayName(day)} ${dm(day)}, ${t('agenda.count', { n: countOn(day) })}`}
            >
              <span>{dayShort(day)}</span>
              <b>{Number(day.slice(8))}</b>
              <i>{'•'.repeat(Math.min(countOn(day), DOTS)) || ' '}</i>
            </a>
          </li>
        ))}
      </ol>
      <button class="quiet" aria-label={t('agenda.nextWeek')} onClick={() => choose(addDays(week, 7))}>
        <Icon name="right" />
      </button>
    </nav>
  );
}

function DaySection({ day, today, sessions }: { day: Day; today: Day; sessions: Session[] }) {
  const heading = `tieu-de-${day}`;
  return (
    <section id={`ngay-${day}`} class="day" aria-labelledby={heading}>
      <h2 id={heading}>
        {day === today && <em>{t('today')}</em>}
        {dayName(day)} <small>{dm(day)}</small>
      </h2>
      {sessions.length > 0 ? (
        <ul>
          {sessions.map((session) => (
            <Card key={session.id} session={session} />
          ))}
        </ul>
      ) : (
        <p class="empty">{t('agenda.nothing')}</p>
      )}
    </section>
  );
}

function Card({ session }: { session: Session }) {
  const look = lookOf(session);
  const places = placesOf(session);
  const trainers = session.trainers.map((trainer) => trainer.name);
  const who = shortList(trainers.length > 0 ? trainers : session.unit ? [session.unit.name] : []);
  return (
    <li class={`card ${look}`}>
      <div class="when">
        <b>{timeOf(session.start)}</b>
        <span>{timeOf(session.end)}</span>
      </div>
      <div class="what">
        <h3>
          <a href={`/buoi/${session.id}`}>{session.title}</a>
        </h3>
        <p title={places.join(', ')}>{[who, shortList(places)].filter(Boolean).join(' · ')}</p>
        {session.reason && <p class="note">{t('agenda.reason', { reason: session.reason })}</p>}
        {look === 'finalising' && <Finalising job={session.job!} />}
        {look === 'incomplete' && session.job?.note && <p class="note">{session.job.note}</p>}
      </div>
      <div class="act">
        <Badge session={session} />
        <WatchLink session={session} />
      </div>
    </li>
  );
}

export function Badge({ session }: { session: Session }) {
  const look = lookOf(session);
  if (look === 'live' && isRecording(session)) {
    return <span class="badge live recording">{t('look.recording')}</span>;
  }
  const soon = look === 'upcoming' && epochMs(session.start) - now();
  if (soon !== false && soon > 0 && soon < 3_600_000) {
    return <span class="badge soon">{t('look.soon', { n: Math.ceil(soon / 60_000) })}</span>;
  }
  return <span class={`badge ${look}`}>{t(LOOK_WORDS[look])}</span>;
}

function WatchLink({ session }: { session: Session }) {
  if (!isWatchable(session)) {
    return null;
  }
  const isLive = ['live', 'open'].includes(lookOf(session));
  return (
    <a class={isLive ? 'button live' : 'button'} href={`/xem/${session.id}`}>
      {t(isLive ? 'watch.live' : 'watch.again')}
      <span class="sr">: {session.title}</span>
    </a>
  );
}

export function Finalising({ job }: { job: Job }) {
  const percent = Math.floor((job.permille ?? 0) / 10);
  return (
    <div class="made">
      <progress value={percent} max="100" aria-label={t('look.finalising')} />
      <span>{percent} %</span>
    </div>
  );
}

function Aside() {
  const { me } = useUser();
  return (
    <aside class="aside" aria-label={t('agenda.aside')}>
      {may(me, 'book') && (
        <section class="panel">
          <h2>{t('agenda.bookTitle')}</h2>
          <p>{t('agenda.bookHint')}</p>
          <a class="button primary" href="/dat">
            {t('nav.book')}
          </a>
          <a class="button ghost" href="/dat?ngay=bay-gio">
            {t('book.startNow')}
          </a>
        </section>
      )}
      {may(me, 'operate') && may(me, 'undo') && (
        <section class="panel">
          <h2>{t('agenda.manyTitle')}</h2>
          <p>{t('agenda.manyHint')}</p>
          <a class="button ghost" href="/doi-nhieu">
            {t('many.title')}
          </a>
        </section>
      )}
      <section class="panel">
        <h2>{t('agenda.followTitle')}</h2>
        <p>{t('agenda.followHint')}</p>
        <a class="button ghost" href="/theo-doi">
          {t('agenda.follow')}
        </a>
      </section>
    </aside>
  );
}
