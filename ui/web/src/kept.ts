// SPDX-License-Identifier: MIT
// What somebody typed, kept until it is done with: a dialog that closes or a page that reloads loses nothing.
import { useState } from 'preact/hooks';

function recall<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null') as T | null;
  } catch {
    return null; // a private window without storage
  }
}

function keep(name: string, value: unknown): void {
  try {
    if (value === null) {
      sessionStorage.removeItem(name);
    } else {
      sessionStorage.setItem(name, JSON.stringify(value));
    }
  } catch {
    // the open form still holds it
  }
}

/** @returns the value, how to set it, and how to forget it once it is done with */
export function useKept<T>(name: string, first: () => T): [T, (next: T) => void, () => void] {
  const [value, setValue] = useState<T>(() => recall<T>(name) ?? first());
  const set = (next: T) => {
    setValue(next);
    keep(name, next);
  };
  return [value, set, () => keep(name, null)];
}
