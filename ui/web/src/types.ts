// SPDX-License-Identifier: MIT
// What the service says, as its API describes it.

export type Id = number;

export interface Named {
  id: Id;
  name: string;
}

export type Role = 'admin' | 'trainer' | 'operator' | 'cadre';

export interface Grant {
  role: Role;
  unitId: Id;
}

export interface Me {
  id: Id;
  name: string;
  unit: Named;
  roles: Grant[];
  mustChangePassword: boolean;
  csrf: string;
  may: string[];
}

export type SessionState = 'draft' | 'held' | 'scheduled' | 'open' | 'running' | 'closing' | 'ended' | 'cancelled';

export type JobState =
  'planned' | 'arming' | 'recording' | 'recovering' | 'draining' | 'finalising' | 'done' | 'incomplete';

export interface Job {
  state: JobState;
  /** Octets grew in the last second. */
  writing: boolean;
  permille?: number;
  bytes?: number;
  durationMs?: number;
  missingMs?: number;
  note?: string;
  tracks?: { name: string; title?: string }[];
}

export interface SessionSite extends Named {
  main: boolean;
  kbps?: number;
  profile?: Profile | 'kbps';
}

export type Action =
  | 'cancel'
  | 'edit'
  | 'move'
  | 'extend'
  | 'stop'
  | 'start'
  | 'approve'
  | 'refuse'
  | 'document'
  | 'hold'
  | 'rehearse'
  | 'run-on'
  | 'substitute'
  | 'readiness';

/** Who gives way to whom, the lowest first. */
export type Rank = 'training' | 'department' | 'province' | 'government';

/** Instants are RFC 3339 with the offset of the session's zone: their text is the local time. */
export interface Session {
  id: Id;
  seriesId: Id;
  kind: Kind;
  title: string;
  description?: string;
  start: string;
  end: string;
  zone: string;
  state: SessionState;
  reason?: string;
  sequence?: number;
  changed?: string;
  unit?: Named;
  organiser?: Named & { phone?: string };
  rooms: Named[];
  trainers: Named[];
  sites: SessionSite[];
  equipment?: (Named & { amount: number })[];
  job?: Job;
  rehearsalOf?: { id: Id; title: string; start: string };
  rehearsals?: { id: Id; start: string; end: string; state: SessionState; stays: boolean }[];
  runOn?: { on: boolean; extended: number; most: number };
  mine?: boolean;
  may: Action[];
  rule?: string;
  audience?: Audience;
  etag?: string;
  rank?: Rank;
  /** Number of the invitation document. */
  document?: string;
  awaitsDocument?: boolean;
  /** For approval. */
  waiting?: boolean;
  holdUntil?: string;
  /** A closure or a lowered capacity hit it. */
  clashing?: boolean;
}

export type Kind = 'training' | 'conference';
export type Audience = 'everybody' | 'units' | 'persons';
export type Scope = 'all' | 'unit' | 'mine';
export type EditScope = 'this' | 'following' | 'all';

/** How a site takes part; each takes so much of the lines. */
export type Profile = 'full' | 'thumbnail' | 'audio' | 'record-later' | 'watch-only';

/** A profile, or a rate of one's own; what is usual where neither is said. */
export interface Way {
  profile?: Profile;
  kbps?: number;
}

export interface BookingSite extends Way {
  id: Id;
}

export interface ProfileRate {
  profile: Profile;
  kbps: number;
  name?: string;
  /** For this site alone. */
  site?: Named;
}

export interface Amount {
  id: Id;
  amount: number;
}

export interface Booking {
  kind: Kind;
  title: string;
  description?: string;
  start?: string;
  now?: true;
  zone?: string;
  minutes: number;
  rule?: string;
  skip?: string[];
  rooms: Id[];
  trainers: Id[];
  mainSite?: Id;
  sites: BookingSite[];
  equipment: Amount[];
  sources: Id[];
  audience: Audience;
  audienceIds: Id[];
  number?: number;
  rank?: Rank;
  document?: string;
  awaitsDocument?: boolean;
  /** Filed where the place is taken too: it takes nothing until somebody approves it. */
  compete?: boolean;
  /** Why closures, notice and quotas are set aside; of those alone who may. */
  override?: string;
  displaces?: Displaced[];
}

/** A session that has to make room: where it goes; a draft again where that is not said. */
export interface Displaced {
  id: Id;
  /** Of its last change, as it was read. */
  number: number;
  start?: string;
}

export interface ClashWith {
  sessionId?: Id;
  title?: string;
  start: string;
  end: string;
  by?: string;
  phone?: string;
  amount?: number;
}

export interface Clash {
  resource: Resource;
  why: 'taken' | 'closed' | 'retired' | 'unchecked';
  start: string;
  end: string;
  capacity: number;
  free: number;
  wanted: number;
  with: ClashWith[];
}

export interface Occurrence {
  start: string;
  end: string;
  clashes: Clash[];
}

export interface Alternative {
  kind: 'time' | 'room' | 'skip' | 'profile' | 'record-later' | 'end';
  start?: string;
  end?: string;
  /** Until that end. */
  minutes?: number;
  /** Sites that could take part otherwise. */
  sites?: (Named & Way)[];
  room?: Named;
  insteadOf?: Id;
  skip?: string[];
}

/** What is in the way and of a lower rank, with where it could go. */
export interface DisplacedSession extends ClashWith {
  may: boolean;
  number?: number;
  to?: { start: string; end: string };
}

export interface Preview {
  number: number;
  occurrences: Occurrence[];
  alternatives: Alternative[];
  displaces?: DisplacedSession[];
}

export interface Competing extends ClashWith {
  state?: SessionState;
  rank?: Rank;
}

/** A request that waits for a word. */
export interface Approval {
  session: Session;
  /** How many of its series wait with it. */
  count: number;
  competing: Competing[];
}

/** What becomes another of a session; what is absent stays. */
export type Edit = Partial<
  Pick<Booking, 'title' | 'description' | 'rooms' | 'trainers' | 'mainSite' | 'sites' | 'equipment' | 'sources'>
>;

/** The values of a session that a change touches; only those that differ are there. */
export interface SessionValues {
  start?: string;
  end?: string;
  title?: string;
  description?: string;
  state?: SessionState;
  rooms?: Named[];
  trainers?: Named[];
  sites?: SessionSite[];
  equipment?: (Named & { amount: number })[];
  sources?: Named[];
}

export interface Change {
  id: Id;
  title?: string;
  /** As it is now. */
  start?: string;
  end?: string;
  from: SessionValues;
  to: SessionValues;
  clashes: Clash[];
}

/** A session that stays as it is. */
export interface Stay {
  id: Id;
  title?: string;
  start: string;
  end: string;
}

/** What a command would do to sessions that exist, before it is done. */
export interface Difference {
  number: number;
  /** The later half becomes a series of its own. */
  splits?: boolean;
  /** Persons who get a notice. */
  tells?: number;
  changes: Change[];
  keeps: Stay[];
  past: Stay[];
  left?: Left[];
}

/** A session that was meant and is not touched. */
export interface Left extends Stay {
  why: 'clash' | 'denied' | 'session-state';
  clashes: Clash[];
}

/** All sessions of some days, both within, of a unit and what lies below it, a site or a resource. */
export interface ChangeMany {
  unitId?: Id;
  siteId?: Id;
  resourceId?: Id;
  from: string;
  until: string;
  action: 'move' | 'cancel';
  /** The first day becomes this one. */
  toDay?: string;
  /** Later by so many, or earlier. */
  minutes?: number;
  reason?: string;
  /** All or none of them, or those that fit. */
  those: 'all' | 'fitting';
  /** Refused where one of them changed since that difference. */
  ifNumber?: number;
}

export interface ChangedMany {
  number: number;
  changed: Id[];
  left: Left[];
}

/** What a booking would take, and when it could be; both days are within. */
export interface FindTime extends Pick<
  Booking,
  'kind' | 'minutes' | 'rooms' | 'trainers' | 'mainSite' | 'sites' | 'equipment' | 'sources'
> {
  from: string;
  to: string;
  hoursFrom: string;
  hoursTo: string;
  weekdays?: string[];
  most: number;
}

export interface Slot {
  start: string;
  end: string;
  kind: 'free' | 'fewer-sites' | 'displacing';
  /** How many can take part. */
  sites: number;
  missing: Named[];
  displaces: ClashWith[];
}

export interface Resource extends Named {
  kind: string;
}

/** What is in the way where nothing is free. */
export interface Blocker {
  resource: Resource;
  /** The first time there would be without it. */
  without?: { start: string; end: string };
  freeFrom?: string;
  parts: { part: 'morning' | 'afternoon'; days: number; fullDays: number; fullUntil?: string }[];
  with: ClashWith[];
}

export interface FoundTimes {
  slots: Slot[];
  blockers: Blocker[];
  without?: { start: string; end: string; resources: Resource[] };
  complete: boolean;
}

export interface Site extends Named {
  short?: string;
  unitId?: Id;
  seats?: number;
  roomId?: Id;
}

export interface Room extends Named {
  unitId?: Id;
  seats?: number;
}

export interface Source extends Named {
  roomId?: Id;
  kind?: string;
}

export interface Places {
  sites: Site[];
  rooms: Room[];
  equipment: (Named & { capacity: number })[];
  sources: Source[];
  trainers: (Named & { unitId?: Id })[];
}

export interface Unit extends Named {
  code?: string;
  type?: string;
  parentId?: Id;
}

export interface Busy {
  resourceId: Id;
  start: string;
  end: string;
  amount?: number;
  sessionId?: Id;
  title?: string;
}

export interface Series {
  id: Id;
  title: string;
  kind: Kind;
  unit?: Named;
  organiser?: Named;
  count: number;
  next?: string;
}

export interface Track {
  name: string;
  title?: string;
  live?: string;
  full?: string;
  file?: { url: string; bytes: number; durationMs: number; sha256?: string };
  chapters?: { atMs: number; title: string }[];
}

export interface WatchAnswer {
  session: Session;
  live: boolean;
  tracks: Track[];
  progressPermille?: number;
  note?: string;
}

export type FeedScope = 'person' | 'unit' | 'site' | 'series';

export interface Subscription {
  id: Id;
  scope: FeedScope;
  scopeId: Id;
  name: string;
  address: string;
  webcal: string;
  landing: string;
}

export interface Landing {
  name: string;
  address: string;
  webcal: string;
}

export interface Person {
  id: Id;
  login?: string;
  name: string;
  unit?: Named;
  phone?: string;
  email?: string;
  roles: Grant[];
  closed?: boolean;
}

export interface NewPerson {
  login: string;
  name: string;
  unitId?: Id;
  phone?: string;
  email?: string;
  teaches?: boolean;
  grants: Grant[];
}

export interface List<T> {
  items: T[];
  number?: number;
  next?: string;
}

export type Lead = 'day-before' | 'hour-before';

/** A rehearsal that is asked for: by its lead, with all sites. */
export interface Rehearsal {
  lead: Lead;
  minutes?: number;
  /** It keeps its time where the session moves. */
  stays?: boolean;
}

export type CheckAnswer = 'unknown' | 'yes' | 'no';
export type CheckQuestion = 'technician' | 'picture' | 'sound' | 'line' | 'signature';
export type BoardStage = 'later' | 'day' | 'hour' | 'now' | 'running';

/** What is reported about a site; what is not named stays. */
export interface SiteCheck {
  onPost?: CheckAnswer;
  picture?: CheckAnswer;
  sound?: CheckAnswer;
  technician?: string;
  phone?: string;
  note?: string;
  /** -1 forgets what was measured. */
  lineKbps?: number;
  /** -1: none. */
  substituteId?: Id;
  signedOff?: 'yes' | 'no';
}

export interface BoardSite extends Named {
  main: boolean;
  /** What its stream takes. */
  kbps: number;
  unit?: Named;
  contact?: Named & { phone?: string };
  replaces?: Named;
  onPost: CheckAnswer;
  technician?: string;
  phone?: string;
  picture: CheckAnswer;
  sound: CheckAnswer;
  lineKbps?: number;
  signedBy?: Named;
  signedAt?: string;
  substitute?: Named;
  note?: string;
  changed?: string;
  /** Those that are open. */
  questions: CheckQuestion[];
  /** One may report it. */
  may: boolean;
}

export interface Board {
  session: { id: Id; title: string; start: string; end: string; zone: string; state: SessionState };
  stage: BoardStage;
  number: number;
  may: string[];
  sites: BoardSite[];
}

export interface OpenSession {
  id: Id;
  title: string;
  kind: Kind;
  start: string;
  end: string;
  zone: string;
  state: SessionState;
  unit?: Named;
  stage: BoardStage;
  nSites: number;
  nReady: number;
  /** How many sites have each of them open. */
  questions: Record<CheckQuestion, number>;
  open: (Named & { questions: CheckQuestion[] })[];
}
