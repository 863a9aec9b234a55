// SPDX-License-Identifier: MIT
// Sessions of a lower rank that would have to make room: who holds them, where they could go, and the
// confirmation without which nothing is displaced.
import { holderText } from './clash';
import { dayName, dayOf, dm, whenText } from './dates';
import { t } from './i18n';
import type { Displaced, DisplacedSession } from './types';

/** All of them may be displaced by who asks, and are known to them. */
export function isDisplaceable(list: DisplacedSession[] | undefined): list is DisplacedSession[] {
  return list !== undefined && list.length > 0 && list.every((one) => one.may && one.sessionId && one.number);
}

/** Each goes where it was proposed; without a proposal it becomes a draft again. */
export function displacedOf(list: DisplacedSession[]): Displaced[] {
  return list.map((one) => ({ id: one.sessionId!, number: one.number!, start: one.to?.start.slice(0, 16) }));
}

interface Props {
  list: DisplacedSession[];
  confirmed: boolean;
  confirm(confirmed: boolean): void;
}

export function DisplacedList({ list, confirmed, confirm }: Props) {
  return (
    <div class="displaced">
      <strong>{t('displaced.title', { n: list.length })}</strong>
      <ul>
        {list.map((one) => (
          <li key={`${one.sessionId}-${one.start}`}>
            <span>
              {dayName(dayOf(one.start))} {dm(dayOf(one.start))}, {holderText(one)}
            </span>
            <small>
              {one.to ? t('displaced.to', { when: whenText(one.to.start, one.to.end) }) : t('displaced.nowhere')}
            </small>
          </li>
        ))}
      </ul>
      <label class="tick">
        <input type="checkbox" checked={confirmed} onChange={() => confirm(!confirmed)} />
        {t('displaced.confirm', { n: list.length })}
      </label>
      <p class="soft small">{t('displaced.told')}</p>
    </div>
  );
}
