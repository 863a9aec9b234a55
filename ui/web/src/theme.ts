// SPDX-License-Identifier: MIT
// Light or dark: what the system says, until a person chooses.
export function applyTheme(): void {
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen) {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // a private window: the system's choice stays
  }
}

export function switchTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const current = document.documentElement.dataset.theme ?? system;
  const next = current === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem('theme', next);
  } catch {
    // lasts as long as the page
  }
}
