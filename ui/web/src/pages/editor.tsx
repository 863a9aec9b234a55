// SPDX-License-Identifier: MIT
// The form of a booking. What is in the way is said while one types; what was typed stays whatever
// the service, the line or the sign-in do.
import { useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { alternativeText, clashing, ClashList, summaryText } from '../clash';
import { dayOf, dm, minuteOf } from '../dates';
import { audienceOf, bookingOf, changeDraft, type Draft, dropDraft, isChecked, keepDraft } from '../draft';
import { DisplacedList, displacedOf, isDisplaceable } from '../displaced';
import { Dialog, Trouble, useTask } from '../form';
import { t } from '../i18n';
import { makeKey, Problem } from '../net';
import { OverrideField } from '../override';
import type { Alternative, Id, Places, Preview, Session } from '../types';
import { type Asked, useAsked } from '../use-asked';
import { EditorFields } from './editor-fields';
import { FindTimePanel } from './find-time';

interface Props {
  first: Draft;
  places: Places;
  close(): void;
  done(sessions: Session[], number: number): void;
}

type Check = Asked<Preview>;

/** What the draft would do; its words need no asking. */
function usePreview(draft: Draft, places: Places): Check {
  const { title: _, description: __, document: ___, ...relevant } = draft;
  return useAsked(isChecked(draft) ? JSON.stringify(relevant) : null, () =>
    api.preview(bookingOf(draft, places, t('book.untitled'))),
  );
}

/** The same content keeps its key, so that a repeat after a broken line books nothing twice. */
function useKey(): { of(content: string): string; spend(): void } {
  const kept = useRef({ content: '', key: '' });
  return {
    of: (content) => {
      if (kept.current.content !== content) {
        kept.current = { content, key: makeKey() };
      }
      return kept.current.key;
    },
    spend: () => {
      kept.current = { content: '', key: '' };
    },
  };
}

export function Editor({ first, places, close, done }: Props) {
  const [draft, setDraft] = useState(() => changeDraft(first, {}, places));
  const [missing, setMissing] = useState<'title' | 'place' | null>(null);
  const [late, setLate] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const check = usePreview(draft, places);
  const key = useKey();
  const task = useTask();
  const titleBox = useRef<HTMLDivElement>(null);
  const side = useRef<HTMLDivElement>(null);
  const displaceable = isDisplaceable(check.answer?.displaces);
  const isDisplacing = confirmed && displaceable;
  const change = (part: Partial<Draft>) => {
    setConfirmed(false);
    const next = changeDraft(draft, part, places);
    setDraft(next);
    setLate(false);
    setMissing(null);
    keepDraft(next);
  };

  const book = async () => {
    const displaces = isDisplacing ? displacedOf(check.answer!.displaces!) : undefined;
    const booking = bookingOf(draft, places, '', { number: check.answer?.number, displaces });
    const { number: _, ...content } = booking;
    try {
      const answer = await api.book(booking, key.of(JSON.stringify(content)));
      dropDraft();
      done(answer.sessions, answer.number);
    } catch (error) {
      const problem = error as Problem;
      if (problem.status >= 400 && problem.status !== 503) {
        key.spend();
      }
      if (problem.status === 409 && problem.body?.preview) {
        check.replace(problem.body.preview as Preview);
        setLate(true);
        return;
      }
      throw error;
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (!draft.title.trim()) {
      setMissing('title');
      titleBox.current?.querySelector<HTMLInputElement>('input[name=title]')?.focus();
    } else if (!isChecked(draft)) {
      setMissing('place');
    } else {
      void task.run(book);
    }
  };
  const hasClash = check.answer !== null && clashing(check.answer).length > 0;
  const isBlocked = hasClash && !isDisplacing && !draft.compete;
  return (
    <Dialog title={t('editor.title')} class="editor" close={close}>
      <form onSubmit={submit} noValidate>
        <h2>{t(draft.now ? 'editor.titleNow' : 'editor.title')}</h2>
        <div class="editor-fields" ref={titleBox}>
          <EditorFields draft={draft} places={places} change={change} titleMissing={missing === 'title'} />
        </div>
        <div class="editor-side" ref={side}>
          <Status draft={draft} places={places} check={check} late={late} change={change} />
          {hasClash && displaceable && (
            <DisplacedList list={check.answer!.displaces!} confirmed={confirmed} confirm={setConfirmed} />
          )}
          <OverrideField
            problem={task.problem ?? check.problem}
            occurrences={check.answer?.occurrences}
            value={draft.override}
            set={(override) => change({ override })}
          />
          <FindTimePanel draft={draft} places={places} change={change} />
          {missing && (
            <p class="trouble" role="alert">
              {t(`editor.missing.${missing}` as const)}
            </p>
          )}
          <Trouble problem={task.problem} />
        </div>
        <div class="foot">
          {hasClash && (
            <button type="button" class="to-clash" onClick={() => side.current?.scrollIntoView()}>
              {summaryText(check.answer!)}
            </button>
          )}
          <button type="button" class="quiet" onClick={close}>
            {t('editor.later')}
          </button>
          <button class="primary" disabled={task.busy || isBlocked}>
            {t(task.busy ? 'editor.saving' : draft.now ? 'book.startNow' : 'editor.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface StatusProps {
  draft: Draft;
  places: Places;
  check: Check;
  late: boolean;
  change(part: Partial<Draft>): void;
}

function Status({ draft, places, check, late, change }: StatusProps) {
  const { answer: preview, problem, pending } = check;
  if (!isChecked(draft)) {
    return <p class="soft">{t('editor.choosePlace')}</p>;
  }
  const bad = preview ? clashing(preview) : [];
  return (
    <div class={pending ? 'status pending' : 'status'} role="status" aria-busy={pending}>
      {!preview && !problem && <p class="soft">{t('editor.checking')}</p>}
      <Trouble problem={problem} />
      {preview && bad.length === 0 && (
        <div class="good">
          <b>✓ {summaryText(preview)}</b>
          {preview.occurrences.length > 1 && <p>{preview.occurrences.map((one) => dm(dayOf(one.start))).join(', ')}</p>}
        </div>
      )}
      {preview && bad.length > 0 && (
        <div class="clashes">
          {late && <p class="late">{t('editor.late')}</p>}
          <strong>{summaryText(preview)}</strong>
          <ClashList preview={preview} />
          <Alternatives draft={draft} places={places} preview={preview} change={change} />
        </div>
      )}
      {(draft.compete || bad.length > 0) && preview?.displaces && (
        <label class="tick">
          <input type="checkbox" checked={draft.compete} onChange={() => change({ compete: !draft.compete })} />
          {t('editor.compete')}
        </label>
      )}
      {draft.skip.length > 0 && (
        <p class="skipped">
          {t('editor.skipped', { days: draft.skip.map(dm).join(', ') })}
          <button type="button" class="link" onClick={() => change({ skip: [] })}>
            {t('editor.unskip')}
          </button>
        </p>
      )}
      <p class="soft small">{t(`editor.audience.${audienceOf(draft)}` as const)}</p>
    </div>
  );
}

interface AlternativesProps {
  draft: Draft;
  places: Places;
  preview: Preview;
  change(part: Partial<Draft>): void;
}

/** What the service offers, and leaving out what clashes, which needs no asking. */
function choicesOf(preview: Preview): Alternative[] {
  const bad = clashing(preview);
  const offered = preview.alternatives.filter((choice) => choice.kind !== 'skip' && choice.kind !== 'end');
  const isSome = bad.length > 0 && bad.length < preview.occurrences.length;
  return isSome ? [...offered, { kind: 'skip', skip: bad.map((one) => dayOf(one.start)) }] : offered;
}

function changeOf(choice: Alternative, draft: Draft): Partial<Draft> {
  if (choice.kind === 'room' && choice.room) {
    const others = draft.rooms.filter((room) => room !== choice.insteadOf && room !== choice.room!.id);
    return { rooms: [...others, choice.room.id] };
  }
  if (choice.sites && choice.sites.length > 0) {
    const ways = choice.sites.map(({ id, profile }) => [id, { profile: profile ?? 'record-later' }] as const);
    return { ways: { ...draft.ways, ...Object.fromEntries(ways) } };
  }
  if (choice.kind === 'time' && choice.start) {
    return { now: false, day: dayOf(choice.start), start: minuteOf(choice.start) };
  }
  return { skip: [...new Set([...draft.skip, ...(choice.skip ?? [])])].sort() };
}

function Alternatives({ draft, places, preview, change }: AlternativesProps) {
  const choices = choicesOf(preview);
  const nameOf = (id: Id) => places.rooms.find((room) => room.id === id)?.name ?? '';
  if (choices.length === 0) {
    return <p>{t('clash.noAlternative')}</p>;
  }
  return (
    <div class="alternatives">
      <strong>{t('clash.instead')}</strong>
      <ul>
        {choices.map((choice) => (
          <li key={`${choice.kind}-${choice.start ?? choice.room?.id ?? choice.sites?.[0]?.id ?? ''}`}>
            <button type="button" class="ghost" onClick={() => change(changeOf(choice, draft))}>
              {alternativeText(choice, preview, nameOf)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
