// SPDX-License-Identifier: MIT
// What the service would do, asked a moment after the last change of a form. The answer to an older
// question never overwrites that to a newer one.
import { useEffect, useState } from 'preact/hooks';
import { Problem } from './net';

const ASK_AFTER_MS = 250;

export interface Asked<T> {
  answer: T | null;
  problem: Problem | null;
  pending: boolean;
  /** The service told more than it was asked, with a refusal. */
  replace(answer: T): void;
}

/** @param question what the answer depends on, as text; null: nothing is asked */
export function useAsked<T>(question: string | null, ask: () => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);
  useEffect(() => {
    if (question === null) {
      setAnswer(null);
      setProblem(null);
      setPending(false);
      return undefined;
    }
    let current = true;
    const settle = (next: T | null, fault: Problem | null) => {
      if (current) {
        setAnswer(next);
        setProblem(fault);
        setPending(false);
      }
    };
    const refuse = (error: unknown) => settle(null, error instanceof Problem ? error : new Problem(0, 'internal'));
    setPending(true);
    const timer = setTimeout(() => void ask().then((next) => settle(next, null), refuse), ASK_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [question]);
  return { answer, problem, pending, replace: setAnswer };
}
