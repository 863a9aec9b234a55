// SPDX-License-Identifier: MIT
/** Letters without marks, small: "giao ban" finds "Giao ban", "dat" finds "Đạt". */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}

/** Every word of the question stands somewhere in the text. */
export function matches(text: string, question: string): boolean {
  const folded = foldText(text);
  return foldText(question)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}
