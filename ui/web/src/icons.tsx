// SPDX-License-Identifier: MIT
// The drawings, one path each on a field of 24 by 24, in the colour of the text.
const PATHS = {
  play: 'M7 4.500v15l13-7.500z',
  pause: 'M6 4.500h4.500v15H6zM13.500 4.500H18v15h-4.500z',
  sound: 'M4 9v6h4l5 4.500v-15L8 9zM16 8.500a5 5 0 0 1 0 7M18.500 5.500a9 9 0 0 1 0 13',
  muted: 'M4 9v6h4l5 4.500v-15L8 9zM16.500 9.500l5 5M21.500 9.500l-5 5',
  full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  more: 'M12 5.200v.1M12 12v.1M12 18.700v.1',
  left: 'M14.500 5.500 8 12l6.500 6.500',
  right: 'M9.500 5.500 16 12l-6.500 6.500',
  theme: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  calendar: 'M4 6.500h16v13.500H4zM4 10.500h16M8 3.500v4M16 3.500v4',
  plus: 'M12 5v14M5 12h14',
  feed: 'M5 19v.1M5 12a7 7 0 0 1 7 7M5 5a14 14 0 0 1 14 14',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500a7.500 7.500 0 0 1 15 0',
  people:
    'M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14a6.500 6.500 0 0 1 3.500 6',
  check: 'M5 12.500 10 17.500 19.500 7',
  close: 'M6 6l12 12M18 6 6 18',
  warn: 'M12 4 2.500 20h19zM12 10v5M12 17.500v.1',
  screen: 'M3.500 5h17v11h-17zM8 20h8M12 16v4',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
} as const;

const FILLED = new Set<string>(['play', 'pause']);

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  const filled = FILLED.has(name);
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill={filled ? 'currentColor' : 'none'}
        stroke={filled ? 'none' : 'currentColor'}
        stroke-width={name === 'more' ? 3 : 2}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
