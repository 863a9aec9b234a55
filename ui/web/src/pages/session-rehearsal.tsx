// SPDX-License-Identifier: MIT
// The rehearsals of a session, and whether it runs on at its end.
import { useState } from 'preact/hooks';
import { api } from '../api';
import { Refusal } from '../clash';
import { whenText } from '../dates';
import { LengthField } from '../fields';
import { Dialog, useTask } from '../form';
import { t } from '../i18n';
import type { Lead, Session } from '../types';
import type { SessionDialog } from './session-dialogs';

const LEADS: Lead[] = ['day-before', 'hour-before'];
const MINUTES = 30;

/** What it rehearses, or what it is rehearsed by; what was called off is no news any more. */
export function Rehearsals({ session }: { session: Session }) {
  const of = session.rehearsalOf;
  const own = session.rehearsals?.filter(({ state }) => state !== 'cancelled' && state !== 'draft') ?? [];
  return (
    <>
      {of && (
        <p>
          {t('rehearsal.of')} <a href={`/buoi/${of.id}`}>{of.title}</a>
        </p>
      )}
      {own.length > 0 && (
        <section class="rehearsals" aria-label={t('rehearsal.all')}>
          <h2>{t('rehearsal.all')}</h2>
          <ul>
            {own.map(({ id, start, end, stays }) => (
              <li key={id}>
                <a href={`/buoi/${id}`}>{whenText(start, end)}</a>
                {stays && <span class="soft"> {t('rehearsal.staysNote')}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export function RehearsalDialog({ session, close, done }: SessionDialog) {
  const [lead, setLead] = useState<Lead>('day-before');
  const [minutes, setMinutes] = useState(MINUTES);
  const [stays, setStays] = useState(false);
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => done(await api.rehearse(session, { lead, minutes, stays: stays || undefined })));
  };
  return (
    <Dialog title={t('rehearsal.add')} class="narrow" close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('rehearsal.add')}</h2>
        <p class="soft">{t('rehearsal.hint')}</p>
        <fieldset class="scopes">
          <legend>{t('rehearsal.when')}</legend>
          {LEADS.map((value) => (
            <label class="tick" key={value}>
              <input type="radio" name="lead" checked={lead === value} onChange={() => setLead(value)} />
              {t(`rehearsal.lead.${value}` as const)}
            </label>
          ))}
        </fieldset>
        <LengthField label={t('editor.length')} value={minutes} set={setMinutes} />
        <label class="tick">
          <input type="checkbox" name="stays" checked={stays} onChange={() => setStays(!stays)} />
          <span>{t('rehearsal.stays')}</span>
        </label>
        <Refusal problem={task.problem} />
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy}>
            {t('rehearsal.do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Near its end it is extended by itself, as long as the place is free. */
export function RunOn({ session, done }: { session: Session; done(session: Session): void }) {
  const task = useTask();
  const on = session.runOn?.on ?? false;
  return (
    <>
      <label class="tick">
        <input
          type="checkbox"
          name="runOn"
          checked={on}
          disabled={task.busy}
          onChange={() => void task.run(async () => done(await api.runOn(session.id, !on)))}
        />
        <span>{t('session.runOn')}</span>
      </label>
      <Refusal problem={task.problem} />
    </>
  );
}
