// SPDX-License-Identifier: MIT
// Moving and cancelling a session: of a series this one, this and the following, or all of them.
import { useState } from 'preact/hooks';
import { api } from '../api';
import { Refusal } from '../clash';
import { dayOf, hm, minuteOf, minutesBetween } from '../dates';
import { blocked, DifferenceView } from '../difference';
import { DayField, LengthField, TimeField } from '../fields';
import { Dialog, Field, Trouble, useTask } from '../form';
import { t } from '../i18n';
import { useKept } from '../kept';
import { OverrideField } from '../override';
import type { Difference, EditScope, Session } from '../types';
import { useAsked } from '../use-asked';

const SCOPES: EditScope[] = ['this', 'following', 'all'];

export interface SessionDialog {
  session: Session;
  close(): void;
  done(session: Session): void;
}

export function ScopeChoice({ scope, choose }: { scope: EditScope; choose(scope: EditScope): void }) {
  return (
    <fieldset class="scopes">
      <legend>{t('scope.label')}</legend>
      {SCOPES.map((value) => (
        <label class="tick" key={value}>
          <input type="radio" name="scope" checked={scope === value} onChange={() => choose(value)} />
          {t(`scope.${value}` as const)}
        </label>
      ))}
    </fieldset>
  );
}

export function MoveDialog({ session, close, done }: SessionDialog) {
  const [day, setDay] = useState(dayOf(session.start));
  const [start, setStart] = useState(minuteOf(session.start));
  const [minutes, setMinutes] = useState(minutesBetween(session.start, session.end));
  const [scope, setScope] = useState<EditScope>('this');
  const [override, setOverride] = useState('');
  const task = useTask();
  const when = {
    start: `${day}T${hm(start)}`,
    zone: session.zone,
    minutes,
    override: override.trim() || undefined,
  };
  const wanted = session.rule ? scope : undefined;
  const isSame = when.start === session.start.slice(0, 16) && minutes === minutesBetween(session.start, session.end);
  const asked = useAsked<Difference>(isSame ? null : JSON.stringify([when, wanted, session.etag]), () =>
    api.previewMove(session, when, wanted),
  );
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => done(await api.move(session, when, wanted)));
  };
  return (
    <Dialog title={t('session.move')} close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('session.move')}</h2>
        <p class="soft">{session.title}</p>
        <div class="line">
          <DayField label={t('editor.day')} value={day} set={setDay} />
          <TimeField label={t('editor.from')} value={start} set={setStart} />
          <LengthField label={t('editor.length')} value={minutes} set={setMinutes} />
        </div>
        {session.rule && <ScopeChoice scope={scope} choose={setScope} />}
        <DifferenceView asked={asked} deed="change" />
        <Refusal problem={task.problem ?? asked.problem} />
        <OverrideField
          problem={task.problem ?? asked.problem}
          occurrences={asked.answer?.changes}
          value={override}
          set={setOverride}
        />
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy || isSame || asked.pending || blocked(asked.answer)}>
            {t('session.moveDo')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function CancelDialog({ session, close, done }: SessionDialog) {
  const [reason, setReason, forget] = useKept(`cancel:${session.id}`, () => '');
  const [scope, setScope] = useState<EditScope>('this');
  const task = useTask();
  const wanted = session.rule ? scope : undefined;
  const asked = useAsked<Difference>(JSON.stringify([wanted, session.etag]), () =>
    api.previewCancel(session.id, t('session.cancel'), wanted),
  );
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const cancelled = await api.cancel(session.id, reason.trim(), wanted);
      forget();
      done(cancelled);
    });
  };
  return (
    <Dialog title={t('session.cancel')} close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('session.cancel')}</h2>
        <p class="soft">{session.title}</p>
        <Field label={t('session.cancelReason')} hint={t('session.cancelHint')}>
          <textarea
            name="reason"
            required
            autoFocus
            maxLength={500}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        {session.rule && <ScopeChoice scope={scope} choose={setScope} />}
        <DifferenceView asked={asked} deed="cancel" />
        <Trouble problem={task.problem} />
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('session.keep')}
          </button>
          <button class="danger" disabled={task.busy || !reason.trim()}>
            {t(scope === 'this' ? 'session.cancelDo' : 'session.cancelThese')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
