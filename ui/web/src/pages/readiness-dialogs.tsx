// SPDX-License-Identifier: MIT
// What is said about a site, all at once, and the site that takes over where it fails.
import { useState } from 'preact/hooks';
import { api, at } from '../api';
import { ClashList } from '../clash';
import { Dialog, Field, Trouble, useTask } from '../form';
import { language, t, type Key } from '../i18n';
import { kbpsText, openBeforeSigning, parseKbps } from '../readiness';
import type { Board, BoardSite, CheckAnswer, Id, Places, Preview, SiteCheck } from '../types';
import { useAnswer } from '../use-answer';

const ANSWERS: CheckAnswer[] = ['yes', 'no', 'unknown'];

interface Props {
  session: Id;
  site: BoardSite;
  close(): void;
  done(board: Board): void;
}

interface ChoiceProps {
  label: string;
  name: string;
  value: CheckAnswer;
  set(answer: CheckAnswer): void;
}

function Choice({ label, name, value, set }: ChoiceProps) {
  const words = name === 'onPost' ? 'post' : 'answer';
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {ANSWERS.map((answer) => (
        <label class="tick" key={answer}>
          <input type="radio" name={name} checked={value === answer} onChange={() => set(answer)} />
          <span>{t(`ready.${words}.${answer}` as Key)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function SiteSelect(props: { label: string; except: Id; value: Id; set(id: Id): void }) {
  const places = useAnswer<Places>(at.places);
  return (
    <Field label={props.label}>
      <select
        value={String(props.value || '')}
        onChange={(event) => props.set(Number(event.currentTarget.value))}
        name="substitute"
      >
        <option value="">{t('ready.noSubstitute')}</option>
        {(places.data?.sites ?? [])
          .filter((site) => site.id !== props.except)
          .map((site) => (
            <option key={site.id} value={String(site.id)}>
              {site.name}
            </option>
          ))}
      </select>
    </Field>
  );
}

/** What was touched; what was not is left to whoever reports it meanwhile. */
const changed = <T,>(value: T, known: T) => (value === known ? undefined : value);

export function SiteDialog({ session, site, close, done }: Props) {
  const [onPost, setOnPost] = useState(site.onPost);
  const [picture, setPicture] = useState(site.picture);
  const [sound, setSound] = useState(site.sound);
  const [technician, setTechnician] = useState(site.technician ?? '');
  const [phone, setPhone] = useState(site.phone ?? '');
  const [line, setLine] = useState(site.lineKbps ? String(site.lineKbps) : '');
  const [note, setNote] = useState(site.note ?? '');
  const [substitute, setSubstitute] = useState(site.substitute?.id ?? 0);
  const [signed, setSigned] = useState(Boolean(site.signedBy));
  const task = useTask();
  const kbps = parseKbps(line);
  const wouldBe = {
    ...site,
    questions: site.questions.filter(
      (question) =>
        !(question === 'technician' && onPost === 'yes') &&
        !(question === 'picture' && picture === 'yes') &&
        !(question === 'sound' && sound === 'yes') &&
        !(question === 'line' && (kbps ?? 0) >= site.kbps),
    ),
  };
  const needsNote = signed && !site.signedBy && openBeforeSigning(wouldBe).length > 0 && note.trim() === '';
  const submit = (event: Event) => {
    event.preventDefault();
    const check: SiteCheck = {
      onPost: changed(onPost, site.onPost),
      picture: changed(picture, site.picture),
      sound: changed(sound, site.sound),
      technician: changed(technician.trim(), site.technician ?? ''),
      phone: changed(phone.trim(), site.phone ?? ''),
      note: changed(note.trim(), site.note ?? ''),
    };
    if (kbps !== (site.lineKbps ?? 0)) {
      check.lineKbps = kbps || -1;
    }
    if (substitute !== (site.substitute?.id ?? 0)) {
      check.substituteId = substitute || -1;
    }
    if (signed !== Boolean(site.signedBy)) {
      check.signedOff = signed ? 'yes' : 'no';
    }
    void task.run(async () => done(await api.checkSite(session, site.id, check)));
  };
  return (
    <Dialog title={site.name} close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{site.name}</h2>
        <div class="line">
          <Field label={t('ready.technician')} hint={site.contact && t('ready.contact', { name: site.contact.name })}>
            <input
              name="technician"
              autoComplete="off"
              value={technician}
              onInput={(event) => setTechnician(event.currentTarget.value)}
            />
          </Field>
          <Field label={t('ready.phone')}>
            <input
              name="phone"
              inputMode="tel"
              autoComplete="off"
              value={phone}
              onInput={(event) => setPhone(event.currentTarget.value)}
            />
          </Field>
        </div>
        <Choice label={t('ready.question.technician')} name="onPost" value={onPost} set={setOnPost} />
        <Choice label={t('ready.question.picture')} name="picture" value={picture} set={setPicture} />
        <Choice label={t('ready.question.sound')} name="sound" value={sound} set={setSound} />
        <Field
          label={t('ready.line')}
          hint={site.kbps > 0 ? t('ready.needs', { n: kbpsText(site.kbps, language) }) : undefined}
        >
          <input
            name="line"
            inputMode="numeric"
            autoComplete="off"
            value={line}
            aria-invalid={kbps === null}
            onInput={(event) => setLine(event.currentTarget.value)}
          />
        </Field>
        <SiteSelect label={t('ready.substitute')} except={site.id} value={substitute} set={setSubstitute} />
        <Field label={t('ready.note')} hint={needsNote ? t('ready.needsNote') : undefined}>
          <textarea name="note" value={note} onInput={(event) => setNote(event.currentTarget.value)} />
        </Field>
        <label class="tick">
          <input type="checkbox" name="signed" checked={signed} onChange={() => setSigned(!signed)} />
          <span>{t('ready.sign')}</span>
        </label>
        <Trouble problem={task.problem} />
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy || kbps === null || needsNote}>
            {t('people.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function SubstituteDialog({ session, site, close, done }: Props) {
  const [substitute, setSubstitute] = useState(site.substitute?.id ?? 0);
  const [reason, setReason] = useState('');
  const task = useTask();
  const inTheWay = task.problem?.body.preview as Preview | undefined;
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => done(await api.substituteSite(session, site.id, substitute, reason.trim())));
  };
  return (
    <Dialog title={t('ready.replace')} class="narrow" close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('ready.replaceAsk', { name: site.name })}</h2>
        <p class="soft">{t('ready.replaceHint')}</p>
        <SiteSelect label={t('ready.substitute')} except={site.id} value={substitute} set={setSubstitute} />
        <Field label={t('ready.reason')}>
          <input name="reason" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </Field>
        <Trouble problem={task.problem} />
        {inTheWay && <ClashList preview={inTheWay} />}
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="danger" disabled={task.busy || !substitute}>
            {t('ready.replace')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
