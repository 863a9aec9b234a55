// SPDX-License-Identifier: MIT
// The fields of a booking, in the order in which people think of them: what, when, where, who, how.
import { useState } from 'preact/hooks';
import { hm, weekday, weekdayShort } from '../dates';
import type { Draft } from '../draft';
import { DayField, LengthField, Picker, TimeField } from '../fields';
import { Field } from '../form';
import { t } from '../i18n';
import type { Kind, Places } from '../types';
import { ApprovalFields } from './editor-approval';
import { AudienceFields } from './editor-audience';
import { EquipmentFields, SiteWays } from './editor-means';

const KINDS: Kind[] = ['training', 'conference'];
const MOST_SESSIONS = 52;

interface Props {
  draft: Draft;
  places: Places;
  change(part: Partial<Draft>): void;
  titleMissing?: boolean;
}

export function EditorFields({ draft, places, change, titleMissing }: Props) {
  return (
    <>
      <NameField draft={draft} change={change} missing={titleMissing} />
      <KindChoice draft={draft} change={change} />
      <WhenFields draft={draft} change={change} />
      <MeansFields draft={draft} places={places} change={change} />
      <More draft={draft} places={places} change={change} />
    </>
  );
}

export function NameField({ draft, change, missing }: PartProps & { missing?: boolean }) {
  return (
    <Field label={t('editor.name')} wide>
      <input
        name="title"
        autoFocus
        autoComplete="off"
        maxLength={200}
        placeholder={t('editor.namePlaceholder')}
        aria-invalid={missing}
        value={draft.title}
        onInput={(event) => change({ title: event.currentTarget.value })}
      />
    </Field>
  );
}

/** Where, who and with what. */
export function MeansFields({ draft, places, change }: Omit<Props, 'titleMissing'>) {
  return (
    <>
      <Picker
        label={t('editor.rooms')}
        choices={places.rooms.map((room) => ({ ...room, note: room.seats ? t('book.seats', { n: room.seats }) : '' }))}
        chosen={draft.rooms}
        set={(rooms) => change({ rooms })}
      />
      <Picker
        label={t('editor.sites')}
        hint={t('editor.sitesHint')}
        choices={places.sites.map((site) => ({ id: site.id, name: site.short || site.name }))}
        chosen={draft.sites}
        set={(sites) => change({ sites })}
      />
      <MainSite draft={draft} places={places} change={change} />
      <SiteWays draft={draft} places={places} change={change} />
      <Picker
        label={t('editor.trainers')}
        choices={places.trainers}
        chosen={draft.trainers}
        set={(trainers) => change({ trainers })}
      />
      {places.sources.length > 0 && (
        <Picker
          label={t('editor.sources')}
          hint={t(draft.sources.length > 0 ? 'editor.recorded' : 'editor.notRecorded')}
          choices={places.sources}
          chosen={draft.sources}
          set={(sources) => change({ sources, sourcesChosen: true })}
        />
      )}
      <EquipmentFields draft={draft} places={places} change={change} />
    </>
  );
}

type PartProps = Pick<Props, 'draft' | 'change'>;

function KindChoice({ draft, change }: PartProps) {
  return (
    <div class="segments" role="group" aria-label={t('editor.kind')}>
      {KINDS.map((kind) => (
        <button type="button" key={kind} aria-pressed={draft.kind === kind} onClick={() => change({ kind })}>
          {t(`kind.${kind}` as const)}
        </button>
      ))}
    </div>
  );
}

function WhenFields({ draft, change }: PartProps) {
  const end = (draft.start + draft.minutes) % 1440;
  return (
    <>
      {!draft.now && (
        <div class="line">
          <DayField label={t('editor.day')} value={draft.day} set={(day) => change({ day })} />
          <TimeField label={t('editor.from')} value={draft.start} set={(start) => change({ start })} />
          <TimeField
            label={t('editor.to')}
            value={end}
            set={(to) => change({ minutes: (to - draft.start + 1440) % 1440 || 1440 })}
          />
          <LengthField label={t('editor.length')} value={draft.minutes} set={(minutes) => change({ minutes })} />
        </div>
      )}
      {draft.now && (
        <div class="line now">
          <p class="good">
            {t('editor.now', { until: hm(end) })}
            <button type="button" class="link" onClick={() => change({ now: false })}>
              {t('editor.notNow')}
            </button>
          </p>
          <LengthField label={t('editor.length')} value={draft.minutes} set={(minutes) => change({ minutes })} />
        </div>
      )}
      {!draft.now && <RepeatFields draft={draft} change={change} />}
    </>
  );
}

function RepeatFields({ draft, change }: PartProps) {
  return (
    <div class="line">
      <Field label={t('editor.repeat')}>
        <select value={String(draft.every)} onChange={(event) => change({ every: Number(event.currentTarget.value) })}>
          <option value="0">{t('repeat.never')}</option>
          <option value="1">{t('repeat.weekly')}</option>
          <option value="2">{t('repeat.everyTwo')}</option>
          <option value="4">{t('repeat.everyFour')}</option>
        </select>
      </Field>
      {draft.every > 0 && <RepeatEnd draft={draft} change={change} />}
      {draft.every > 0 && <RepeatDays draft={draft} change={change} />}
    </div>
  );
}

function RepeatEnd({ draft, change }: PartProps) {
  const count = (text: string) => {
    const value = Number.parseInt(text, 10);
    if (value >= 1 && value <= MOST_SESSIONS) {
      change({ count: value });
    }
  };
  return (
    <>
      <Field label={t('repeat.ending')}>
        <select
          value={draft.ending}
          onChange={(event) => change({ ending: event.currentTarget.value as Draft['ending'] })}
        >
          <option value="count">{t('repeat.byCount')}</option>
          <option value="until">{t('repeat.byDay')}</option>
        </select>
      </Field>
      {draft.ending === 'count' ? (
        <Field label={t('repeat.count')}>
          <input
            type="number"
            min="1"
            max={MOST_SESSIONS}
            value={draft.count}
            onInput={(event) => count(event.currentTarget.value)}
          />
        </Field>
      ) : (
        <DayField label={t('repeat.until')} value={draft.until} set={(until) => change({ until })} />
      )}
    </>
  );
}

function RepeatDays({ draft, change }: PartProps) {
  const own = weekday(draft.day);
  const toggle = (day: number) =>
    change({ days: draft.days.includes(day) ? draft.days.filter((other) => other !== day) : [...draft.days, day] });
  return (
    <fieldset class="weekdays">
      <legend>{t('repeat.days')}</legend>
      {[0, 1, 2, 3, 4, 5, 6].map((day) => (
        <button
          type="button"
          key={day}
          disabled={day === own}
          aria-pressed={day === own || draft.days.includes(day)}
          onClick={() => toggle(day)}
        >
          {weekdayShort(day)}
        </button>
      ))}
    </fieldset>
  );
}

function MainSite({ draft, places, change }: Omit<Props, 'titleMissing'>) {
  if (draft.sites.length < 2) {
    return null;
  }
  const chosen = places.sites.filter((site) => draft.sites.includes(site.id));
  return (
    <Field label={t('editor.mainSite')} hint={t('editor.mainSiteHint')}>
      <select
        value={String(draft.mainSite ?? '')}
        onChange={(event) => change({ mainSite: Number(event.currentTarget.value) })}
      >
        {chosen.map((site) => (
          <option key={site.id} value={String(site.id)}>
            {site.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

function More({ draft, places, change }: Omit<Props, 'titleMissing'>) {
  const [open, setOpen] = useState(
    draft.description !== '' || draft.audience !== null || draft.rank !== null || draft.document !== '',
  );
  return (
    <details class="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('editor.more')}</summary>
      {open && (
        <div class="stack">
          <AudienceFields draft={draft} places={places} change={change} />
          <ApprovalFields draft={draft} change={change} />
          <Field label={t('editor.description')}>
            <textarea
              maxLength={4000}
              value={draft.description}
              onInput={(event) => change({ description: event.currentTarget.value })}
            />
          </Field>
        </div>
      )}
    </details>
  );
}
