// SPDX-License-Identifier: MIT
// Who is signed in, for every view; signing in and out.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { api } from './api';
import { boot, setCsrf } from './net';
import type { Me } from './types';
import { forgetAnswers } from './use-answer';

export interface User {
  me: Me | null;
  set(me: Me | null): void;
}

export const UserContext = createContext<User>({ me: null, set: () => {} });

export const useUser = (): User => useContext(UserContext);

export function may(me: Me | null, what: string): boolean {
  return me?.may.includes(what) ?? false;
}

export async function signIn(login: string, password: string, sharedPc: boolean): Promise<Me> {
  const me = await api.signIn(login, password);
  if (sharedPc) {
    sessionStorage.setItem('shared-pc', '1');
  } else {
    sessionStorage.removeItem('shared-pc');
  }
  setCsrf(me.csrf);
  return me;
}

export async function signOut(): Promise<void> {
  try {
    await api.signOut();
  } finally {
    forgetAnswers();
    sessionStorage.clear();
  }
}

/** The page brought it along, or it is asked for; nobody where the answer is 401. */
export async function whoAmI(): Promise<Me | null> {
  if (boot.me !== undefined) {
    return boot.me;
  }
  try {
    const me = await api.me();
    setCsrf(me.csrf);
    return me;
  } catch {
    return null;
  }
}
