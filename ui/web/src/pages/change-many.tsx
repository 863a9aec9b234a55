// SPDX-License-Identifier: MIT
// /doi-nhieu: a storm, a power cut, a working day that was swapped: many sessions moved or cancelled at
// once, named before it is done, and taken back as one.
import { useState } from 'preact/hooks';
import { api, at } from '../api';
import { Refusal } from '../clash';
import { addDays, type Day, wall } from '../dates';
import { blocked, DifferenceView, LeftList } from '../difference';
import { DayField } from '../fields';
import { Field, useTask } from '../form';
import { t } from '../i18n';
import { useKept } from '../kept';
import { makeKey } from '../net';
import type { ChangedMany, ChangeMany, Difference, Id, List, Named, Places, Unit } from '../types';
import { UndoButton } from '../undo';
import { useAnswer } from '../use-answer';
import { useAsked } from '../use-asked';

const KINDS = ['unit', 'site', 'resource'] as const;
const ACTIONS = ['cancel', 'move'] as const;
const SHIFTS = [-120, -60, -30, 0, 30, 60, 120];

export interface Plan {
  kind: (typeof KINDS)[number];
  id: Id | null;
  from: Day;
  until: Day;
  action: ChangeMany['action'];
  toDay: Day;
  minutes: number;
  reason: string;
  fitting: boolean;
}

export function makePlan(today: Day): Plan {
  return {
    kind: 'unit',
    id: null,
    from: today,
    until: today,
    action: 'cancel',
    toDay: addDays(today, 1),
    minutes: 0,
    reason: '',
    fitting: true,
  };
}

/** Nothing is asked before it is said whose sessions, and where a move leads. */
export function changeManyOf(plan: Plan, ifNumber?: number): ChangeMany | null {
  const moves = plan.action === 'move';
  const staysPut = moves && plan.toDay === plan.from && plan.minutes === 0;
  if (plan.id === null || plan.until < plan.from || staysPut) {
    return null;
  }
  return {
    [`${plan.kind}Id`]: plan.id,
    from: plan.from,
    until: plan.until,
    action: plan.action,
    toDay: moves ? plan.toDay : undefined,
    minutes: moves && plan.minutes !== 0 ? plan.minutes : undefined,
    reason: plan.reason.trim() || (moves ? undefined : t('session.cancel')),
    those: plan.fitting ? 'fitting' : 'all',
    ifNumber,
  };
}

export function ChangeManyPage() {
  const [plan, setPlan, forget] = useKept('change-many', () => makePlan(wall().day));
  const [done, setDone] = useState<ChangedMany | null>(null);
  const change = (part: Partial<Plan>) => {
    setDone(null);
    setPlan({ ...plan, ...part });
  };
  const { reason: _, ...relevant } = plan;
  const asked = useAsked<Difference>(changeManyOf(plan) && !done ? JSON.stringify(relevant) : null, () =>
    api.previewMany(changeManyOf(plan)!),
  );
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      setDone(await api.changeMany(changeManyOf(plan, asked.answer?.number)!, makeKey()));
      forget();
    });
  };
  const cancels = plan.action === 'cancel';
  const count = asked.answer?.changes.length ?? 0;
  const isReady = asked.answer !== null && !asked.pending && !blocked(asked.answer) && (!cancels || plan.reason.trim());
  return (
    <div class="page slim change-many">
      <div class="head">
        <h1>{t('many.title')}</h1>
      </div>
      <p class="soft">{t('many.intro')}</p>
      <form class="stack" onSubmit={submit}>
        <WhoseFields plan={plan} change={change} />
        <div class="line">
          <DayField label={t('find.from')} value={plan.from} set={(from) => change(fromDay(plan, from))} />
          <DayField label={t('many.until')} value={plan.until} set={(until) => change({ until })} />
        </div>
        <HowFields plan={plan} change={change} />
        <DifferenceView asked={asked} deed={cancels ? 'cancel' : 'change'} titled />
        <Refusal problem={task.problem ?? asked.problem} />
        {done ? (
          <Done done={done} cancels={cancels} />
        ) : (
          <button class={cancels ? 'danger big' : 'primary big'} disabled={task.busy || !isReady}>
            {t(cancels ? 'many.cancelDo' : 'many.moveDo', { n: count })}
          </button>
        )}
      </form>
    </div>
  );
}

/** The end and the target never lie before the first day. */
function fromDay(plan: Plan, from: Day): Partial<Plan> {
  return {
    from,
    until: plan.until < from ? from : plan.until,
    toDay: plan.toDay <= from ? addDays(from, 1) : plan.toDay,
  };
}

interface PartProps {
  plan: Plan;
  change(part: Partial<Plan>): void;
}

function WhoseFields({ plan, change }: PartProps) {
  const places = useAnswer<Places>(at.places);
  const units = useAnswer<List<Unit>>(at.units);
  const choices: Record<Plan['kind'], Named[]> = {
    unit: units.data?.items ?? [],
    site: places.data?.sites ?? [],
    resource: [...(places.data?.rooms ?? []), ...(places.data?.equipment ?? [])],
  };
  return (
    <>
      <div class="segments" role="group" aria-label={t('many.whose')}>
        {KINDS.map((kind) => (
          <button type="button" key={kind} aria-pressed={plan.kind === kind} onClick={() => change({ kind, id: null })}>
            {t(`many.kind.${kind}` as const)}
          </button>
        ))}
      </div>
      <Field label={t(`many.kind.${plan.kind}` as const)} hint={plan.kind === 'unit' ? t('many.unitHint') : undefined}>
        <select
          name="whose"
          value={plan.id === null ? '' : String(plan.id)}
          onChange={(event) => change({ id: Number(event.currentTarget.value) || null })}
        >
          <option value="">{t('many.choose')}</option>
          {choices[plan.kind].map((one) => (
            <option key={one.id} value={String(one.id)}>
              {one.name}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
}

function HowFields({ plan, change }: PartProps) {
  return (
    <>
      <div class="segments" role="group" aria-label={t('many.action')}>
        {ACTIONS.map((action) => (
          <button type="button" key={action} aria-pressed={plan.action === action} onClick={() => change({ action })}>
            {t(`many.action.${action}` as const)}
          </button>
        ))}
      </div>
      {plan.action === 'move' && (
        <div class="line">
          <DayField label={t('many.toDay')} value={plan.toDay} set={(toDay) => change({ toDay })} />
          <Field label={t('many.shift')}>
            <select
              value={String(plan.minutes)}
              onChange={(event) => change({ minutes: Number(event.currentTarget.value) })}
            >
              {SHIFTS.map((minutes) => (
                <option key={minutes} value={String(minutes)}>
                  {shiftText(minutes)}
                </option>
              ))}
            </select>
          </Field>
        </div>
      )}
      <Field
        label={t(plan.action === 'cancel' ? 'session.cancelReason' : 'many.reason')}
        hint={t('session.cancelHint')}
      >
        <textarea
          name="reason"
          maxLength={500}
          value={plan.reason}
          onInput={(event) => change({ reason: event.currentTarget.value })}
        />
      </Field>
      <label class="tick">
        <input type="checkbox" checked={plan.fitting} onChange={() => change({ fitting: !plan.fitting })} />
        {t('many.fitting')}
      </label>
    </>
  );
}

function shiftText(minutes: number): string {
  if (minutes === 0) {
    return t('many.sameHour');
  }
  return t(minutes < 0 ? 'many.earlier' : 'many.later', { n: Math.abs(minutes) });
}

function Done({ done, cancels }: { done: ChangedMany; cancels: boolean }) {
  return (
    <>
      <div class="good bar-notice" role="status">
        <b>{t(cancels ? 'many.cancelled' : 'many.moved', { n: done.changed.length })}</b>
        <UndoButton number={done.number} />
      </div>
      <LeftList list={done.left} />
    </>
  );
}
