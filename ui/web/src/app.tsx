// SPDX-License-Identifier: MIT
// The frame around every page: header, navigation, who is signed in, and which page is shown.
import { type ComponentType, render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { at } from './api';
import { language, loadWords, switchLanguage, t, type Key } from './i18n';
import { Icon, type IconName } from './icons';
import { onExpired, setCsrf } from './net';
import { Agenda } from './pages/agenda';
import { SignIn, SignInAgain } from './pages/sign-in';
import { catchLinks, go, type Route, useRoute } from './router';
import { switchTheme, applyTheme } from './theme';
import type { Approval, List, Me, OpenSession } from './types';
import { UndoToast } from './undo';
import { useAnswer } from './use-answer';
import { may, signOut, UserContext, whoAmI } from './user';

type Page = ComponentType<{ rest: string }>;

const EAGER: Record<string, Page> = { lich: Agenda, vao: SignIn };

const LAZY: Record<string, () => Promise<Page>> = {
  dat: () => import('./pages/book').then((module) => module.Book),
  buoi: () => import('./pages/session').then((module) => module.SessionPage),
  'san-sang': () => import('./pages/readiness').then((module) => module.Readiness),
  xem: () => import('./pages/watch').then((module) => module.Watch),
  'theo-doi': () => import('./pages/subscriptions').then((module) => module.Subscriptions),
  toi: () => import('./pages/account').then((module) => module.Account),
  'cho-duyet': () => import('./pages/approvals').then((module) => module.Approvals),
  'doi-nhieu': () => import('./pages/change-many').then((module) => module.ChangeManyPage),
  'quan-tri': () => import('./pages/people').then((module) => module.People),
};

interface Item {
  page: string;
  href: string;
  label: Key;
  icon: IconName;
  needs?: string;
  /** What waits there for somebody. */
  counts?: 'approvals' | 'sites';
  /** On a narrow screen it stands in the account's menu: the bar at the bottom has room for five. */
  rare?: true;
}

const NAVIGATION: Item[] = [
  { page: 'lich', href: '/lich', label: 'nav.agenda', icon: 'calendar' },
  { page: 'dat', href: '/dat', label: 'nav.book', icon: 'plus', needs: 'book' },
  { page: 'cho-duyet', href: '/cho-duyet', label: 'nav.approvals', icon: 'check', needs: 'book', counts: 'approvals' },
  { page: 'san-sang', href: '/san-sang', label: 'nav.ready', icon: 'screen', needs: 'operate', counts: 'sites' },
  { page: 'theo-doi', href: '/theo-doi', label: 'nav.follow', icon: 'feed' },
  { page: 'quan-tri', href: '/quan-tri/nguoi-dung', label: 'nav.people', icon: 'people', needs: 'people', rare: true },
];

/** The landing page of a calendar's address is for everybody who has the address. */
const isOpen = ({ page, rest }: Route) => page === 'vao' || (page === 'theo-doi' && rest !== '');

function usePage(name: string): Page | 'loading' | 'unknown' {
  const [loaded, setLoaded] = useState<Record<string, Page>>(EAGER);
  useEffect(() => {
    if (!loaded[name] && LAZY[name]) {
      void LAZY[name]().then(
        (page) => setLoaded((old) => ({ ...old, [name]: page })),
        () => location.reload(), // the service was updated: its files have other names now
      );
    }
  }, [name]);
  return loaded[name] ?? (LAZY[name] ? 'loading' : 'unknown');
}

function App({ first }: { first: Me | null }) {
  const [me, setMe] = useState(first);
  const [expired, setExpired] = useState(false);
  const route = useRoute();
  const user = useMemo(
    () => ({
      me,
      set: (next: Me | null) => {
        setCsrf(next?.csrf ?? '');
        setMe(next);
      },
    }),
    [me],
  );
  useEffect(() => onExpired(() => setExpired(true)), []);
  useEffect(() => {
    if (!me && !isOpen(route)) {
      const here = location.pathname + location.search;
      go(here === '/' ? '/vao' : `/vao?ve=${encodeURIComponent(here)}`, true);
    }
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [route.page, route.rest, me]);
  if (!me && !isOpen(route)) {
    return null;
  }
  const page = me?.mustChangePassword && !isOpen(route) ? 'toi' : route.page;
  return (
    <UserContext.Provider value={user}>
      <a class="skip" href="#main">
        {t('nav.skip')}
      </a>
      <Header me={me} page={page} leave={() => user.set(null)} />
      <main id="main" tabIndex={-1}>
        <Content page={page} rest={route.rest} />
      </main>
      <UndoToast />
      {expired && me && <SignInAgain close={() => setExpired(false)} />}
    </UserContext.Provider>
  );
}

function Content({ page, rest }: { page: string; rest: string }) {
  const Shown = usePage(page);
  if (Shown === 'loading') {
    return <div class="skeleton" aria-busy="true" />;
  }
  if (Shown === 'unknown') {
    return (
      <div class="gate">
        <h1>{t('unknown.title')}</h1>
        <p class="soft">{t('unknown.hint')}</p>
        <a class="button primary" href="/lich">
          {t('nav.agenda')}
        </a>
      </div>
    );
  }
  return <Shown rest={rest} />;
}

/** How many wait for one's word; null where it is not known or one has none to say. */
function useWaiting(me: Me | null): Record<NonNullable<Item['counts']>, number | null> {
  const requests = useAnswer<List<Approval>>(me && may(me, 'book') ? at.approvals : null, ['session', 'series']);
  const boards = useAnswer<List<OpenSession>>(me && may(me, 'operate') ? at.readiness(1) : null, [
    'session',
    'operation',
  ]);
  return {
    approvals: requests.data?.items.filter((item) => item.session.may?.includes('approve')).length ?? null,
    sites: boards.data?.items.filter((item) => item.stage !== 'later').length ?? 0,
  };
}

function Header({ me, page, leave }: { me: Me | null; page: string; leave(): void }) {
  const waiting = useWaiting(me);
  const isShown = ({ needs, counts }: Item) => (!needs || may(me, needs)) && (!counts || waiting[counts] !== null);
  const shown = me && !me.mustChangePassword ? NAVIGATION.filter(isShown) : [];
  return (
    <header class="bar">
      <a class="brand" href="/lich">
        <img src="/icon.svg" alt="" width="30" height="30" />
        <span>{t('app')}</span>
      </a>
      {shown.length > 0 && (
        <nav aria-label={t('nav.label')}>
          {shown.map((item) => (
            <a
              key={item.page}
              href={item.href}
              class={item.rare && 'rare'}
              aria-current={page === item.page ? 'page' : undefined}
            >
              <Icon name={item.icon} />
              <span>{t(item.label)}</span>
              {item.counts && waiting[item.counts]! > 0 && <b class="count">{waiting[item.counts]}</b>}
            </a>
          ))}
        </nav>
      )}
      <div class="tools">
        <button class="quiet" onClick={switchTheme} aria-label={t('nav.theme')} title={t('nav.theme')}>
          <Icon name="theme" />
        </button>
        <button class="quiet" onClick={switchLanguage} lang={language === 'vi' ? 'en' : 'vi'}>
          {language === 'vi' ? 'English' : 'Tiếng Việt'}
        </button>
        {me && <AccountMenu me={me} rare={shown.filter((item) => item.rare)} leave={leave} />}
      </div>
    </header>
  );
}

function AccountMenu({ me, rare, leave }: { me: Me; rare: Item[]; leave(): void }) {
  const close = (event: Event) => (event.currentTarget as Element).closest('details')!.removeAttribute('open');
  const quit = async () => {
    await signOut().catch(() => {});
    leave();
    go('/vao', true);
  };
  return (
    <details class="account">
      <summary aria-label={t('nav.account', { name: me.name })}>
        <Icon name="person" />
        <span>{me.name}</span>
      </summary>
      <div class="menu">
        <p>
          <b>{me.name}</b>
          <span>{me.unit?.name}</span>
        </p>
        {rare.map((item) => (
          <a key={item.page} class="rare" href={item.href} onClick={close}>
            {t(item.label)}
          </a>
        ))}
        <a href="/toi" onClick={close}>
          {t('nav.me')}
        </a>
        <button class="link" onClick={() => void quit()}>
          {t('nav.signOut')}
        </button>
      </div>
    </details>
  );
}

/** Not over a thin line: the system's own letters have every Vietnamese mark. */
function loadFonts(): void {
  const line = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection;
  if (line?.saveData || /2g/.test(line?.effectiveType ?? '')) {
    return;
  }
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = document.documentElement.dataset.fonts!;
  document.head.append(link);
}

async function main(): Promise<void> {
  applyTheme();
  const [me] = await Promise.all([whoAmI(), loadWords()]);
  document.title = t('app');
  const root = document.getElementById('app')!;
  root.textContent = '';
  catchLinks();
  render(<App first={me} />, root);
  requestAnimationFrame(() => setTimeout(loadFonts, 200));
}

void main();
