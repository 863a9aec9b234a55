// SPDX-License-Identifier: MIT
// What a booking takes besides people and rooms: so many pieces of equipment, and the line of each site.
import { useState } from 'preact/hooks';
import { at } from '../api';
import type { Draft } from '../draft';
import { Picker } from '../fields';
import { t } from '../i18n';
import type { Amount, Id, List, Places, Profile, ProfileRate, Way } from '../types';
import { useAnswer } from '../use-answer';

const RATES = [256, 512, 1000, 2000, 4000];

interface Props {
  draft: Draft;
  places: Places;
  change(part: Partial<Draft>): void;
}

/** Those that stay keep their amount; one that is new begins with one piece. */
export function amountsOf(old: Amount[], chosen: Id[]): Amount[] {
  return chosen.map((id) => old.find((one) => one.id === id) ?? { id, amount: 1 });
}

export function EquipmentFields({ draft, places, change }: Props) {
  if (places.equipment.length === 0) {
    return null;
  }
  const set = (id: Id, text: string) => {
    const amount = Number.parseInt(text, 10);
    if (amount >= 1) {
      change({ equipment: draft.equipment.map((one) => (one.id === id ? { id, amount } : one)) });
    }
  };
  return (
    <>
      <Picker
        label={t('editor.equipment')}
        choices={places.equipment.map((one) => ({ ...one, note: t('editor.has', { n: one.capacity }) }))}
        chosen={draft.equipment.map((one) => one.id)}
        set={(chosen) => change({ equipment: amountsOf(draft.equipment, chosen) })}
      />
      {draft.equipment.length > 0 && (
        <div class="amounts">
          {draft.equipment.map(({ id, amount }) => {
            const pool = places.equipment.find((one) => one.id === id);
            return (
              pool && (
                <label key={id}>
                  <span>{t('editor.amount', { name: pool.name })}</span>
                  <input
                    type="number"
                    inputMode="numeric"
                    min="1"
                    max={pool.capacity}
                    value={amount}
                    onInput={(event) => set(id, event.currentTarget.value)}
                  />
                </label>
              )
            );
          })}
        </div>
      )}
    </>
  );
}

/** "profile:audio", "kbps:512"; "" is what is usual. */
export const textOfWay = ({ profile, kbps }: Way = {}): string =>
  profile ? `profile:${profile}` : kbps ? `kbps:${kbps}` : '';

export function wayOfText(text: string): Way | null {
  const [kind, value] = text.split(':');
  if (kind === 'profile') {
    return { profile: value as Profile };
  }
  return kind === 'kbps' ? { kbps: Number(value) } : null;
}

/** For lines that are thin: less for a site than what is usual. */
export function SiteWays({ draft, places, change }: Props) {
  const [open, setOpen] = useState(Object.keys(draft.ways).length > 0);
  const profiles = useAnswer<List<ProfileRate>>(open ? at.profiles : null, ['place']);
  const sites = places.sites.filter((site) => draft.sites.includes(site.id) && site.id !== draft.mainSite);
  if (sites.length === 0) {
    return null;
  }
  const set = (id: Id, text: string) => {
    const { [id]: _, ...others } = draft.ways;
    const way = wayOfText(text);
    change({ ways: way ? { ...others, [id]: way } : others });
  };
  return (
    <details class="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('editor.ways')}</summary>
      <p class="soft small">{t('editor.waysHint')}</p>
      <div class="amounts">
        {sites.map((site) => (
          <label key={site.id}>
            <span>{site.short || site.name}</span>
            <WayChoice
              way={draft.ways[site.id]}
              profiles={profilesOf(profiles.data?.items ?? [], site.id)}
              set={(text) => set(site.id, text)}
            />
          </label>
        ))}
      </div>
    </details>
  );
}

/** A site's own rate stands in the place of the common one. */
export function profilesOf(all: ProfileRate[], site: Id): ProfileRate[] {
  const own = all.filter((one) => one.site?.id === site);
  return [...all.filter((one) => !one.site && !own.some((other) => other.profile === one.profile)), ...own];
}

interface WayProps {
  way: Way | undefined;
  profiles: ProfileRate[];
  set(text: string): void;
}

function WayChoice({ way, profiles, set }: WayProps) {
  const rates = way?.kbps ? [...new Set([...RATES, way.kbps])].sort((a, b) => a - b) : RATES;
  return (
    <select value={textOfWay(way)} onChange={(event) => set(event.currentTarget.value)}>
      <option value="">{t('editor.rateUsual')}</option>
      {profiles.map(({ profile, kbps }) => (
        <option key={profile} value={`profile:${profile}`}>
          {t(`profile.${profile}` as const)}, {t('editor.kbps', { n: kbps })}
        </option>
      ))}
      {rates.map((kbps) => (
        <option key={kbps} value={`kbps:${kbps}`}>
          {t('editor.kbps', { n: kbps })}
        </option>
      ))}
    </select>
  );
}
