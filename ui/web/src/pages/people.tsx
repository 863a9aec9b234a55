// SPDX-License-Identifier: MIT
// /quan-tri/nguoi-dung: accounts, for administrators.
import { useState } from 'preact/hooks';
import { api, at } from '../api';
import { CopyButton, Dialog, Field, Trouble, useTask } from '../form';
import { t } from '../i18n';
import { Icon } from '../icons';
import { makeKey } from '../net';
import { matches } from '../search-text';
import type { Grant, Id, List, Person, Role, Unit } from '../types';
import { useAnswer } from '../use-answer';
import { useUser } from '../user';
import { Stale } from './agenda';

const ROLES: Role[] = ['cadre', 'trainer', 'operator', 'admin'];
const MOST_SHOWN = 60;

type Open =
  | { what: 'new' }
  | { what: 'roles'; person: Person }
  | { what: 'reset'; person: Person }
  | { what: 'close'; person: Person };

interface OneTime {
  name: string;
  login: string;
  password: string;
}

export function People() {
  const { me } = useUser();
  const answer = useAnswer<List<Person>>(at.people, ['person']);
  const units = useAnswer<List<Unit>>(at.units);
  const [question, setQuestion] = useState('');
  const [open, setOpen] = useState<Open | null>(null);
  const [oneTime, setOneTime] = useState<OneTime | null>(null);
  const unitName = (id?: Id) => units.data?.items.find((unit) => unit.id === id)?.name ?? '';
  const found = (answer.data?.items ?? []).filter((person) =>
    matches([person.name, person.login, person.unit?.name].filter(Boolean).join(' '), question),
  );
  const close = () => setOpen(null);
  const done = (secret?: OneTime) => {
    setOpen(null);
    setOneTime(secret ?? null);
    answer.reload();
  };
  const refused = answer.problem?.status === 403;
  return (
    <div class="page people">
      <div class="head">
        <h1>{t('people.title')}</h1>
        <button class="primary" onClick={() => setOpen({ what: 'new' })} disabled={refused}>
          <Icon name="plus" /> {t('people.add')}
        </button>
      </div>
      {refused ? <Trouble problem={answer.problem!} /> : <Stale answer={answer} />}
      <input
        class="search"
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        value={question}
        onInput={(event) => setQuestion(event.currentTarget.value)}
      />
      <ul class="person-list" aria-busy={!answer.data}>
        {found.slice(0, MOST_SHOWN).map((person) => (
          <li key={person.id} class={person.closed ? 'closed' : ''}>
            <div>
              <h2>{person.name}</h2>
              <p>{[person.login, person.unit?.name ?? '', person.phone].filter(Boolean).join(' · ')}</p>
              <p class="roles">
                {person.closed && <span class="role">{t('people.closed')}</span>}
                {(person.roles ?? []).map((grant) => (
                  <span class="role" key={`${grant.role}-${grant.unitId}`}>
                    {t(`role.${grant.role}` as const)}
                    {grant.unitId !== person.unit?.id && unitName(grant.unitId) && `: ${unitName(grant.unitId)}`}
                  </span>
                ))}
              </p>
            </div>
            {!person.closed && (
              <div class="buttons">
                <button class="ghost" onClick={() => setOpen({ what: 'roles', person })}>
                  {t('people.roles')}
                  <span class="sr">: {person.name}</span>
                </button>
                <button class="ghost" onClick={() => setOpen({ what: 'reset', person })}>
                  {t('people.reset')}
                  <span class="sr">: {person.name}</span>
                </button>
                {person.id !== me?.id && (
                  <button class="link" onClick={() => setOpen({ what: 'close', person })}>
                    {t('people.close')}
                    <span class="sr">: {person.name}</span>
                  </button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p class="soft">{t('field.more', { n: found.length - MOST_SHOWN })}</p>}
      {answer.data && found.length === 0 && <p class="soft">{t('field.noMatch')}</p>}
      {open?.what === 'new' && <NewPersonDialog units={units.data?.items ?? []} close={close} done={done} />}
      {open?.what === 'roles' && (
        <RolesDialog person={open.person} units={units.data?.items ?? []} close={close} done={() => done()} />
      )}
      {open?.what === 'reset' && <ResetDialog person={open.person} close={close} done={done} />}
      {open?.what === 'close' && <CloseDialog person={open.person} close={close} done={() => done()} />}
      {oneTime && <OneTimeDialog secret={oneTime} close={() => setOneTime(null)} />}
    </div>
  );
}

interface UnitSelectProps {
  units: Unit[];
  label: string;
  value: Id | undefined;
  set(unit: Id | undefined): void;
}

function UnitSelect({ units, label, value, set }: UnitSelectProps) {
  return (
    <Field label={label}>
      <select
        value={String(value ?? '')}
        onChange={(event) => set(event.currentTarget.value ? Number(event.currentTarget.value) : undefined)}
      >
        <option value="">{t('people.chooseUnit')}</option>
        {units.map((unit) => (
          <option key={unit.id} value={String(unit.id)}>
            {unit.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

function RoleTicks({ chosen, set }: { chosen: Role[]; set(roles: Role[]): void }) {
  const toggle = (role: Role) => set(chosen.includes(role) ? chosen.filter((one) => one !== role) : [...chosen, role]);
  return (
    <fieldset class="scopes">
      <legend>{t('people.roles')}</legend>
      {ROLES.map((role) => (
        <label class="tick" key={role}>
          <input type="checkbox" checked={chosen.includes(role)} onChange={() => toggle(role)} />
          <span>
            {t(`role.${role}` as const)} <small>{t(`role.hint.${role}` as const)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface NewProps {
  units: Unit[];
  close(): void;
  done(secret: OneTime): void;
}

function NewPersonDialog({ units, close, done }: NewProps) {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [phone, setPhone] = useState('');
  const [email, setEmail] = useState('');
  const [unitId, setUnitId] = useState<Id | undefined>();
  const [roles, setRoles] = useState<Role[]>(['cadre']);
  const [key] = useState(makeKey);
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      const grants = unitId ? roles.map((role) => ({ role, unitId })) : [];
      const fresh = {
        name: name.trim(),
        login: login.trim(),
        unitId,
        phone: phone.trim() || undefined,
        email: email.trim() || undefined,
        teaches: roles.includes('trainer'),
        grants,
      };
      const answer = await api.addPerson(fresh, key);
      done({ name: fresh.name, login: fresh.login, password: answer.password });
    });
  };
  const text = (label: string, value: string, set: (value: string) => void, more: object = {}) => (
    <Field label={label}>
      <input autoComplete="off" value={value} onInput={(event) => set(event.currentTarget.value)} {...more} />
    </Field>
  );
  return (
    <Dialog title={t('people.add')} close={close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('people.add')}</h2>
        {text(t('people.name'), name, setName, { required: true, autoFocus: true, name: 'name' })}
        {text(t('signIn.login'), login, setLogin, { required: true, autoCapitalize: 'none', name: 'login' })}
        <UnitSelect units={units} label={t('session.unit')} value={unitId} set={setUnitId} />
        <div class="line">
          {text(t('people.phone'), phone, setPhone, { inputMode: 'tel' })}
          {text(t('people.email'), email, setEmail, { inputMode: 'email' })}
        </div>
        <RoleTicks chosen={roles} set={setRoles} />
        <Trouble problem={task.problem} />
        <div class="foot">
          <button type="button" class="quiet" onClick={close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy || !name.trim() || !login.trim() || !unitId}>
            {t('people.create')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function RolesDialog(props: { person: Person; units: Unit[]; close(): void; done(): void }) {
  const { person } = props;
  const own = person.roles ?? [];
  const [unitId, setUnitId] = useState<Id | undefined>(own[0]?.unitId ?? person.unit?.id);
  const rolesOn = (unit?: Id) => own.filter((grant) => grant.unitId === unit).map((grant) => grant.role);
  const [roles, setRoles] = useState<Role[]>(() => rolesOn(unitId));
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    const others = own.filter((grant) => grant.unitId !== unitId);
    const grants: Grant[] = [...others, ...roles.map((role) => ({ role, unitId: unitId! }))];
    void task.run(async () => (await api.grant(person.id, grants), props.done()));
  };
  return (
    <Dialog title={t('people.roles')} close={props.close}>
      <form class="stack" onSubmit={submit}>
        <h2>{t('people.rolesOf', { name: person.name })}</h2>
        <UnitSelect
          units={props.units}
          label={t('people.within')}
          value={unitId}
          set={(unit) => {
            setUnitId(unit);
            setRoles(rolesOn(unit));
          }}
        />
        <RoleTicks chosen={roles} set={setRoles} />
        <Trouble problem={task.problem} />
        <div class="foot">
          <button type="button" class="quiet" onClick={props.close}>
            {t('close')}
          </button>
          <button class="primary" disabled={task.busy || !unitId}>
            {t('people.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function ResetDialog(props: { person: Person; close(): void; done(secret: OneTime): void }) {
  const { person } = props;
  const task = useTask();
  const reset = async () => {
    const { password } = await api.resetPassword(person.id);
    props.done({ name: person.name, login: person.login ?? '', password });
  };
  return (
    <Dialog title={t('people.reset')} class="narrow" close={props.close}>
      <h2>{t('people.resetAsk', { name: person.name })}</h2>
      <p class="soft">{t('people.resetHint')}</p>
      <Trouble problem={task.problem} />
      <div class="foot">
        <button class="quiet" onClick={props.close}>
          {t('close')}
        </button>
        <button class="primary" disabled={task.busy} onClick={() => void task.run(reset)}>
          {t('people.reset')}
        </button>
      </div>
    </Dialog>
  );
}

function CloseDialog(props: { person: Person; close(): void; done(): void }) {
  const task = useTask();
  const work = async () => {
    await api.closePerson(props.person.id);
    props.done();
  };
  return (
    <Dialog title={t('people.close')} class="narrow" close={props.close}>
      <h2>{t('people.closeAsk', { name: props.person.name })}</h2>
      <p class="soft">{t('people.closeHint')}</p>
      <Trouble problem={task.problem} />
      <div class="foot">
        <button class="quiet" onClick={props.close}>
          {t('close')}
        </button>
        <button class="danger" disabled={task.busy} onClick={() => void task.run(work)}>
          {t('people.close')}
        </button>
      </div>
    </Dialog>
  );
}

function OneTimeDialog({ secret, close }: { secret: OneTime; close(): void }) {
  const text = t('people.secretText', { name: secret.name, login: secret.login, password: secret.password });
  return (
    <Dialog title={t('people.secret')} class="narrow" close={close}>
      <h2>{t('people.secret')}</h2>
      <p class="soft">{t('people.secretHint')}</p>
      <dl class="details">
        <div>
          <dt>{t('signIn.login')}</dt>
          <dd>{secret.login}</dd>
        </div>
        <div>
          <dt>{t('signIn.password')}</dt>
          <dd class="secret">{secret.password}</dd>
        </div>
      </dl>
      <div class="foot">
        <CopyButton text={text} label={t('people.copySecret')} />
        <button class="primary" onClick={close}>
          {t('people.noted')}
        </button>
      </div>
    </Dialog>
  );
}
