// SPDX-License-Identifier: MIT
// Every address of the service, and nothing else.
import { get, request, type Options } from './net';
import type {
  Board,
  Booking,
  ChangeMany,
  ChangedMany,
  Difference,
  Displaced,
  Edit,
  EditScope,
  FeedScope,
  FindTime,
  FoundTimes,
  Grant,
  Id,
  Me,
  NewPerson,
  Person,
  Preview,
  Rehearsal,
  Scope,
  Session,
  SiteCheck,
  Subscription,
} from './types';

const ROOT = '/api/v1';

/** What is read, by address: for useAnswer(). */
export const at = {
  me: `${ROOT}/me`,
  places: `${ROOT}/places`,
  units: `${ROOT}/units`,
  series: `${ROOT}/series`,
  subscriptions: `${ROOT}/subscriptions`,
  people: `${ROOT}/people`,
  approvals: `${ROOT}/approvals`,
  profiles: `${ROOT}/profiles`,
  /** Both days are within. */
  agenda: (from: string, to: string, scope: Scope) => `${ROOT}/agenda?from=${from}&to=${to}&scope=${scope}`,
  session: (id: Id) => `${ROOT}/sessions/${id}`,
  /** Sessions of so many days to come whose questions are open. */
  readiness: (days: number) => `${ROOT}/readiness?days=${days}`,
  board: (id: Id) => `${ROOT}/sessions/${id}/readiness`,
  watch: (id: Id) => `${ROOT}/sessions/${id}/watch`,
  busy: (from: string, to: string, resources: Id[]) =>
    `${ROOT}/busy?from=${from}&to=${to}&resources=${resources.join(',')}`,
  landing: (key: string) => `${ROOT}/landing/${encodeURIComponent(key)}`,
  events: (after: number | undefined) => `${ROOT}/events${after === undefined ? '' : `?after=${after}`}`,
};

const post = <T>(path: string, body: unknown, options: Options = {}) =>
  request<T>('POST', ROOT + path, { ...options, body });

interface When {
  start: string;
  zone?: string;
  minutes: number;
  override?: string;
}

type Scoped<T> = T & { scope?: EditScope };

export const api = {
  signIn: (login: string, password: string) => post<Me>('/sign-in', { login, password }, { open: true }),
  signOut: () => post<void>('/sign-out', {}),
  me: () => get<Me>(at.me, true),
  changePassword: (old: string, fresh: string) => post<void>('/me/password', { old, new: fresh }),

  preview: (booking: Booking) => post<Preview>('/sessions/preview', booking),
  book: (booking: Booking, key: string) =>
    post<{ seriesId: Id; sessions: Session[]; number: number }>('/sessions', booking, { key }),
  move: (session: Session, when: When, scope?: EditScope) =>
    post<Session>(`/sessions/${session.id}/move`, { ...when, scope }, { ifMatch: session.etag }),
  findTime: (wanted: FindTime) => post<FoundTimes>('/find-time', wanted),
  previewMove: (session: Session, when: When, scope?: EditScope) =>
    post<Difference>(`/sessions/${session.id}/move/preview`, { ...when, scope }, { ifMatch: session.etag }),
  edit: (session: Session, edit: Scoped<Edit>) =>
    post<Session>(`/sessions/${session.id}/edit`, edit, { ifMatch: session.etag }),
  previewEdit: (session: Session, edit: Scoped<Edit>) =>
    post<Difference>(`/sessions/${session.id}/edit/preview`, edit, { ifMatch: session.etag }),
  cancel: (id: Id, reason: string, scope?: EditScope) => post<Session>(`/sessions/${id}/cancel`, { reason, scope }),
  previewCancel: (id: Id, reason: string, scope?: EditScope) =>
    post<Difference>(`/sessions/${id}/cancel/preview`, { reason, scope }),
  approve: (session: Session, verdict: { document?: string; only?: boolean; override?: string; displaces?: Displaced[] }) =>
    post<Session>(`/sessions/${session.id}/approve`, verdict, { ifMatch: session.etag }),
  refuse: (session: Session, verdict: { reason: string; only?: boolean }) =>
    post<Session>(`/sessions/${session.id}/refuse`, verdict, { ifMatch: session.etag }),
  hold: (session: Session) => post<Session>(`/sessions/${session.id}/hold`, {}, { ifMatch: session.etag }),
  setDocument: (session: Session, document: string) =>
    post<Session>(`/sessions/${session.id}/document`, { document }, { ifMatch: session.etag }),
  previewMany: (change: ChangeMany) => post<Difference>('/sessions/change-many/preview', change),
  changeMany: (change: ChangeMany, key: string) => post<ChangedMany>('/sessions/change-many', change, { key }),
  undo: (number: number) => post<{ number: number; sessions: Session[] }>('/undo', { number }),
  extend: (id: Id, minutes: number) => post<Session>(`/sessions/${id}/extend`, { minutes }),
  stop: (id: Id) => post<Session>(`/sessions/${id}/stop`, {}),
  start: (id: Id) => post<Session>(`/sessions/${id}/start`, {}),

  checkSite: (id: Id, site: Id, check: SiteCheck) =>
    request<Board>('PUT', `${at.board(id)}/${site}`, { body: check }),
  substituteSite: (id: Id, site: Id, substituteId: Id, reason: string) =>
    post<Board>(`/sessions/${id}/readiness/${site}/substitute`, { substituteId, reason: reason || undefined }),

  /** The rehearsal, a session like any. */
  rehearse: (session: Session, rehearsal: Rehearsal) =>
    post<Session>(`/sessions/${session.id}/rehearsals`, rehearsal, { ifMatch: session.etag }),
  runOn: (id: Id, on: boolean) => post<Session>(`/sessions/${id}/run-on`, { on }),

  subscribe: (scope: FeedScope, id?: Id) => post<Subscription>('/subscriptions', { scope, id }),
  renewSubscription: (id: Id) => post<Subscription>(`/subscriptions/${id}/renew`, {}),
  endSubscription: (id: Id) => post<void>(`/subscriptions/${id}/end`, {}),

  addPerson: (person: NewPerson, key: string) => post<{ person: Person; password: string }>('/people', person, { key }),
  resetPassword: (id: Id) => post<{ password: string }>(`/people/${id}/password`, {}),
  grant: (id: Id, grants: Grant[]) => post<Person>(`/people/${id}/grants`, { grants }),
  closePerson: (id: Id) => post<Person>(`/people/${id}/close`, {}),
};
