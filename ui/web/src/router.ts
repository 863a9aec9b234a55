// SPDX-License-Identifier: MIT
// Addresses of pages: short Vietnamese words without marks, because they are read out on the telephone.
import { useEffect, useState } from 'preact/hooks';

export interface Route {
  page: string;
  rest: string;
}

export function routeOf(pathname: string): Route {
  const [page = 'lich', ...rest] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  return { page, rest: rest.join('/') };
}

export function go(address: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}

/** Only a path of our own: never lets an address in a link lead elsewhere. */
export function safeReturn(search: string): string {
  const wanted = new URLSearchParams(search).get('ve') ?? '';
  return /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/vao') ? wanted : '/lich';
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.pathname));
  useEffect(() => {
    const read = () => setRoute(routeOf(location.pathname));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  return route;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/** Links within the application change the page without loading it anew. */
export function catchLinks(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a');
    if (!link || !isPlainClick(event) || event.defaultPrevented || link.target || link.hasAttribute('download')) {
      return;
    }
    const foreign = link.origin !== location.origin || /^\/(media|calendar|api|assets)\//.test(link.pathname);
    if (foreign || link.getAttribute('href')?.startsWith('#') || link.pathname.includes('.')) {
      return;
    }
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
