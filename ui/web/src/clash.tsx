// SPDX-License-Identifier: MIT
// What stands in the way of a booking, said so that one can ring up the right person.
import { dayOf, dm, dayName, timeSpan, whenText } from './dates';
import { Trouble } from './form';
import { t } from './i18n';
import type { Problem } from './net';
import type { Alternative, Clash, ClashWith, Id, Occurrence, Preview } from './types';

export const clashing = (preview: Preview): Occurrence[] =>
  preview.occurrences.filter((occurrence) => occurrence.clashes.length > 0);

/** Who holds it, as far as one may know: "“Giao ban”, 08:00–10:00, Nguyễn Văn A (ĐT 0234…)". */
export function holderText(holder: ClashWith): string {
  const what = holder.title ? t('clash.titled', { title: holder.title }) : t('clash.hidden');
  const who = holder.by && (holder.phone ? t('clash.byPhone', { by: holder.by, phone: holder.phone }) : holder.by);
  return [what, timeSpan(holder.start, holder.end), who].filter(Boolean).join(', ');
}

/** For what there are several of: how many are wanted and left. */
export function amountText(clash: Clash): string {
  return clash.capacity > 1
    ? t('clash.amount', { wanted: clash.wanted, free: Math.max(0, clash.free), capacity: clash.capacity })
    : '';
}

export function summaryText(preview: Preview): string {
  const total = preview.occurrences.length;
  const bad = clashing(preview).length;
  if (bad > 0 && total === 1) {
    return t(preview.occurrences[0]!.clashes.every((clash) => clash.why === 'closed') ? 'clash.oneClosed' : 'clash.one');
  }
  if (bad > 0) {
    return t('clash.some', { n: bad, total });
  }
  return total > 1 ? t('clash.allFree', { n: total }) : t('clash.free');
}

/** "Phú Vang: chỉ tiếng; A Lưới: ghi lại, xem sau" */
function sitesText(sites: NonNullable<Alternative['sites']>): string {
  return sites.map(({ name, profile }) => `${name}: ${t(`profile.${profile ?? 'record-later'}` as const)}`).join('; ');
}

/** One press: what the button says. */
export function alternativeText(choice: Alternative, preview: Preview, nameOf: (id: Id) => string): string {
  const first = preview.occurrences[0];
  if (choice.kind === 'room' && choice.room) {
    return choice.insteadOf
      ? t('clash.roomInstead', { room: choice.room.name, old: nameOf(choice.insteadOf) })
      : t('clash.room', { room: choice.room.name });
  }
  if (choice.sites && choice.sites.length > 0) {
    return sitesText(choice.sites);
  }
  if (choice.kind === 'time' && choice.start && choice.end) {
    const sameDay = first && dayOf(first.start) === dayOf(choice.start);
    return sameDay ? timeSpan(choice.start, choice.end) : whenText(choice.start, choice.end);
  }
  const total = preview.occurrences.length;
  const bad = clashing(preview).length;
  return t('clash.skip', { n: bad, rest: total - bad });
}

/** What the service refused: with who is in the way, where it says so. */
export function Refusal({ problem }: { problem: Problem | null }) {
  const preview = problem?.body.preview as Preview | undefined;
  return preview && clashing(preview).length > 0 ? (
    <div class="clashes" role="alert">
      <strong>{summaryText(preview)}</strong>
      <ClashList preview={preview} />
    </div>
  ) : (
    <Trouble problem={problem} />
  );
}

export function ClashList({ preview }: { preview: Preview }) {
  return <ClashLines occurrences={clashing(preview)} dated={preview.occurrences.length > 1} />;
}

interface ClashLinesProps {
  occurrences: Pick<Occurrence, 'start' | 'clashes'>[];
  /** The day is said: there are several. */
  dated?: boolean;
}

export function ClashLines({ occurrences: bad, dated = true }: ClashLinesProps) {
  return (
    <ul class="clash-list">
      {bad.slice(0, 4).map((occurrence) => (
        <li key={occurrence.start}>
          {dated && (
            <b>
              {dayName(dayOf(occurrence.start))} {dm(dayOf(occurrence.start))}
            </b>
          )}
          {occurrence.clashes.map((clash) => (
            <ClashText key={`${clash.resource.id}-${clash.start}`} clash={clash} />
          ))}
        </li>
      ))}
      {bad.length > 4 && <li>{t('clash.more', { n: bad.length - 4 })}</li>}
    </ul>
  );
}

function ClashText({ clash }: { clash: Clash }) {
  return (
    <p>
      <b>{clash.resource.name}</b> {clash.why === 'taken' ? amountText(clash) : t(`clash.${clash.why}` as const)}
      {clash.with.map((holder) => (
        <span class="holder" key={`${holder.sessionId}-${holder.start}`}>
          {holderText(holder)}
        </span>
      ))}
    </p>
  );
}
