// SPDX-License-Identifier: MIT
// What a booking says to those who approve it: its rank, and the document that invites to it.
import type { Draft } from '../draft';
import { Field } from '../form';
import { t } from '../i18n';
import type { Rank } from '../types';

const RANKS: Rank[] = ['training', 'department', 'province', 'government'];

interface Props {
  draft: Draft;
  change(part: Partial<Draft>): void;
}

export function ApprovalFields({ draft, change }: Props) {
  return (
    <>
      <div class="line">
        <Field label={t('editor.rank')}>
          <select
            value={draft.rank ?? ''}
            onChange={(event) => change({ rank: (event.currentTarget.value || null) as Rank | null })}
          >
            <option value="">{t('editor.rankUsual')}</option>
            {RANKS.map((rank) => (
              <option key={rank} value={rank}>
                {t(`rank.${rank}` as const)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('verdict.documentNumber')}>
          <input
            name="document"
            autoComplete="off"
            maxLength={100}
            placeholder="123/GM-UBND"
            value={draft.document}
            onInput={(event) => change({ document: event.currentTarget.value })}
          />
        </Field>
      </div>
      {!draft.document.trim() && (
        <label class="tick">
          <input
            type="checkbox"
            checked={draft.awaitsDocument}
            onChange={() => change({ awaitsDocument: !draft.awaitsDocument })}
          />
          {t('editor.awaitsDocument')}
        </label>
      )}
    </>
  );
}
