// SPDX-License-Identifier: MIT
// Rows by hours. A mouse drags a span, a finger taps an hour and confirms it, the keyboard does all
// of it: up and down choose the row, left and right move, with Shift they change the length.
import { Component } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { hm } from './dates';
import { t } from './i18n';
import { clamp, commonFree, type Item, overlapping, type Range } from './spans';
import type { Id } from './types';

const STEP = 15;
const TAP_STEP = 30;
const HOUR = 60;
const FIRST_START = 8 * HOUR;
const TONES = 5;
const COMMON_LEAST = 30;

export interface Row {
  id: Id;
  name: string;
  note?: string;
}

interface Props {
  rows: Row[];
  items: Item[];
  from: number;
  to: number;
  now?: number;
  picked: Id[];
  pick(row: Id): void;
  create(range: Range): void;
}

interface Acts {
  down(event: PointerEvent, row: Id): void;
  move(event: PointerEvent, row: Id): void;
  up(): void;
  drop(): void;
  key(event: KeyboardEvent, index: number): void;
  focus(index: number): void;
  book(): void;
  pick(row: Id): void;
}

type Place = (start: number, end: number) => { left: string; width: string };

export function Timeline({ rows, items, from, to, now, picked, pick, create }: Props) {
  const [selection, setSelection] = useState<Range | null>(null);
  const [focused, setFocused] = useState(0);
  const anchor = useRef<number | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const length = to - from;
  const place: Place = useMemo(
    () => (start, end) => {
      const first = clamp(start, from, to);
      const last = clamp(end, from, to);
      return { left: `${((first - from) / length) * 100}%`, width: `${((last - first) / length) * 100}%` };
    },
    [from, to],
  );
  const byRow = useMemo(() => groupByRow(items), [items]);

  const minuteAt = (event: PointerEvent, lane: Element) => {
    const box = lane.getBoundingClientRect();
    const minute = from + ((event.clientX - box.left) / box.width) * length;
    return clamp(Math.floor(minute / STEP) * STEP, from, to - STEP);
  };
  const tap = (row: Id, minute: number) => {
    const start = minute - (minute % TAP_STEP);
    setSelection({ row, start, end: Math.min(to, start + HOUR) });
  };
  const move = (index: number, change: (range: Range) => Range) => {
    const row = rows[index].id;
    const start = selection?.start ?? Math.max(from, FIRST_START);
    const current = { row, start, end: selection?.end ?? start + HOUR };
    setSelection(change(current));
  };
  const shift = (range: Range, by: number): Range => {
    const span = range.end - range.start;
    const start = clamp(range.start + by, from, to - span);
    return { ...range, start, end: start + span };
  };
  const stretch = (range: Range, by: number): Range => ({
    ...range,
    end: clamp(range.end + by, range.start + STEP, to),
  });
  const goToRow = (index: number) => {
    const next = clamp(index, 0, rows.length - 1);
    setFocused(next);
    (grid.current!.querySelectorAll('.lane')[next] as HTMLElement).focus();
    move(next, (range) => range);
  };
  const keys: Record<string, (index: number, shifted: boolean) => void> = {
    ArrowRight: (index, shifted) => move(index, (range) => (shifted ? stretch : shift)(range, STEP)),
    ArrowLeft: (index, shifted) => move(index, (range) => (shifted ? stretch : shift)(range, -STEP)),
    ArrowDown: (index) => goToRow(index + 1),
    ArrowUp: (index) => goToRow(index - 1),
    Enter: (index) => move(index, (range) => (create(range), range)),
    Escape: () => setSelection(null),
  };

  const acts = useRef({} as Acts);
  acts.current = {
    down: (event, row) => {
      const lane = event.currentTarget as HTMLElement;
      if (event.button !== 0 || (event.target as Element).closest('.item, .bubble')) {
        return;
      }
      const minute = minuteAt(event, lane);
      if (event.pointerType === 'touch') {
        // a finger scrolls; only a tap becomes a click
        lane.addEventListener('click', () => tap(row, minute), { once: true });
        return;
      }
      anchor.current = minute;
      lane.setPointerCapture(event.pointerId);
      setSelection({ row, start: minute, end: minute + STEP });
    },
    move: (event, row) => {
      if (anchor.current === null) {
        return;
      }
      const minute = minuteAt(event, event.currentTarget as Element);
      setSelection({ row, start: Math.min(anchor.current, minute), end: Math.max(anchor.current, minute) + STEP });
    },
    up: () => {
      if (anchor.current === null || !selection) {
        return;
      }
      anchor.current = null;
      setSelection(null);
      const isClick = selection.end - selection.start <= STEP;
      create(isClick ? { ...selection, end: Math.min(to, selection.start + HOUR) } : selection);
    },
    drop: () => {
      anchor.current = null;
      setSelection(null);
    },
    key: (event, index) => {
      const act = event.target === event.currentTarget ? keys[event.key] : undefined;
      if (act) {
        act(index, event.shiftKey);
        event.preventDefault();
      }
    },
    focus: setFocused,
    book: () => selection && create(selection),
    pick,
  };

  const clashes = selection ? overlapping(items, selection) : [];
  const hours = Array.from({ length: length / HOUR }, (_, index) => from + index * HOUR);
  return (
    <div class="timeline" ref={grid} style={{ '--hours': hours.length }}>
      <p class="sr" role="status">
        {selection && describe(selection, rows, clashes)}
      </p>
      <div class="tl-scroll" role="region" aria-label={t('timeline.label')} tabIndex={0}>
        <div class="tl-grid" role="grid" aria-label={t('timeline.label')} aria-rowcount={rows.length + 1}>
          <Axis hours={hours} place={place} now={now} />
          {picked.length > 1 && (
            <CommonFree
              free={commonFree(items, picked, from, to, COMMON_LEAST)}
              place={place}
              picked={picked}
              create={create}
            />
          )}
          {rows.map((row, index) => (
            <Lane
              key={row.id}
              row={row}
              index={index}
              items={byRow.get(row.id) ?? NO_ITEMS}
              selection={selection?.row === row.id ? selection : null}
              clashes={selection?.row === row.id ? clashes : NO_ITEMS}
              picked={picked.includes(row.id)}
              reachable={index === Math.min(focused, rows.length - 1)}
              isLast={index > 1 && index >= rows.length - 2}
              place={place}
              middle={(from + to) / 2}
              acts={acts}
            />
          ))}
          {now !== undefined && now > from && now < to && (
            <div class="now-line" aria-hidden="true">
              <i style={{ left: place(now, now).left }} />
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

const NO_ITEMS: Item[] = [];

function groupByRow(items: Item[]): Map<Id, Item[]> {
  const groups = new Map<Id, Item[]>();
  for (const item of items) {
    const group = groups.get(item.row);
    if (group) {
      group.push(item);
    } else {
      groups.set(item.row, [item]);
    }
  }
  return groups;
}

const titlesOf = (items: Item[]) => items.map((item) => item.title ?? t('timeline.somebody')).join(', ');

function describe(range: Range, rows: Row[], clashes: Item[]): string {
  const name = rows.find((row) => row.id === range.row)?.name ?? '';
  const state = clashes.length > 0 ? t('timeline.clash', { what: titlesOf(clashes) }) : t('timeline.free');
  return `${name}, ${hm(range.start)}–${hm(range.end)}, ${state}`;
}

function Axis({ hours, place, now }: { hours: number[]; place: Place; now?: number }) {
  const last = hours[hours.length - 1] + HOUR;
  return (
    <div class="tl-row tl-head" role="row">
      <div class="tl-name" role="columnheader">
        {t('timeline.rooms')}
      </div>
      <div class="axis" role="columnheader" aria-label={`${hm(hours[0])}–${hm(last)}`}>
        {hours.map((hour) => (
          <span key={hour} style={{ left: place(hour, hour).left }}>
            {hm(hour)}
          </span>
        ))}
        {now !== undefined && now > hours[0] && now < last && (
          <b class="now-tag" style={{ left: place(now, now).left }}>
            {hm(now)}
          </b>
        )}
      </div>
    </div>
  );
}

interface CommonFreeProps {
  free: [number, number][];
  place: Place;
  picked: Id[];
  create(range: Range): void;
}

function CommonFree({ free, place, picked, create }: CommonFreeProps) {
  const book = (start: number, end: number) => create({ row: picked[0], start, end: Math.min(end, start + 2 * HOUR) });
  return (
    <div class="tl-row tl-common" role="row">
      <div class="tl-name" role="rowheader">
        {t('timeline.commonFree', { n: picked.length })}
      </div>
      <div class="common" role="gridcell">
        {free.map(([start, end]) => (
          <button key={start} type="button" style={place(start, end)} onClick={() => book(start, end)}>
            {hm(start)}–{hm(end)}
          </button>
        ))}
        {free.length === 0 && <span class="soft">{t('timeline.noCommon')}</span>}
      </div>
    </div>
  );
}

interface LaneProps {
  row: Row;
  index: number;
  items: Item[];
  selection: Range | null;
  clashes: Item[];
  picked: boolean;
  reachable: boolean;
  isLast: boolean;
  place: Place;
  middle: number;
  acts: { current: Acts };
}

/** Drawn again only when something on this row changes: dragging over forty rooms stays smooth. */
class Lane extends Component<LaneProps> {
  override shouldComponentUpdate(next: LaneProps): boolean {
    return (Object.keys(next) as (keyof LaneProps)[]).some((name) => next[name] !== this.props[name]);
  }

  override render({
    row,
    index,
    items,
    selection,
    clashes,
    picked,
    reachable,
    isLast,
    place,
    middle,
    acts,
  }: LaneProps) {
    return (
      <div class="tl-row" role="row">
        <div class="tl-name" role="rowheader">
          <label>
            <input type="checkbox" checked={picked} onChange={() => acts.current.pick(row.id)} />
            <span>
              {row.name}
              {row.note && <small>{row.note}</small>}
            </span>
          </label>
        </div>
        <div
          class="lane"
          role="gridcell"
          tabIndex={reachable ? 0 : -1}
          aria-label={t('timeline.lane', { name: row.name, n: items.length })}
          onFocus={() => acts.current.focus(index)}
          onPointerDown={(event) => acts.current.down(event, row.id)}
          onPointerMove={(event) => acts.current.move(event, row.id)}
          onPointerUp={() => acts.current.up()}
          onPointerCancel={() => acts.current.drop()}
          onKeyDown={(event) => acts.current.key(event, index)}
        >
          {items.map((item) => (
            <Block key={item.key} item={item} place={place} />
          ))}
          {selection && (
            <Selection
              range={selection}
              clashes={clashes}
              flip={selection.start > middle}
              above={isLast}
              place={place}
              acts={acts}
            />
          )}
        </div>
      </div>
    );
  }
}

function Block({ item, place }: { item: Item; place: Place }) {
  const span = `${hm(item.start)}–${hm(item.end)}`;
  const box = place(item.start, item.end);
  if (!item.title || !item.sessionId) {
    return (
      <div class="item hidden-one" style={box} title={`${span} ${t('timeline.busy')}`}>
        <b>{t('timeline.busy')}</b>
        <span>{span}</span>
      </div>
    );
  }
  return (
    <a
      class={`item tone${item.sessionId % TONES}`}
      style={box}
      href={`/buoi/${item.sessionId}`}
      title={`${span} ${item.title}`}
    >
      <b>{item.title}</b>
      <span>{span}</span>
    </a>
  );
}

interface SelectionProps {
  range: Range;
  clashes: Item[];
  flip: boolean;
  above: boolean;
  place: Place;
  acts: { current: Acts };
}

function Selection({ range, clashes, flip, above, place, acts }: SelectionProps) {
  const classes = ['bubble', clashes.length > 0 && 'clash', flip && 'flip', above && 'above'].filter(Boolean).join(' ');
  return (
    <div class={classes} style={place(range.start, range.end)}>
      <div class="bubble-text">
        <b>
          {hm(range.start)}–{hm(range.end)}
        </b>
        {clashes.length > 0 && <em>{t('timeline.clash', { what: titlesOf(clashes) })}</em>}
        <button type="button" tabIndex={-1} onClick={() => acts.current.book()}>
          {t('timeline.book')}
        </button>
      </div>
    </div>
  );
}
