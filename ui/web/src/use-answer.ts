// SPDX-License-Identifier: MIT
// Answers of the service as state of a view: what the page brought along or was kept from last time
// at once, then the fresh one, again when something changes or the line comes back.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { on } from './events';
import { boot, get, now, Problem } from './net';

const FIRST_RETRY_MS = 4_000;
const LAST_RETRY_MS = 60_000;
const KEPT = /\/(agenda|places|units|me)\b/;

export interface Answer<T> {
  data?: T;
  /** When the data was the service's, in its own clock. */
  savedAt?: number;
  /** The data is a copy that could not be renewed. */
  stale: boolean;
  problem?: Problem;
  reload(): void;
}

type State<T> = Omit<Answer<T>, 'reload'> & { address?: string };

const memory = new Map<string, { data: unknown; at: number }>();

function keep(address: string, data: unknown): void {
  const entry = { data, at: now() };
  memory.set(address, entry);
  if (!KEPT.test(address) || sessionStorage.getItem('shared-pc')) {
    return;
  }
  try {
    localStorage.setItem(`answer:${address}`, JSON.stringify(entry));
  } catch {
    // full, or a private window: the copy in memory has to do
  }
}

function recall<T>(address: string): State<T> {
  const brought = boot.answers?.[address];
  if (brought !== undefined && !memory.has(address)) {
    keep(address, brought);
    return { data: brought as T, savedAt: now(), stale: false, address };
  }
  try {
    const entry = memory.get(address) ?? JSON.parse(localStorage.getItem(`answer:${address}`) ?? 'null');
    return entry ? { data: entry.data as T, savedAt: entry.at, stale: true, address } : { stale: true, address };
  } catch {
    return { stale: true, address };
  }
}

/** Forgets every kept answer: somebody else may sit here next. */
export function forgetAnswers(): void {
  memory.clear();
  boot.answers = undefined;
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith('answer:'))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // nothing was kept
  }
}

/** @param kinds the kinds of records whose change makes the answer another one */
export function useAnswer<T>(address: string | null, kinds: string[] = []): Answer<T> {
  const [state, setState] = useState<State<T>>(() => (address ? recall<T>(address) : { stale: true }));
  const [turn, setTurn] = useState(0);
  const wanted = kinds.join();
  const reload = useCallback(() => setTurn((value) => value + 1), []);

  useEffect(() => {
    if (!address) {
      return undefined;
    }
    let alive = true;
    let timer = 0;
    let waitMs = FIRST_RETRY_MS;
    const accept = (data: T) => {
      waitMs = FIRST_RETRY_MS;
      keep(address, data);
      if (alive) {
        setState({ data, savedAt: now(), stale: false, address });
      }
    };
    const refuse = (error: unknown) => {
      if (!alive) {
        return;
      }
      const problem = error instanceof Problem ? error : new Problem(0, 'internal', String(error));
      setState((old) => ({ ...(old.address === address ? old : { address }), stale: true, problem }));
      if (problem.status === 0 || problem.status >= 500) {
        timer = window.setTimeout(load, waitMs);
        waitMs = Math.min(waitMs * 2, LAST_RETRY_MS);
      }
    };
    const load = () => {
      clearTimeout(timer);
      void get<T>(address).then(accept, refuse);
    };
    const known = recall<T>(address);
    if (turn === 0 || state.address !== address) {
      setState(known);
    }
    if (known.stale || turn > 0) {
      load();
    }
    const stops = wanted
      ? [
          on('change', (change) => change.kinds.some((kind) => wanted.split(',').includes(kind)) && load()),
          on('poll', load),
        ]
      : [];
    addEventListener('online', load);
    return () => {
      alive = false;
      clearTimeout(timer);
      stops.forEach((stop) => stop());
      removeEventListener('online', load);
    };
  }, [address, wanted, turn]);

  const shown = state.address === address || !address ? state : recall<T>(address);
  return { ...shown, reload };
}
