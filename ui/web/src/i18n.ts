// SPDX-License-Identifier: MIT
// Words. The Vietnamese file says which keys there are; the compiler checks the English one by it.
import vi from '../i18n/vi.json';
import type { Problem } from './net';

export type Key = keyof typeof vi;
export type Words = Record<Key, string>;
export type Language = 'vi' | 'en';
export type Arguments = Record<string, string | number>;

function readLanguage(): Language {
  try {
    return localStorage.getItem('language') === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

export const language = readLanguage();
let words: Words = vi;

/** English is fetched by those alone who use it. */
export async function loadWords(): Promise<void> {
  if (language === 'en') {
    words = (await import('../i18n/en.json')).default satisfies Words;
  }
  document.documentElement.lang = language;
}

export function switchLanguage(): void {
  localStorage.setItem('language', language === 'vi' ? 'en' : 'vi');
  location.reload();
}

export function fill(text: string, args: Arguments = {}): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => (name in args ? String(args[name]) : all));
}

export function t(key: Key, args?: Arguments): string {
  return fill(words[key], args);
}

/** A sentence for a person; the service's own English one where we have no words for the code. */
export function problemText(problem: Pick<Problem, 'code' | 'detail' | 'args'>, dictionary: Words = words): string {
  const all = dictionary as Record<string, string>;
  const known = all[`problem.${problem.code}.${problem.args?.kind}`] ?? all[`problem.${problem.code}`];
  const text = known === undefined ? problem.detail : fill(known, problem.args);
  // a sentence with holes says less than the detail
  return text && !/\{\w+\}/.test(text)
    ? text
    : problem.detail || fill(dictionary['problem.other'], { code: problem.code });
}
