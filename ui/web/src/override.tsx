// SPDX-License-Identifier: MIT
// Closures, notice and quotas may be set aside by who answers for them, with a reason that stays in
// the log.
import { Field } from './form';
import { t } from './i18n';
import type { Problem } from './net';
import type { Clash } from './types';
import { may, useUser } from './user';

/** An occurrence, or a session that changes. */
type Clashing = { clashes: Clash[] };

const LIMITS = ['quota', 'notice-too-short', 'beyond-quota-horizon'];

interface Props {
  problem?: Problem | null;
  occurrences?: Clashing[] | null;
  value: string;
  set(reason: string): void;
}

/** Nothing but limits that a reason can pass is in the way. */
function isPassable(problem: Props['problem'], occurrences: Props['occurrences']): boolean {
  const clashes = (occurrences ?? []).flatMap((one) => one.clashes);
  return clashes.length > 0
    ? clashes.every((clash) => clash.why === 'closed')
    : problem != null && LIMITS.includes(problem.code);
}

/** Seen where it helps, by those who may. */
export function OverrideField({ problem, occurrences, value, set }: Props) {
  const { me } = useUser();
  const told = (problem?.body?.preview as { occurrences: Clashing[] } | undefined)?.occurrences;
  if (!may(me, 'approve') || (!value && !isPassable(problem, occurrences ?? told))) {
    return null;
  }
  return (
    <Field label={t('override.label')} hint={t('override.hint')}>
      <input
        name="override"
        autoComplete="off"
        maxLength={500}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </Field>
  );
}
