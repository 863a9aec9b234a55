// SPDX-License-Identifier: MIT
// Fields for days, times, lengths and choices out of many. The browser's own date and time boxes
// follow the PC's language (11/25/2026, 02:00 PM), so these are plain text: 25/11/2026 and 14:00.
import { useId, useState } from 'preact/hooks';
import { type Day, dayName, dmy, hm, lengthText, parseDay, parseTime } from './dates';
import { Field } from './form';
import { t } from './i18n';
import { matches } from './search-text';
import type { Id } from './types';

const FEW = 10;
const TIME_HINTS = Array.from({ length: 56 }, (_, index) => hm(7 * 60 + index * 15));
const LENGTHS = [30, 45, 60, 90, 120, 150, 180, 210, 240, 300, 480];

interface TextProps<T> {
  label: string;
  value: T;
  set(value: T): void;
}

export function DayField({ label, value, set }: TextProps<Day>) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && parseDay(typed) === null;
  const input = (text: string) => {
    setTyped(text);
    const day = parseDay(text);
    if (day) {
      set(day);
    }
  };
  return (
    <Field label={label} hint={wrong ? t('field.dayWrong') : dayName(value)}>
      <input
        inputMode="numeric"
        autoComplete="off"
        placeholder="25/11/2026"
        value={typed ?? dmy(value)}
        aria-invalid={wrong}
        onInput={(event) => input(event.currentTarget.value)}
        onBlur={() => wrong || setTyped(null)}
      />
    </Field>
  );
}

export function TimeField({ label, value, set }: TextProps<number>) {
  const [typed, setTyped] = useState<string | null>(null);
  const list = useId();
  const wrong = typed !== null && parseTime(typed) === null;
  const input = (text: string) => {
    setTyped(text);
    const minute = parseTime(text);
    if (minute !== null) {
      set(minute);
    }
  };
  return (
    <Field label={label} hint={wrong ? t('field.timeWrong') : undefined}>
      <input
        inputMode="numeric"
        autoComplete="off"
        list={list}
        placeholder="07:30"
        value={typed ?? hm(value)}
        aria-invalid={wrong}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => input(event.currentTarget.value)}
        onBlur={() => wrong || setTyped(null)}
      />
      <datalist id={list}>
        {TIME_HINTS.map((time) => (
          <option key={time} value={time} />
        ))}
      </datalist>
    </Field>
  );
}

export function LengthField({ label, value, set }: TextProps<number>) {
  const choices = LENGTHS.includes(value) ? LENGTHS : [...LENGTHS, value].sort((a, b) => a - b);
  return (
    <Field label={label}>
      <select value={String(value)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {choices.map((minutes) => (
          <option key={minutes} value={String(minutes)}>
            {lengthText(minutes)}
          </option>
        ))}
      </select>
    </Field>
  );
}

export interface Choice {
  id: Id;
  name: string;
  note?: string;
}

interface PickerProps {
  label: string;
  hint?: string;
  choices: Choice[];
  chosen: Id[];
  set(chosen: Id[]): void;
}

/** Some out of many: those chosen stand first, a search finds the others. */
export function Picker({ label, hint, choices, chosen, set }: PickerProps) {
  const [question, setQuestion] = useState('');
  const many = choices.length > FEW;
  const known = choices.filter((choice) => chosen.includes(choice.id));
  const others = choices.filter((choice) => !chosen.includes(choice.id) && matches(choice.name, question));
  const shown = many ? [...known, ...others.slice(0, question ? FEW : Math.max(0, FEW - 4 - known.length))] : choices;
  const hidden = choices.length - shown.length;
  const toggle = (id: Id) => set(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <fieldset class="picker">
      <legend>{label}</legend>
      {hint && <small>{hint}</small>}
      {many && (
        <input
          class="search"
          type="search"
          aria-label={t('field.searchIn', { what: label })}
          placeholder={t('field.search', { n: choices.length })}
          value={question}
          onInput={(event) => setQuestion(event.currentTarget.value)}
        />
      )}
      <div class="chips">
        {shown.map((choice) => (
          <label key={choice.id} class={chosen.includes(choice.id) ? 'chip on' : 'chip'}>
            <input type="checkbox" checked={chosen.includes(choice.id)} onChange={() => toggle(choice.id)} />
            <span>
              {choice.name}
              {choice.note && <small> {choice.note}</small>}
            </span>
          </label>
        ))}
        {many && question && others.length === 0 && <small>{t('field.noMatch')}</small>}
        {many && !question && hidden > 0 && <small class="rest">{t('field.more', { n: hidden })}</small>}
      </div>
    </fieldset>
  );
}
