// SPDX-License-Identifier: MIT
// Other words, rooms, people or sites for a session: of a series this one, the following, or all.
import { useState } from 'preact/hooks';
import { api, at } from '../api';
import { Refusal } from '../clash';
import { blocked, DifferenceView } from '../difference';
import { changeDraft, type Draft } from '../draft';
import { draftOfSession, editOf } from '../edit';
import { Dialog, Field, useTask } from '../form';
import { t } from '../i18n';
import { useKept } from '../kept';
import { OverrideField } from '../override';
import type { Difference, EditScope, Places } from '../types';
import { useAnswer } from '../use-answer';
import { useAsked } from '../use-asked';
import { MeansFields, NameField } from './editor-fields';
import { ScopeChoice, type SessionDialog } from './session-dialogs';

export function EditDialog(props: SessionDialog) {
  const places = useAnswer<Places>(at.places);
  return places.data ? <EditForm {...props} places={places.data} /> : null;
}

function EditForm({ session, places, close, done }: SessionDialog & { places: Places }) {
  const [first] = useState(() => draftOfSession(session, places));
  const [draft, setDraft, forget] = useKept<Draft>(`edit:${session.id}:${session.etag}`, () => first);
  const [scope, setScope] = useState<EditScope>('this');
  const task = useTask();
  const change = (part: Partial<Draft>) => setDraft(changeDraft(draft, part, places));
  const changes = editOf(first, draft, places);
  const isSame = Object.keys(changes).length === 0;
  const edit = {
    ...changes,
    scope: session.rule ? scope : undefined,
    override: draft.override.trim() || undefined,
  };
  const asked = useAsked<Difference>(isSame ? null : JSON.stringify([edit, session.etag]), () =>
    api.previewEdit(session, edit),
  );
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const changed = await api.edit(session, edit);
      forget();
      done(changed);
    });
  };
  const stop = asked.pending || blocked(asked.answer) || !draft.title.trim();
  return (
    <Dialog title={t('session.edit')} class="editor" close={close}>
      <form onSubmit={submit} noValidate>
        <h2>{t('session.edit')}</h2>
        <div class="editor-fields">
          <NameField draft={draft} change={change} missing={!draft.title.trim()} />
          <MeansFields draft={draft} places={places} change={change} />
          <Field label={t('editor.description')}>
            <textarea
              maxLength={4000}
              value={draft.description}
              onInput={(event) => change({ description: event.currentTarget.value })}
            />
          </Field>
        </div>
        <div class="editor-side">
          {session.rule && <ScopeChoice scope={scope} choose={setScope} />}
          {isSame && <p class="soft">{t('session.editNothing')}</p>}
          <DifferenceView asked={asked} deed="change" />
          <Refusal problem={task.problem ?? asked.problem} />
          <OverrideField
            problem={task.problem ?? asked.problem}
            occurrences={asked.answer?.changes}
            value={draft.override}
            set={(override) => change({ override })}
          />
        </div>
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy || isSame || stop}>
            {t('session.editDo')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
