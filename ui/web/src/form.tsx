// SPDX-License-Identifier: MIT
// What all forms share: a labelled field, the sentence for what went wrong, a button that shows that
// it works, and copies of what was typed.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemText, t } from './i18n';
import { Problem } from './net';

export function Field(props: { label: string; hint?: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <div class={props.wide ? 'field wide' : 'field'}>
      <label>
        <span>{props.label}</span>
        {props.children}
      </label>
      {props.hint && <small aria-live="polite">{props.hint}</small>}
    </div>
  );
}

export function Trouble({ problem }: { problem: Problem | null }) {
  return <div role="alert">{problem && <p class="trouble">{problemText(problem)}</p>}</div>;
}

interface Task {
  busy: boolean;
  problem: Problem | null;
  /** Runs the work unless it runs already; true where it succeeded. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

/** One thing at a time that the service is asked to do, and what it answered. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);
  const run = async (work: () => Promise<unknown>) => {
    if (running.current) {
      return false;
    }
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, 'internal', String(error)));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, problem, run, clear: () => setProblem(null) };
}

/** A dialog over the page; Escape and the backdrop of the browser close it. */
export function Dialog(props: { title: string; class?: string; close(): void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    const opener = document.activeElement as HTMLElement | null;
    element.showModal();
    return () => {
      element.close();
      opener?.focus?.();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${props.class ?? ''}`}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault();
        props.close();
      }}
    >
      {props.children}
    </dialog>
  );
}

/** Plain HTTP has no clipboard interface: then the old way, and at last the text stays selected. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'sr';
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export function CopyButton(props: { text: string; label: string; class?: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    if (await copyText(props.text)) {
      setDone(true);
      setTimeout(() => setDone(false), 3000);
    }
  };
  return (
    <button type="button" class={props.class ?? 'ghost'} onClick={() => void copy()}>
      <span aria-live="polite">{done ? t('copied') : props.label}</span>
    </button>
  );
}
