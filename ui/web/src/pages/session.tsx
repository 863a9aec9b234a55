// SPDX-License-Identifier: MIT
// /buoi/<id>: one session, and what may be done to it.
import { useEffect, useState } from 'preact/hooks';
import { api, at } from '../api';
import { Refusal } from '../clash';
import { lengthText, minutesBetween, timeOf, whenText } from '../dates';
import { on } from '../events';
import { CopyButton, useTask } from '../form';
import { type Key, t } from '../i18n';
import type { Problem } from '../net';
import { noticeOf } from '../notice';
import { isWatchable, lookOf } from '../session';
import type { Action, Job, Preview, Session, SessionSite } from '../types';
import { changeOf, offerUndo } from '../undo';
import { useAnswer } from '../use-answer';
import { Badge, Finalising, Stale } from './agenda';
import { CancelDialog, MoveDialog } from './session-dialogs';
import { EditDialog } from './session-edit';
import { RehearsalDialog, Rehearsals, RunOn } from './session-rehearsal';
import { Verdict } from './verdict';
import { approvalText } from './approvals';

const CONFIRM_MS = 4000;
const STEPS = [15, 30, 60];

export function SessionPage({ rest }: { rest: string }) {
  const id = Number(rest);
  const answer = useAnswer<Session>(id > 0 ? at.session(id) : null, ['session', 'series', 'operation']);
  const [changed, setChanged] = useState<Session | null>(null);
  const [job, setJob] = useState<Partial<Job>>({});
  useEffect(() => on('job', ({ sessionId, ...part }) => sessionId === id && setJob(part)), [id]);
  useEffect(() => setChanged(null), [answer.data]);
  if (!answer.data) {
    const gone = id > 0 && (!answer.problem || answer.problem.status === 0 || answer.problem.status >= 500);
    return gone ? (
      <div class="page slim">
        <Stale answer={answer} />
        <div class="skeleton" aria-busy="true" />
      </div>
    ) : (
      <NotFound />
    );
  }
  const known = changed ?? answer.data;
  const session = known.job ? { ...known, job: { ...known.job, ...job } } : known;
  return (
    <article class="page slim session">
      <Stale answer={answer} />
      <p class="over">
        <Badge session={session} /> <span class="soft">{t(`kind.${session.kind}` as const)}</span>
      </p>
      <h1 class={lookOf(session) === 'cancelled' ? 'struck' : ''}>{session.title}</h1>
      <p class="lead">
        {whenText(session.start, session.end)} · {lengthText(minutesBetween(session.start, session.end))}
      </p>
      {session.reason && <p class="notice">{t('agenda.reason', { reason: session.reason })}</p>}
      {session.waiting && <p class="notice">{[t('session.waiting'), approvalText(session)].join(' ')}</p>}
      {session.clashing && <p class="notice">{t('session.clashing')}</p>}
      {session.job && <JobLine job={session.job} session={session} />}
      <Buttons
        session={session}
        done={(next) => {
          setChanged(next);
          answer.reload();
        }}
      />
      <Rehearsals session={session} />
      <Details session={session} />
    </article>
  );
}

function NotFound() {
  return (
    <div class="gate">
      <h1>{t('session.missing')}</h1>
      <p class="soft">{t('session.missingHint')}</p>
      <a class="button primary" href="/lich">
        {t('nav.agenda')}
      </a>
    </div>
  );
}

function JobLine({ job, session }: { job: Job; session: Session }) {
  const look = lookOf(session);
  if (look === 'finalising') {
    return (
      <div class="job what">
        <p>{t('look.finalising')}</p>
        <Finalising job={job} />
      </div>
    );
  }
  const missing = job.missingMs ? t('session.missingTime', { n: Math.ceil(job.missingMs / 1000) }) : '';
  const lines = [look === 'live' && job.state === 'recovering' ? t('session.recovering') : '', missing, job.note ?? ''];
  const text = lines.filter(Boolean).join(' ');
  return text ? <p class="notice">{text}</p> : null;
}

interface ButtonsProps {
  session: Session;
  done(session: Session): void;
}

function Buttons({ session, done }: ButtonsProps) {
  const [dialog, setDialog] = useState<'edit' | 'move' | 'cancel' | 'rehearse' | null>(null);
  const task = useTask();
  const can = (action: Action) => session.may?.includes(action);
  const run = (work: () => Promise<Session>) => void task.run(async () => done(await work()));
  const finish = (text: Key) => (next: Session) => {
    setDialog(null);
    done(next);
    offerUndo(t(text, { title: next.title }), changeOf(next));
  };
  const close = () => setDialog(null);
  const isLive = ['open', 'live'].includes(lookOf(session));
  return (
    <div class="actions">
      <div class="buttons">
        {isWatchable(session) && (
          <a class={isLive ? 'button live big' : 'button primary big'} href={`/xem/${session.id}`}>
            {t(isLive ? 'watch.live' : 'watch.again')}
          </a>
        )}
        {can('start') && (
          <button class="primary" disabled={task.busy} onClick={() => run(() => api.start(session.id))}>
            {t('book.startNow')}
          </button>
        )}
        {can('stop') && <StopButton busy={task.busy} stop={() => run(() => api.stop(session.id))} />}
        {can('extend') && (
          <div class="extend" role="group" aria-label={t('session.extend')}>
            <span>{t('session.extend')}</span>
            {STEPS.map((minutes) => (
              <button
                class="ghost"
                key={minutes}
                disabled={task.busy}
                aria-label={t('session.extendBy', { n: minutes })}
                onClick={() => run(() => api.extend(session.id, minutes))}
              >
                +{minutes}
              </button>
            ))}
          </div>
        )}
        <Verdict session={session} count={1} done={done} />
        {can('edit') && (
          <button class="ghost" onClick={() => setDialog('edit')}>
            {t('session.edit')}
          </button>
        )}
        {can('readiness') && (
          <a class="button ghost" href={`/san-sang/${session.id}`}>
            {t('ready.board')}
          </a>
        )}
        {can('rehearse') && session.sites.length > 0 && (
          <button class="ghost" onClick={() => setDialog('rehearse')}>
            {t('rehearsal.add')}
          </button>
        )}
        {can('move') && (
          <button class="ghost" onClick={() => setDialog('move')}>
            {t('session.move')}
          </button>
        )}
        {can('cancel') && (
          <button class="ghost" onClick={() => setDialog('cancel')}>
            {t('session.cancel')}
          </button>
        )}
        <CopyButton text={noticeOf(session)} label={t('notice.copy')} />
      </div>
      {can('run-on') && <RunOn session={session} done={done} />}
      <Refusal problem={task.problem} />
      {can('extend') && (
        <LongestOffer problem={task.problem} extend={(minutes) => run(() => api.extend(session.id, minutes))} />
      )}
      {dialog === 'rehearse' && (
        <RehearsalDialog
          session={session}
          close={close}
          done={(rehearsal) => {
            setDialog(null);
            done(session); // it is another now: asked again
            offerUndo(t('undo.rehearsed', { title: session.title }), changeOf(rehearsal));
          }}
        />
      )}
      {dialog === 'edit' && <EditDialog session={session} close={close} done={finish('undo.edited')} />}
      {dialog === 'move' && <MoveDialog session={session} close={close} done={finish('undo.moved')} />}
      {dialog === 'cancel' && <CancelDialog session={session} close={close} done={finish('undo.cancelled')} />}
    </div>
  );
}

/** As far as the place is free, where the whole extension is not. */
function LongestOffer({ problem, extend }: { problem: Problem | null; extend(minutes: number): void }) {
  const preview = problem?.body.preview as Preview | undefined;
  const longest = preview?.alternatives.find((choice) => choice.kind === 'end');
  return longest?.end && longest.minutes ? (
    <button class="ghost" onClick={() => extend(longest.minutes!)}>
      {t('session.extendUntil', { time: timeOf(longest.end), n: longest.minutes })}
    </button>
  ) : null;
}

/** Two presses within four seconds: one alone never ends a session. */
function StopButton({ busy, stop }: { busy: boolean; stop(): void }) {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) {
      return undefined;
    }
    const timer = setTimeout(() => setArmed(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  const press = () => {
    if (armed) {
      stop();
    }
    setArmed(!armed);
  };
  return (
    <button class={armed ? 'danger' : 'ghost'} disabled={busy} onClick={press}>
      <span aria-live="polite">{t(armed ? 'session.stopAgain' : 'session.stop')}</span>
    </button>
  );
}

function siteText({ name, kbps, profile }: SessionSite): string {
  const how =
    profile && profile !== 'kbps' && profile !== 'full' ? `${name}, ${t(`profile.${profile}` as const)}` : name;
  return kbps ? t('session.siteRate', { name: how, n: kbps }) : how;
}

function Details({ session }: { session: Session }) {
  const main = session.sites.find((site) => site.main);
  const others = session.sites.filter((site) => !site.main);
  const equipment = (session.equipment ?? []).map((one) => `${one.name} × ${one.amount}`);
  const organiser = session.organiser;
  const rows: [string, string][] = [
    [t('session.trainers'), session.trainers.map((trainer) => trainer.name).join(', ')],
    [t('session.rooms'), session.rooms.map((room) => room.name).join(', ')],
    [t('editor.mainSite'), main ? siteText(main) : ''],
    [main ? t('session.otherSites') : t('editor.sites'), others.map(siteText).join(', ')],
    [t('session.equipment'), equipment.join(', ')],
    [t('session.unit'), session.unit?.name ?? ''],
    [t('session.organiser'), organiser ? [organiser.name, organiser.phone].filter(Boolean).join(', ') : ''],
    [t('session.audience'), session.audience ? t(`audience.${session.audience}` as const) : ''],
    [t('session.zone'), session.zone === 'Asia/Ho_Chi_Minh' ? '' : `${timeOf(session.start)} ${session.zone}`],
  ];
  return (
    <>
      {session.description && <p class="description">{session.description}</p>}
      <dl class="details">
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <p>
        <a href="/theo-doi">{t('session.follow')}</a>
      </p>
    </>
  );
}
