// SPDX-License-Identifier: MIT
// What a booking takes besides people and rooms: so many pieces of equipment, and the line of each site.
import { Picker } from '../fields';
import type { Draft } from '../draft';
import { t } from '../i18n';
import type { Amount, Id, Places } from '../types';

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

const ratesFor = (own?: number) => (own ? [...new Set([...RATES, own])].sort((a, b) => a - b) : RATES);

/** For lines that are thin: less for a site than what is usual. */
export function SiteRates({ draft, places, change }: Props) {
  if (draft.sites.length === 0) {
    return null;
  }
  const set = (id: Id, kbps: number) => {
    const { [id]: _, ...others } = draft.rates;
    change({ rates: kbps > 0 ? { ...others, [id]: kbps } : others });
  };
  const sites = places.sites.filter((site) => draft.sites.includes(site.id));
  return (
    <details class="more" open={Object.keys(draft.rates).length > 0}>
      <summary>{t('editor.rates')}</summary>
      <p class="soft small">{t('editor.ratesHint')}</p>
      <div class="amounts">
        {sites.map((site) => (
          <label key={site.id}>
            <span>{site.short || site.name}</span>
            <select
              value={String(draft.rates[site.id] ?? 0)}
              onChange={(event) => set(site.id, Number(event.currentTarget.value))}
            >
              <option value="0">{t('editor.rateUsual')}</option>
              {ratesFor(draft.rates[site.id]).map((kbps) => (
                <option key={kbps} value={String(kbps)}>
                  {t('editor.kbps', { n: kbps })}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </details>
  );
}
