// SPDX-License-Identifier: MIT
// The word on a request that waits: approve it, perhaps with the number of its document and what it
// displaces; refuse it with a reason; ask for its place again.
import { useState } from 'preact/hooks';
import { api } from '../api';
import { Refusal } from '../clash';
import { DisplacedList, displacedOf, isDisplaceable } from '../displaced';
import { Dialog, Field, Trouble, useTask } from '../form';
import { t } from '../i18n';
import { useKept } from '../kept';
import { OverrideField } from '../override';
import type { Preview, Session } from '../types';

interface Props {
  session: Session;
  /** How many of the series wait with it. */
  count: number;
  done(session: Session): void;
}

type Open = 'approve' | 'refuse' | 'document';

export function Verdict({ session, count, done }: Props) {
  const [open, setOpen] = useState<Open | null>(null);
  const task = useTask();
  const can = (action: Session['may'][number]) => session.may?.includes(action);
  const props = {
    session,
    count,
    close: () => setOpen(null),
    done: (next: Session) => {
      setOpen(null);
      done(next);
    },
  };
  return (
    <>
      {can('approve') && (
        <button class="primary" onClick={() => setOpen('approve')}>
          {t('verdict.approve')}
        </button>
      )}
      {can('refuse') && (
        <button class="ghost" onClick={() => setOpen('refuse')}>
          {t('verdict.refuse')}
        </button>
      )}
      {can('document') && session.awaitsDocument && !can('approve') && (
        <button class="ghost" onClick={() => setOpen('document')}>
          {t('verdict.document')}
        </button>
      )}
      {can('hold') && (
        <button
          class="ghost"
          disabled={task.busy}
          onClick={() => void task.run(async () => done(await api.hold(session)))}
        >
          {t('verdict.hold')}
        </button>
      )}
      <Refusal problem={task.problem} />
      {open === 'approve' && <ApproveDialog {...props} />}
      {open === 'refuse' && <RefuseDialog {...props} />}
      {open === 'document' && <DocumentDialog {...props} />}
    </>
  );
}

interface DialogProps extends Props {
  close(): void;
}

/** Of a series that waits, all or this one alone. */
function OnlyChoice({ count, only, set }: { count: number; only: boolean; set(only: boolean): void }) {
  return count > 1 ? (
    <label class="tick">
      <input type="checkbox" checked={only} onChange={() => set(!only)} />
      {t('verdict.only', { n: count })}
    </label>
  ) : null;
}

function DocumentField({ value, set, required }: { value: string; set(text: string): void; required?: boolean }) {
  return (
    <Field label={t('verdict.documentNumber')} hint={required ? undefined : t('verdict.documentHint')}>
      <input
        name="document"
        autoComplete="off"
        maxLength={100}
        required={required}
        placeholder="123/GM-UBND"
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </Field>
  );
}

function ApproveDialog({ session, count, close, done }: DialogProps) {
  const [document, setDocument, forget] = useKept(`document:${session.id}`, () => session.document ?? '');
  const [only, setOnly] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const [override, setOverride] = useState('');
  const task = useTask();
  const preview = task.problem?.body.preview as Preview | undefined;
  // who was asked to make room stays named until the answer to the next try
  const [displaces, setDisplaces] = useState<Preview['displaces']>(undefined);
  const inTheWay = preview?.displaces ?? displaces;
  const submit = (event: Event) => {
    event.preventDefault();
    setDisplaces(inTheWay);
    void task.run(async () => {
      const approved = await api.approve(session, {
        document: document.trim() || undefined,
        only: only || undefined,
        override: override.trim() || undefined,
        displaces: confirmed && isDisplaceable(inTheWay) ? displacedOf(inTheWay) : undefined,
      });
      forget();
      done(approved);
    });
  };
  return (
    <Dialog title={t('verdict.approve')} close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('verdict.approve')}</h2>
        <p class="soft">{session.title}</p>
        <DocumentField value={document} set={setDocument} />
        <OnlyChoice count={count} only={only} set={setOnly} />
        <Refusal problem={task.problem} />
        <OverrideField problem={task.problem} value={override} set={setOverride} />
        {isDisplaceable(inTheWay) && <DisplacedList list={inTheWay} confirmed={confirmed} confirm={setConfirmed} />}
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy || (isDisplaceable(inTheWay) && !confirmed)}>
            {t(confirmed ? 'verdict.approveDisplacing' : 'verdict.approve')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function RefuseDialog({ session, count, close, done }: DialogProps) {
  const [reason, setReason, forget] = useKept(`refuse:${session.id}`, () => '');
  const [only, setOnly] = useState(false);
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const refused = await api.refuse(session, { reason: reason.trim(), only: only || undefined });
      forget();
      done(refused);
    });
  };
  return (
    <Dialog title={t('verdict.refuse')} close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('verdict.refuse')}</h2>
        <p class="soft">{session.title}</p>
        <Field label={t('verdict.reason')} hint={t('verdict.reasonHint')}>
          <textarea
            name="reason"
            required
            autoFocus
            maxLength={500}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        <OnlyChoice count={count} only={only} set={setOnly} />
        <Trouble problem={task.problem} />
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="danger" disabled={task.busy || !reason.trim()}>
            {t('verdict.refuseDo')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function DocumentDialog({ session, close, done }: DialogProps) {
  const [document, setDocument, forget] = useKept(`document:${session.id}`, () => session.document ?? '');
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const known = await api.setDocument(session, document.trim());
      forget();
      done(known);
    });
  };
  return (
    <Dialog title={t('verdict.document')} class="narrow" close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('verdict.document')}</h2>
        <p class="soft">{session.title}</p>
        <DocumentField value={document} set={setDocument} required />
        <Trouble problem={task.problem} />
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy || !document.trim()}>
            {t('people.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
