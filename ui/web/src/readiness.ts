// SPDX-License-Identifier: MIT
// What a readiness board says, counted and put into words: no page, no service.
import type { Board, BoardSite, CheckAnswer, CheckQuestion } from './types';

/** What one press asks about: yes at first, then no, then unknown again. */
const NEXT: Record<CheckAnswer, CheckAnswer> = { unknown: 'yes', yes: 'no', no: 'unknown' };

export const nextAnswer = (known: CheckAnswer): CheckAnswer => NEXT[known];

export const isReady = (site: BoardSite): boolean => site.questions.length === 0;

export function countReady(board: Board): { ready: number; all: number } {
  return { ready: board.sites.filter(isReady).length, all: board.sites.length };
}

/** "2.000" or "2,000": as the language groups thousands. */
export function kbpsText(kbps: number, language: string): string {
  return String(kbps).replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',');
}

/** The measured rate that was typed: 0 where the field is empty, null where it is no number. */
export function parseKbps(text: string): number | null {
  const bare = text.replace(/[\s.,]/g, '');
  if (bare === '') {
    return 0;
  }
  return /^\d{1,8}$/.test(bare) ? Number(bare) : null;
}

/** Questions that are open besides the signature itself: signing then needs a word why. */
export function openBeforeSigning(site: BoardSite): CheckQuestion[] {
  return site.questions.filter((question) => question !== 'signature');
}

/** Sites with questions first, otherwise as they stand. */
export function shownSites(board: Board, onlyOpen: boolean): BoardSite[] {
  return onlyOpen ? board.sites.filter((site) => !isReady(site)) : board.sites;
}
