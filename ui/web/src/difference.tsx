// SPDX-License-Identifier: MIT
// What a command would change, told before it is done: which sessions, from what to what, which keep
// their own values, which are past, and what is in the way.
import { ClashLines } from './clash';
import { dayName, dayOf, dm, whenText } from './dates';
import { t, type Key } from './i18n';
import type { Change, Difference, Left, Named, SessionValues, Stay } from './types';
import type { Asked } from './use-asked';

const SHOWN = 8;

export type Deed = 'change' | 'cancel';

interface Props {
  asked: Asked<Difference>;
  deed: Deed;
  /** The sessions are of several series: each is named. */
  titled?: boolean;
}

const day = (instant: string) => `${dayName(dayOf(instant))} ${dm(dayOf(instant))}`;

/** "Thứ Tư 25/11, Thứ Tư 02/12 …": a few days, and how many more. */
function daysText(stays: Stay[]): string {
  const more = stays.length - SHOWN;
  const days = stays.slice(0, SHOWN).map((one) => day(one.start));
  return days.join(', ') + (more > 0 ? ` +${more}` : '');
}

const names = (list: Named[] | undefined) => (list ?? []).map((one) => one.name).join(', ') || '–';

/** One value in words; the members of a difference that are no time. */
const VALUES: { member: keyof SessionValues; label: Key; text(values: SessionValues): string }[] = [
  { member: 'title', label: 'editor.name', text: (values) => values.title ?? '–' },
  { member: 'description', label: 'editor.description', text: (values) => values.description || '–' },
  { member: 'rooms', label: 'session.rooms', text: (values) => names(values.rooms) },
  { member: 'trainers', label: 'session.trainers', text: (values) => names(values.trainers) },
  { member: 'sites', label: 'editor.sites', text: (values) => names(values.sites) },
  {
    member: 'equipment',
    label: 'session.equipment',
    text: (values) => names(values.equipment?.map((one) => ({ ...one, name: `${one.name} × ${one.amount}` }))),
  },
  { member: 'sources', label: 'editor.sources', text: (values) => names(values.sources) },
];

/** What becomes of one session, a line for each value: "07:30–11:00 → 13:30–17:00". */
export function changeLines(change: Change): string[] {
  const { from, to } = change;
  const lines: string[] = [];
  const [start, end] = [to.start ?? from.start, to.end ?? from.end];
  if (start && end && (to.start || to.end)) {
    const old = from.start || from.end ? `${whenText(from.start ?? start, from.end ?? end)} → ` : '';
    lines.push(old + whenText(start, end));
  }
  for (const { member, label, text } of VALUES) {
    if (member in to) {
      lines.push(`${t(label)}: ${text(from)} → ${text(to)}`);
    }
  }
  return lines;
}

export function DifferenceView({ asked, deed, titled }: Props) {
  const { answer, pending } = asked;
  if (!answer) {
    return pending ? (
      <p class="soft" role="status">
        {t('editor.checking')}
      </p>
    ) : null;
  }
  const bad = answer.changes.filter((change) => change.clashes.length > 0);
  return (
    <div class={pending ? 'difference pending' : 'difference'} role="status" aria-busy={pending}>
      <b>{headText(answer, deed)}</b>
      {answer.changes.length > 0 && <ChangeList changes={answer.changes} deed={deed} titled={titled} />}
      {bad.length > 0 && (
        <div class="clashes">
          <strong>{t('difference.clashes', { n: bad.length })}</strong>
          <ClashLines occurrences={bad.map((change) => ({ start: startOf(change), clashes: change.clashes }))} />
        </div>
      )}
      <LeftList list={answer.left ?? []} />
      <Stays title="difference.keeps" list={answer.keeps} />
      <Stays title="difference.past" list={answer.past} />
      {answer.splits && <p class="soft small">{t('difference.splits')}</p>}
      {answer.tells !== undefined && answer.tells > 0 && (
        <p class="soft small">{t('difference.tells', { n: answer.tells })}</p>
      )}
    </div>
  );
}

/** It would be refused: something is in the way, or nothing would change. */
export const blocked = (difference: Difference | null) =>
  difference !== null && (difference.changes.length === 0 || difference.changes.some((one) => one.clashes.length > 0));

const startOf = (change: Change) => change.from.start ?? change.start ?? change.to.start ?? '';

function headText(difference: Difference, deed: Deed): string {
  const n = difference.changes.length;
  if (n === 0) {
    return t('difference.none');
  }
  return t(deed === 'cancel' ? 'difference.cancels' : 'difference.changes', { n });
}

/** Those that were meant and stay, with why. */
export function LeftList({ list }: { list: Left[] }) {
  const more = list.length - SHOWN;
  return list.length > 0 ? (
    <div class="clashes">
      <strong>{t('difference.left', { n: list.length })}</strong>
      <ul class="clash-list">
        {list.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <b>{one.title}</b> {whenText(one.start, one.end)}: {t(`difference.why.${one.why}` as const)}
            {one.clashes.length > 0 && <ClashLines occurrences={[one]} dated={false} />}
          </li>
        ))}
        {more > 0 && <li>{t('difference.more', { n: more })}</li>}
      </ul>
    </div>
  ) : null;
}

interface ChangeListProps {
  changes: Change[];
  deed: Deed;
  titled?: boolean;
}

function ChangeList({ changes, deed, titled }: ChangeListProps) {
  const more = changes.length - SHOWN;
  return (
    <ul class="change-list">
      {changes.slice(0, SHOWN).map((change) => (
        <li key={change.id}>
          {titled && <b>{change.title}</b>}{' '}
          {deed === 'cancel' || changeLines(change).length === 0
            ? startOf(change) && day(startOf(change))
            : changeLines(change).map((line) => <span key={line}>{line}</span>)}
        </li>
      ))}
      {more > 0 && <li class="soft">{t('difference.more', { n: more })}</li>}
    </ul>
  );
}

function Stays({ title, list }: { title: 'difference.keeps' | 'difference.past'; list: Stay[] }) {
  return list.length > 0 ? (
    <p class="soft small">
      {t(title, { n: list.length })}: {daysText(list)}
    </p>
  ) : null;
}
