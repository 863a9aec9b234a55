// SPDX-License-Identifier: MIT
// Who may see a booking: everybody, the units that are invited, or persons by name.
import { at } from '../api';
import { audienceOf, type Draft } from '../draft';
import { Picker, type Choice } from '../fields';
import { Field } from '../form';
import { t } from '../i18n';
import type { Audience, List, Person, Places, Unit } from '../types';
import { useAnswer } from '../use-answer';
import { may, useUser } from '../user';

const AUDIENCES: Audience[] = ['everybody', 'units', 'persons'];

interface Props {
  draft: Draft;
  places: Places;
  change(part: Partial<Draft>): void;
}

export function AudienceFields({ draft, places, change }: Props) {
  const audience = audienceOf(draft);
  return (
    <>
      <Field label={t('editor.audience')}>
        <select
          value={audience}
          onChange={(event) => change({ audience: event.currentTarget.value as Audience, audienceIds: [] })}
        >
          {AUDIENCES.map((value) => (
            <option key={value} value={value}>
              {t(`audience.${value}` as const)}
            </option>
          ))}
        </select>
      </Field>
      {audience === 'units' && <UnitChoice draft={draft} change={change} />}
      {audience === 'persons' && <PersonChoice draft={draft} places={places} change={change} />}
    </>
  );
}

function UnitChoice({ draft, change }: Omit<Props, 'places'>) {
  const units = useAnswer<List<Unit>>(at.units);
  return (
    <Picker
      label={t('editor.units')}
      hint={t('editor.unitsHint')}
      choices={units.data?.items ?? []}
      chosen={draft.audienceIds}
      set={(audienceIds) => change({ audienceIds })}
    />
  );
}

/** Who administers accounts knows everybody; others choose among those who can be booked. */
function usePersons(places: Places): Choice[] {
  const { me } = useUser();
  const people = useAnswer<List<Person>>(may(me, 'people') ? at.people : null);
  const known = people.data?.items.filter((person) => !person.closed);
  return known ? known.map(({ id, name, unit }) => ({ id, name, note: unit?.name })) : places.trainers;
}

function PersonChoice({ draft, places, change }: Props) {
  return (
    <Picker
      label={t('editor.persons')}
      hint={t('editor.personsHint')}
      choices={usePersons(places)}
      chosen={draft.audienceIds}
      set={(audienceIds) => change({ audienceIds })}
    />
  );
}
