// SPDX-License-Identifier: MIT
// /theo-doi: calendars on telephones and PCs. /theo-doi/<address>: where the code of such a
// calendar leads, open to whoever holds it.
import { useState } from 'preact/hooks';
import { api, at } from '../api';
import { CopyButton, Field, Trouble, useTask } from '../form';
import { t } from '../i18n';
import { lazyComponent } from '../lazy';
import { matches } from '../search-text';
import type { FeedScope, Id, Landing, List, Places, Series, Subscription, Unit } from '../types';
import { useAnswer } from '../use-answer';
import { Stale } from './agenda';

const Qr = lazyComponent(() => import('../qr').then((module) => module.Qr));
const SCOPES: FeedScope[] = ['person', 'unit', 'site', 'series'];
const MOST_SHOWN = 12;

export function Subscriptions({ rest }: { rest: string }) {
  return rest ? <LandingPage address={rest} /> : <MySubscriptions />;
}

function MySubscriptions() {
  const answer = useAnswer<List<Subscription>>(at.subscriptions, ['subscription']);
  const items = answer.data?.items ?? [];
  return (
    <div class="page slim follow">
      <h1>{t('follow.title')}</h1>
      <p class="lead-in">{t('follow.intro')}</p>
      <Stale answer={answer} />
      <AddSubscription known={items} done={answer.reload} />
      {answer.data && items.length === 0 && <p class="soft">{t('follow.none')}</p>}
      <ul class="subscriptions">
        {items.map((item) => (
          <li key={item.id} class="panel">
            <SubscriptionPanel item={item} done={answer.reload} />
          </li>
        ))}
      </ul>
      <p class="soft small">{t('follow.slow')}</p>
    </div>
  );
}

function AddSubscription({ known, done }: { known: Subscription[]; done(): void }) {
  const [scope, setScope] = useState<FeedScope>('person');
  const task = useTask();
  const has = (id?: Id) => known.some((item) => item.scope === scope && (scope === 'person' || item.scopeId === id));
  const add = (id?: Id) => void task.run(async () => (await api.subscribe(scope, id), done()));
  return (
    <section class="panel add" aria-labelledby="them">
      <h2 id="them">{t('follow.add')}</h2>
      <div class="segments" role="group" aria-label={t('follow.what')}>
        {SCOPES.map((value) => (
          <button key={value} aria-pressed={scope === value} onClick={() => setScope(value)}>
            {t(`follow.scope.${value}` as const)}
          </button>
        ))}
      </div>
      <p class="soft">{t(`follow.hint.${scope}` as const)}</p>
      {scope === 'person' ? (
        <button class="primary" disabled={task.busy || has()} onClick={() => add()}>
          {t(has() ? 'follow.already' : 'follow.addMine')}
        </button>
      ) : (
        <ScopeList key={scope} scope={scope} has={has} add={add} busy={task.busy} />
      )}
      <Trouble problem={task.problem} />
    </section>
  );
}

interface ScopeListProps {
  scope: Exclude<FeedScope, 'person'>;
  busy: boolean;
  has(id: Id): boolean;
  add(id: Id): void;
}

const ADDRESS: Record<ScopeListProps['scope'], string> = { unit: at.units, site: at.places, series: at.series };

function namesOf(scope: ScopeListProps['scope'], data: unknown): { id: Id; name: string }[] {
  if (scope === 'site') {
    return (data as Places).sites;
  }
  if (scope === 'series') {
    return (data as List<Series>).items.map((item) => ({ id: item.id, name: item.title }));
  }
  return (data as List<Unit>).items;
}

function ScopeList({ scope, busy, has, add }: ScopeListProps) {
  const [question, setQuestion] = useState('');
  const answer = useAnswer<unknown>(ADDRESS[scope]);
  const all = answer.data ? namesOf(scope, answer.data) : [];
  const found = all.filter((item) => matches(item.name, question));
  return (
    <>
      <input
        class="search"
        type="search"
        aria-label={t('field.searchIn', { what: t(`follow.scope.${scope}` as const) })}
        placeholder={t('field.search', { n: all.length })}
        value={question}
        onInput={(event) => setQuestion(event.currentTarget.value)}
      />
      <ul class="choose">
        {found.slice(0, MOST_SHOWN).map((item) => (
          <li key={item.id}>
            <span>{item.name}</span>
            <button class="ghost" disabled={busy || has(item.id)} onClick={() => add(item.id)}>
              {t(has(item.id) ? 'follow.already' : 'follow.addThis')}
              <span class="sr">: {item.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {answer.data !== undefined && found.length === 0 && <p class="soft">{t('field.noMatch')}</p>}
      {found.length > MOST_SHOWN && <p class="soft small">{t('field.more', { n: found.length - MOST_SHOWN })}</p>}
    </>
  );
}

/** The page that the code leads to; a telephone needs the whole address of this host. */
const landingOf = (item: Subscription) => new URL(item.landing, location.origin).href;

function SubscriptionPanel({ item, done }: { item: Subscription; done(): void }) {
  const [asked, setAsked] = useState<'renew' | 'end' | null>(null);
  const task = useTask();
  const act = async () => {
    await (asked === 'renew' ? api.renewSubscription(item.id) : api.endSubscription(item.id));
    setAsked(null);
    done();
  };
  return (
    <>
      <h2>{item.name}</h2>
      <div class="with-code">
        <figure>
          <Qr text={landingOf(item)} label={t('follow.code', { name: item.name })} />
          <figcaption>{t('follow.scan')}</figcaption>
        </figure>
        <div class="stack">
          <Address address={item.address} webcal={item.webcal} />
          <div class="buttons">
            <button class="link" onClick={() => setAsked('renew')}>
              {t('follow.renew')}
            </button>
            <button class="link" onClick={() => setAsked('end')}>
              {t('follow.end')}
            </button>
          </div>
        </div>
      </div>
      {asked && (
        <div class="ask" role="alert">
          <p>{t(asked === 'renew' ? 'follow.renewAsk' : 'follow.endAsk')}</p>
          <div class="buttons">
            <button class="danger" disabled={task.busy} onClick={() => void task.run(act)}>
              {t(asked === 'renew' ? 'follow.renewDo' : 'follow.endDo')}
            </button>
            <button class="quiet" onClick={() => setAsked(null)}>
              {t('close')}
            </button>
          </div>
        </div>
      )}
      <Trouble problem={task.problem} />
    </>
  );
}

function Address({ address, webcal }: { address: string; webcal: string }) {
  return (
    <>
      <Field label={t('follow.address')}>
        <input readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
      </Field>
      <div class="buttons">
        <a class="button primary" href={webcal}>
          {t('follow.open')}
        </a>
        <CopyButton text={address} label={t('follow.copy')} />
      </div>
    </>
  );
}

/** Addresses of a house's own network mean nothing to the servers of Google and Microsoft. */
function isPublicHost(address: string): boolean {
  const host = new URL(address, location.origin).hostname;
  const isPrivate = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(host);
  return !isPrivate && host.includes('.') && !/\.(local|lan|internal|intranet)$/.test(host);
}

type Phone = 'apple' | 'android' | 'other';

function phoneOf(agent: string): Phone {
  if (/iPhone|iPad|Macintosh/.test(agent)) {
    return 'apple';
  }
  return /Android/.test(agent) ? 'android' : 'other';
}

function LandingPage({ address }: { address: string }) {
  const answer = useAnswer<Landing>(at.landing(address));
  if (!answer.data) {
    return answer.problem && answer.problem.status >= 400 && answer.problem.status < 500 ? (
      <div class="gate">
        <h1>{t('landing.gone')}</h1>
        <p class="soft">{t('landing.goneHint')}</p>
      </div>
    ) : (
      <div class="page slim">
        <Stale answer={answer} />
        <div class="skeleton" aria-busy="true" />
      </div>
    );
  }
  const phone = phoneOf(navigator.userAgent);
  const { name, address: feed, webcal } = answer.data;
  const google = `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`;
  return (
    <div class="page slim landing">
      <h1>{name}</h1>
      <p class="lead-in">{t('landing.intro')}</p>
      <div class="stack panel">
        <p>{t(`landing.how.${phone}` as const)}</p>
        <div class="buttons">
          {phone !== 'android' && (
            <a class="button primary big" href={webcal}>
              {t('follow.open')}
            </a>
          )}
          {phone !== 'apple' && isPublicHost(feed) && (
            <a class="button big" href={google} rel="noreferrer">
              {t('landing.google')}
            </a>
          )}
          <CopyButton text={feed} label={t('follow.copy')} class="ghost big" />
          <a class="button ghost big" href={feed} download>
            {t('landing.file')}
          </a>
        </div>
        <Field label={t('follow.address')}>
          <input readOnly value={feed} onFocus={(event) => event.currentTarget.select()} />
        </Field>
      </div>
      <p class="soft small">{t(isPublicHost(feed) ? 'follow.slow' : 'landing.inside')}</p>
    </div>
  );
}
