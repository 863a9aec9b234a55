// SPDX-License-Identifier: MIT
// Requests to the service: JSON, the service's clock, one kind of error, and what happens when the
// sign-in has expired. Knows no addresses; those are in api.ts.
import type { Me } from './types';

const TIMEOUT_MS = 20_000;
const RETRY_AFTER_MS = [800, 2500];

export interface Boot {
  /** The service's clock, milliseconds since 1970. */
  now?: number;
  /** The same instant as RFC 3339 in the installation's zone. */
  local?: string;
  me?: Me | null;
  number?: number;
  /** Answers to GET requests, by address, so that the first view asks for nothing. */
  answers?: Record<string, unknown>;
}

function readBoot(): Boot {
  if (typeof document === 'undefined') {
    return {};
  }
  try {
    return (JSON.parse(document.getElementById('boot')?.textContent ?? '{}') ?? {}) as Boot;
  } catch {
    return {}; // a page that the service did not fill
  }
}

export const boot = readBoot();

/** What the service refused, or why it could not be asked ("offline", "timed-out"). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail = '',
    readonly args: Record<string, string | number> = {},
    readonly field?: string,
    readonly body: Record<string, unknown> = {},
  ) {
    super(detail || code);
  }
}

let skewMs = boot.now === undefined ? 0 : boot.now - Date.now();
let csrf = boot.me?.csrf ?? '';

/** The service's clock: old PCs often have a wrong one. */
export function now(): number {
  return Date.now() + skewMs;
}

export function setCsrf(token: string): void {
  csrf = token;
}

const expiredListeners = new Set<() => void>();

/** Calls back when a request was refused because nobody is signed in any more. */
export function onExpired(listener: () => void): () => void {
  expiredListeners.add(listener);
  return () => expiredListeners.delete(listener);
}

/** Secure contexts alone have crypto.randomUUID; a province's network may have plain HTTP. */
export function makeKey(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

export interface Options {
  body?: unknown;
  /** Makes a repeated POST safe; such a request is tried again when the line breaks. */
  key?: string;
  ifMatch?: string;
  /** No sign-in is asked for when the answer is 401. */
  open?: boolean;
}

function headersOf(method: string, options: Options): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') {
    headers['x-csrf'] = csrf;
  }
  if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (options.key) {
    headers['idempotency-key'] = options.key;
  }
  if (options.ifMatch) {
    headers['if-match'] = options.ifMatch;
  }
  return headers;
}

async function send(method: string, address: string, options: Options): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    return await fetch(address, {
      method,
      headers: headersOf(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: stop.signal,
    });
  } catch {
    throw new Problem(0, stop.signal.aborted ? 'timed-out' : 'offline');
  } finally {
    clearTimeout(timer);
  }
}

async function readProblem(response: Response): Promise<Problem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // a proxy's own page: the status has to do
  }
  return new Problem(
    response.status,
    String(body.code ?? `status-${response.status}`),
    String(body.detail ?? body.title ?? ''),
    (body.args ?? {}) as Record<string, string | number>,
    body.field as string | undefined,
    body,
  );
}

function readClock(response: Response): void {
  const at = Number(response.headers.get('x-now'));
  if (at > 0) {
    skewMs = at - Date.now();
  }
}

/** A line that broke, or an answer that is neither yes nor no: the same key makes the repeat safe. */
function isWorthRepeating(problem: Problem, method: string, options: Options): boolean {
  const safe = method === 'GET' || options.key !== undefined;
  return safe && (problem.status === 0 || problem.status === 503);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function once<T>(method: string, address: string, options: Options): Promise<T> {
  const response = await send(method, address, options);
  readClock(response);
  if (response.ok) {
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  const problem = await readProblem(response);
  if (problem.status === 401 && !options.open) {
    expiredListeners.forEach((listener) => listener());
  }
  throw problem;
}

export async function request<T>(method: string, address: string, options: Options = {}): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await once<T>(method, address, options);
    } catch (error) {
      const known = error instanceof Problem ? error : new Problem(0, 'offline', String(error));
      if (attempt >= RETRY_AFTER_MS.length || !isWorthRepeating(known, method, options)) {
        throw known;
      }
      await pause(RETRY_AFTER_MS[attempt]);
    }
  }
}

const flying = new Map<string, Promise<unknown>>();

/** Two views that ask for the same thing share one request. */
export function get<T>(address: string, open = false): Promise<T> {
  const running = flying.get(address);
  if (running) {
    return running as Promise<T>;
  }
  const started = request<T>('GET', address, { open }).finally(() => flying.delete(address));
  flying.set(address, started);
  return started;
}
