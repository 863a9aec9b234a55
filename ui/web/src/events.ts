// SPDX-License-Identifier: MIT
// What changes at the service, as it happens. HTTP/1.1 browsers allow six connections to a host, so
// one tab holds the stream and tells the others.
import { at } from './api';
import { boot } from './net';
import type { Id, Job } from './types';

const POLL_MS = 30_000;
const LEASE_MS = 9_000;
const BEAT_MS = 3_000;
const CHANGES = ['change', 'session', 'series', 'person', 'unit', 'place', 'subscription', 'operation'];
const JOB_NAMES = ['job', 'level', 'media'];

export interface Change {
  number: number;
  kinds: string[];
  sessions: Id[];
}

export type JobChange = { sessionId: Id } & Partial<Job>;

interface Messages {
  change: Change;
  job: JobChange;
  /** The stream is down: ask again for what is shown. */
  poll: null;
}

type Handler<T> = (data: T) => void;
const handlers: { [K in keyof Messages]: Set<Handler<Messages[K]>> } = {
  change: new Set(),
  job: new Set(),
  poll: new Set(),
};

type Relayed = { [K in keyof Messages]: { topic: K; data: Messages[K] } }[keyof Messages];

function deliver(message: Relayed): void {
  (handlers[message.topic] as Set<Handler<unknown>>).forEach((handler) => handler(message.data));
}

/** An event names its kind, or its data name several. */
function readChange(event: MessageEvent<string>): Change {
  const data = JSON.parse(event.data) as Partial<Change>;
  const kinds = data.kinds ?? (event.type === 'message' ? CHANGES : [event.type]);
  return { number: data.number ?? Number(event.lastEventId), kinds, sessions: data.sessions ?? [] };
}

/** Holds the stream until the tab is closed; says so where it is down. */
function holdStream(send: (message: Relayed) => void): void {
  const source = new EventSource(at.events(boot.number));
  let poll = 0;
  source.onopen = () => clearInterval(poll);
  source.onerror = () => {
    clearInterval(poll);
    poll = window.setInterval(() => send({ topic: 'poll', data: null }), POLL_MS);
  };
  const change = (event: Event) => send({ topic: 'change', data: readChange(event as MessageEvent<string>) });
  const job = (event: Event) =>
    send({ topic: 'job', data: JSON.parse((event as MessageEvent<string>).data) as JobChange });
  ['message', ...CHANGES].forEach((name) => source.addEventListener(name, change));
  JOB_NAMES.forEach((name) => source.addEventListener(name, job));
  source.addEventListener('reset', () => send({ topic: 'poll', data: null }));
}

/** Without Web Locks (plain HTTP has none) the tabs agree by a lease in their common storage. */
function leadByLease(lead: () => void): void {
  const self = Math.random().toString(36).slice(2);
  let leading = false;
  const beat = () => {
    const [owner, until] = (localStorage.getItem('stream-lease') ?? ' 0').split(' ');
    if (owner !== self && Number(until) > Date.now()) {
      return;
    }
    localStorage.setItem('stream-lease', `${self} ${Date.now() + LEASE_MS}`);
    if (!leading) {
      leading = true;
      lead();
    }
  };
  beat();
  window.setInterval(beat, BEAT_MS);
}

let started = false;

function start(): void {
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('hoitruong-events') : undefined;
  const send = (message: Relayed) => {
    deliver(message);
    channel?.postMessage(message);
  };
  channel?.addEventListener('message', (event: MessageEvent<Relayed>) => deliver(event.data));
  const lead = () => holdStream(send);
  if (!channel) {
    lead();
  } else if (navigator.locks) {
    void navigator.locks.request('hoitruong-events', () => {
      lead();
      return new Promise<never>(() => {}); // held until the tab is gone
    });
  } else {
    leadByLease(lead);
  }
}

export function on<K extends keyof Messages>(topic: K, handler: Handler<Messages[K]>): () => void {
  handlers[topic].add(handler);
  if (!started) {
    started = true;
    start();
  }
  return () => handlers[topic].delete(handler);
}
