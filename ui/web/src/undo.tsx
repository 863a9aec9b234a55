// SPDX-License-Identifier: MIT
// The last change, and the way back from it: said at the foot of the page until it is done with.
import { useEffect, useState } from 'preact/hooks';
import { api } from './api';
import { Trouble, useTask } from './form';
import { t } from './i18n';
import { Icon } from './icons';
import type { Session } from './types';
import { may, useUser } from './user';

interface Offer {
  text: string;
  /** Of the change in the service's log. */
  number: number;
}

const listeners = new Set<(offer: Offer) => void>();

/** The number of the change that a session carries in its version. */
export const changeOf = (session: Pick<Session, 'etag'>): number => Number(/\d+/.exec(session.etag ?? '')?.[0] ?? 0);

export function offerUndo(text: string, number: number): void {
  listeners.forEach((listener) => listener({ text, number }));
}

export function UndoToast() {
  const { me } = useUser();
  const [offer, setOffer] = useState<Offer | null>(null);
  useEffect(() => {
    listeners.add(setOffer);
    return () => void listeners.delete(setOffer);
  }, []);
  return offer && me ? <Toast key={offer.number} offer={offer} close={() => setOffer(null)} /> : null;
}

function Toast({ offer, close }: { offer: Offer; close(): void }) {
  return (
    <section class="toast" aria-label={t('undo.label')}>
      <p>{offer.text}</p>
      <UndoButton number={offer.number} />
      <button class="quiet" aria-label={t('close')} onClick={close}>
        <Icon name="close" />
      </button>
    </section>
  );
}

/** Takes back the change of that number; says so, or why not. */
export function UndoButton({ number }: { number: number }) {
  const { me } = useUser();
  const [undone, setUndone] = useState(false);
  const task = useTask();
  if (!may(me, 'undo') || number < 1) {
    return null;
  }
  const undo = () => void task.run(() => api.undo(number).then(() => setUndone(true)));
  return (
    <>
      {undone || task.problem ? (
        <b role="status">{undone && t('undo.done')}</b>
      ) : (
        <button class="ghost" disabled={task.busy} onClick={undo}>
          {t('undo.do')}
        </button>
      )}
      <Trouble problem={task.problem} />
    </>
  );
}
