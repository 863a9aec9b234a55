// SPDX-License-Identifier: MIT
// /cho-duyet: requests that wait for a word, those that want the same place side by side, and sessions
// that a closure has hit.
import { at } from '../api';
import { addDays, minutesBetween, lengthText, whenText, wall } from '../dates';
import { t } from '../i18n';
import { placesOf } from '../session';
import type { Approval, Competing, List, Rank, Session } from '../types';
import { useAnswer } from '../use-answer';
import { Badge, Stale } from './agenda';
import { Verdict } from './verdict';

const CLASH_DAYS = 60;

export function Approvals() {
  const answer = useAnswer<List<Approval>>(at.approvals, ['session', 'series']);
  const items = answer.data?.items ?? [];
  const canDecide = (item: Approval) => item.session.may?.includes('approve');
  const mine = items.filter((item) => !canDecide(item));
  const theirs = items.filter(canDecide);
  return (
    <div class="page slim approvals">
      <div class="head">
        <h1>{t('approvals.title')}</h1>
      </div>
      <Stale answer={answer} />
      {!answer.data && !answer.problem && <div class="skeleton" aria-busy="true" />}
      {answer.data && items.length === 0 && <p class="soft">{t('approvals.none')}</p>}
      <Group title={t('approvals.forMe')} items={theirs} reload={answer.reload} />
      <Group title={t('approvals.own')} items={mine} reload={answer.reload} />
      <Clashing />
    </div>
  );
}

function Group({ title, items, reload }: { title: string; items: Approval[]; reload(): void }) {
  return items.length > 0 ? (
    <section>
      <h2>{title}</h2>
      <ul class="requests">
        {items.map((item) => (
          <Request key={item.session.id} item={item} reload={reload} />
        ))}
      </ul>
    </section>
  ) : null;
}

function Request({ item, reload }: { item: Approval; reload(): void }) {
  const { session, count, competing } = item;
  return (
    <li class="request">
      <div class="sides">
        <div>
          <h3>
            <a href={`/buoi/${session.id}`}>{session.title}</a>
          </h3>
          <p>
            {whenText(session.start, session.end)} · {lengthText(minutesBetween(session.start, session.end))}
            {count > 1 && ` · ${t('approvals.more', { n: count - 1 })}`}
          </p>
          <p class="soft">{aboutText(session)}</p>
          <p class="soft">{approvalText(session)}</p>
        </div>
        {competing.length > 0 && (
          <div class="competing">
            <h4>{t('approvals.competing', { n: competing.length })}</h4>
            <ul>
              {competing.map((one) => (
                <li key={`${one.sessionId}-${one.start}`}>{competingText(one)}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <div class="buttons">
        <Verdict session={session} count={count} done={reload} />
      </div>
    </li>
  );
}

function aboutText(session: Session): string {
  const { organiser } = session;
  const who = organiser ? [organiser.name, organiser.phone].filter(Boolean).join(', ') : '';
  return [placesOf(session).join(', '), session.unit?.name, who].filter(Boolean).join(' · ');
}

const rankText = (rank: Rank | undefined) => (rank ? t(`rank.${rank}` as const) : '');

/** "Cấp tỉnh · Giấy mời 12/GM-UBND · Giữ chỗ đến Thứ Sáu 27/11, 17:00" */
export function approvalText(session: Session): string {
  const document = session.document ? t('approvals.document', { number: session.document }) : '';
  return [
    rankText(session.rank),
    document || (session.awaitsDocument ? t('approvals.awaitsDocument') : ''),
    session.holdUntil
      ? t('approvals.until', { when: whenText(session.holdUntil, session.holdUntil).split('–')[0] })
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What else wants the place; only its time where one may not see it. */
export function competingText(one: Competing): string {
  const what = one.title ? t('clash.titled', { title: one.title }) : t('clash.hidden');
  return [what, whenText(one.start, one.end), one.by, rankText(one.rank)].filter(Boolean).join(', ');
}

/** What was booked before a closure or a lowered capacity came, and has to go elsewhere. */
function Clashing() {
  const today = wall().day;
  const answer = useAnswer<List<Session>>(at.agenda(today, addDays(today, CLASH_DAYS), 'all'), ['session', 'place']);
  const hit = (answer.data?.items ?? []).filter((session) => session.clashing && session.state !== 'cancelled');
  return hit.length > 0 ? (
    <section>
      <h2>{t('approvals.clashing', { n: hit.length })}</h2>
      <p class="soft">{t('approvals.clashingHint')}</p>
      <ul class="requests">
        {hit.map((session) => (
          <li class="request" key={session.id}>
            <h3>
              <a href={`/buoi/${session.id}`}>{session.title}</a> <Badge session={session} />
            </h3>
            <p>{whenText(session.start, session.end)}</p>
            <p class="soft">{aboutText(session)}</p>
          </li>
        ))}
      </ul>
    </section>
  ) : null;
}
