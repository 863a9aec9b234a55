// SPDX-License-Identifier: MIT
// Serves the finished application with made answers, under the headers of the real service: so the
// pages are tested alone, with every state at hand. Listens on loopback, on a port of the kernel's choice.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import * as answers from './answers.mjs';
import { answerCheck, listOpen, makeBoard } from './boards.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.ts': 'video/mp2t',
  '.mp4': 'video/mp4',
};
const POLICY =
  "default-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
const SEGMENT_SECONDS = 2;
const SEGMENTS = 30;
const WINDOW = 6;

/** A minute of a moving picture as segments and as one file. */
export function makeFilm(folder) {
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=320x180:rate=10:duration=${SEGMENTS * SEGMENT_SECONDS}`,
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=330:duration=${SEGMENTS * SEGMENT_SECONDS}`,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '20',
    '-keyint_min',
    '20',
    '-sc_threshold',
    '0',
    '-c:a',
    'aac',
    '-b:a',
    '32k',
    '-hls_time',
    String(SEGMENT_SECONDS),
    '-hls_list_size',
    '0',
    '-hls_segment_filename',
    path.join(folder, 'seg%06d.ts'),
    path.join(folder, 'made.m3u8'),
  ]);
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-i',
    path.join(folder, 'made.m3u8'),
    '-c',
    'copy',
    '-movflags',
    '+faststart',
    path.join(folder, 'recording.mp4'),
  ]);
}

export class Service {
  constructor(folder, film) {
    this.folder = folder;
    this.film = film;
    this.started = Date.now();
    this.signedIn = true;
    this.me = { ...answers.me };
    /** One-shot answers, by "METHOD /path": { status, body } or 'drop'. */
    this.next = new Map();
    this.requests = [];
    this.board = makeBoard();
    this.listeners = new Set();
    this.server = http.createServer((request, response) => void this.handle(request, response));
  }

  async listen() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.address = `http://127.0.0.1:${this.server.address().port}`;
  }

  close() {
    this.listeners.forEach((response) => response.destroy());
    this.server.closeAllConnections?.();
    this.server.close();
  }

  now() {
    return answers.NOW_MS + (Date.now() - this.started);
  }

  tell(event, data) {
    this.listeners.forEach((response) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }

  /** Somebody else says something of a site. */
  report(site, said) {
    this.board = answerCheck(this.board, site, said);
  }

  json(response, status, body) {
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { 'content-type': type, 'x-now': String(this.now()) });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  async handle(request, response) {
    const url = new URL(request.url, this.address);
    const body = await readBody(request);
    this.requests.push({ method: request.method, path: url.pathname, body, headers: request.headers });
    const planned = this.next.get(`${request.method} ${url.pathname}`);
    if (planned) {
      this.next.delete(`${request.method} ${url.pathname}`);
      return planned === 'drop' ? request.socket.destroy() : this.json(response, planned.status, planned.body);
    }
    if (url.pathname.startsWith('/media/')) {
      return this.sendMedia(request, response, path.basename(url.pathname));
    }
    if (url.pathname === '/api/v1/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': open\n\n');
      this.listeners.add(response);
      return response.on('close', () => this.listeners.delete(response));
    }
    return url.pathname.startsWith('/api/')
      ? this.answer(request.method, url, body, response)
      : this.sendFile(url, response);
  }

  answer(method, url, body, response) {
    const found = ROUTES.find(([verb, pattern]) => verb === method && pattern.test(url.pathname));
    const isOpen = /sign-in|landing/.test(url.pathname);
    if (!this.signedIn && !isOpen) {
      return this.json(response, 401, {
        code: 'sign-in',
        status: 401,
        title: 'Unauthenticated',
        detail: 'sign in first',
      });
    }
    if (!found) {
      return this.json(response, 404, {
        code: 'no-such-address',
        status: 404,
        title: 'Not found',
        detail: 'nothing here',
      });
    }
    const [status, data] = found[2]({ service: this, body, url, id: Number(found[1].exec(url.pathname)[1]) });
    return this.json(response, status, data);
  }

  sendFile(url, response) {
    const file = path.join(this.folder, url.pathname);
    const isFile = fs.existsSync(file) && fs.statSync(file).isFile();
    const name = isFile ? file : path.join(this.folder, 'index.html');
    let octets = fs.readFileSync(name);
    if (!isFile) {
      const boot = { now: this.now(), local: answers.LOCAL, me: this.signedIn ? this.me : null };
      octets = octets.toString().replace('<!--boot-->', JSON.stringify(boot).replaceAll('<', '\\u003c'));
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(name)],
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    });
    response.end(octets);
  }

  /** The playlists grow with the clock, as those of a recorder do. */
  sendMedia(request, response, name) {
    if (name.endsWith('.m3u8')) {
      const last =
        name === 'written.m3u8' ? SEGMENTS : Math.min(SEGMENTS, 12 + Math.floor((Date.now() - this.started) / 2000));
      const first = name === 'live.m3u8' ? Math.max(0, last - WINDOW) : 0;
      const lines = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:4', `#EXT-X-MEDIA-SEQUENCE:${first}`];
      for (let index = first; index < last; index++) {
        lines.push(`#EXTINF:${SEGMENT_SECONDS}.000,`, `seg${String(index).padStart(6, '0')}.ts`);
      }
      if (name === 'written.m3u8') {
        lines.push('#EXT-X-ENDLIST');
      }
      response.writeHead(200, { 'content-type': TYPES['.m3u8'], 'cache-control': 'no-store' });
      return response.end(`${lines.join('\n')}\n`);
    }
    const file = path.join(this.film, name);
    if (!fs.existsSync(file)) {
      return this.json(response, 404, { code: 'no-such-file', status: 404, title: 'Not found' });
    }
    return sendRange(request, response, fs.readFileSync(file), TYPES[path.extname(name)]);
  }
}

function sendRange(request, response, octets, type) {
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  if (!range) {
    response.writeHead(200, { 'content-type': type, 'accept-ranges': 'bytes', 'content-length': octets.length });
    return response.end(octets);
  }
  const from = Number(range[1]);
  const to = range[2] ? Math.min(Number(range[2]), octets.length - 1) : octets.length - 1;
  response.writeHead(206, {
    'content-type': type,
    'accept-ranges': 'bytes',
    'content-length': to - from + 1,
    'content-range': `bytes ${from}-${to}/${octets.length}`,
  });
  return response.end(octets.subarray(from, to + 1));
}

async function readBody(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString();
  return text ? JSON.parse(text) : undefined;
}

const clash = (body) => ({
  code: 'clash',
  status: 409,
  title: 'Conflict',
  detail: 'resource 101 is taken',
  args: {},
  preview: answers.preview(body),
});

function watch(id) {
  const session = answers.sessions.find((one) => one.id === id);
  const base = `/media/${id}/main`;
  const isLive = session.state === 'running';
  const track = { name: 'main', title: 'Giảng viên', chapters: [] };
  if (isLive) {
    Object.assign(track, { live: `${base}/live.m3u8`, full: `${base}/full.m3u8` });
  }
  if (session.job?.state === 'finalising') {
    track.full = `${base}/written.m3u8`;
  }
  if (['done', 'incomplete'].includes(session.job?.state)) {
    track.file = { url: `${base}/recording.mp4`, bytes: 1_240_000_000, durationMs: 60_000, sha256: '00' };
    track.chapters = [
      { atMs: 0, title: 'Mở đầu' },
      { atMs: 20_000, title: 'Mất nguồn 12 giây' },
      { atMs: 40_000, title: 'Thảo luận' },
    ];
  }
  return {
    session,
    live: isLive,
    tracks: session.state === 'scheduled' ? [] : [track],
    progressPermille: session.job?.permille,
    note: session.job?.note,
  };
}

/** As the service does: the main site is none of the others. */
const namesTwice = ({ mainSite, sites }) => sites.some((site) => site.id === mainSite);
const twice = { code: 'named-twice', status: 422, title: 'Unprocessable', detail: 'a site is named twice' };
const TAKEN = { rooms: [101], sites: [], minutes: 60 };
const one = (id) => [...answers.sessions, answers.asked].find((session) => session.id === id);
const missing = [404, { code: 'not-found', status: 404, title: 'Not found', detail: 'there is no such session' }];

const ROUTES = [
  [
    'POST',
    /^\/api\/v1\/sign-in$/,
    ({ service, body }) => {
      if (body.password !== 'dung-mat-khau') {
        return [401, { code: 'wrong-password', status: 401, title: 'Unauthenticated', detail: 'wrong' }];
      }
      service.signedIn = true;
      return [200, service.me];
    },
  ],
  [
    'POST',
    /^\/api\/v1\/sign-out$/,
    ({ service }) => {
      service.signedIn = false;
      return [204];
    },
  ],
  ['GET', /^\/api\/v1\/me$/, ({ service }) => [200, service.me]],
  [
    'POST',
    /^\/api\/v1\/me\/password$/,
    ({ service }) => {
      service.me.mustChangePassword = false;
      return [204];
    },
  ],
  [
    'GET',
    /^\/api\/v1\/agenda$/,
    ({ url }) => {
      const [from, to] = [url.searchParams.get('from'), url.searchParams.get('to')];
      return [
        200,
        {
          items: answers.sessions.filter((s) => s.start.slice(0, 10) >= from && s.start.slice(0, 10) <= to),
          number: 12,
        },
      ];
    },
  ],
  [
    'GET',
    /^\/api\/v1\/profiles$/,
    () => [
      200,
      {
        items: [
          { profile: 'full', kbps: 2000 },
          { profile: 'audio', kbps: 64 },
          { profile: 'record-later', kbps: 0 },
        ],
      },
    ],
  ],
  ['GET', /^\/api\/v1\/places$/, () => [200, answers.places]],
  ['GET', /^\/api\/v1\/units$/, () => [200, answers.units]],
  [
    'GET',
    /^\/api\/v1\/series$/,
    () => [200, { items: [{ id: 34, title: 'Trung cấp lý luận chính trị K12', kind: 'training', count: 10 }] }],
  ],
  ['GET', /^\/api\/v1\/busy$/, () => [200, { items: answers.busy }]],
  [
    'POST',
    /^\/api\/v1\/sessions\/preview$/,
    ({ body }) => (namesTwice(body) ? [422, twice] : [200, answers.preview(body)]),
  ],
  [
    'POST',
    /^\/api\/v1\/sessions$/,
    ({ body }) => {
      const bad = answers.preview(body).occurrences.some((occurrence) => occurrence.clashes.length > 0);
      return bad && !body.displaces && !body.compete
        ? [409, clash(body)]
        : [201, { seriesId: 99, sessions: answers.booked(body), number: 13 }];
    },
  ],
  ['POST', /^\/api\/v1\/find-time$/, ({ body }) => [200, answers.findTime(body)]],
  ['GET', /^\/api\/v1\/sessions\/(\d+)\/watch$/, ({ id }) => (one(id) ? [200, watch(id)] : missing)],
  ['GET', /^\/api\/v1\/sessions\/(\d+)$/, ({ id }) => (one(id) ? [200, one(id)] : missing)],
  [
    'POST',
    /^\/api\/v1\/sessions\/(\d+)\/move\/preview$/,
    ({ id, body }) => [200, answers.moveDifference(one(id), body)],
  ],
  [
    'POST',
    /^\/api\/v1\/sessions\/(\d+)\/edit\/preview$/,
    ({ id, body }) => [200, answers.editDifference(one(id), body)],
  ],
  [
    'POST',
    /^\/api\/v1\/sessions\/(\d+)\/cancel\/preview$/,
    ({ id, body }) => [200, answers.cancelDifference(one(id), body)],
  ],
  [
    'POST',
    /^\/api\/v1\/sessions\/(\d+)\/edit$/,
    ({ id, body }) => [200, { ...one(id), title: body.title ?? one(id).title }],
  ],
  ['GET', /^\/api\/v1\/approvals$/, () => [200, { items: answers.approvals() }]],
  [
    'POST',
    /^\/api\/v1\/sessions\/(\d+)\/approve$/,
    ({ id, body }) => {
      const preview = { ...answers.preview(TAKEN), displaces: answers.displaces };
      return body.only && !body.displaces ? [409, { ...clash(TAKEN), preview }] : [200, one(id)];
    },
  ],
  ['POST', /^\/api\/v1\/sessions\/(\d+)\/(?:refuse|document|hold)$/, ({ id }) => [200, one(id)]],
  ['POST', /^\/api\/v1\/sessions\/change-many\/preview$/, ({ body }) => [200, answers.manyDifference(body)]],
  [
    'POST',
    /^\/api\/v1\/sessions\/change-many$/,
    ({ body }) => {
      const { changes, left } = answers.manyDifference(body);
      return [200, { number: 15, changed: changes.map((change) => change.id), left }];
    },
  ],
  ['POST', /^\/api\/v1\/undo$/, ({ body }) => [200, { number: 14, undone: body.number, sessions: [] }]],
  ['POST', /^\/api\/v1\/sessions\/(\d+)\/(?:stop|start|extend|move)$/, ({ id }) => [200, one(id)]],
  [
    'POST',
    /^\/api\/v1\/sessions\/(\d+)\/cancel$/,
    ({ id, body }) => [200, { ...one(id), state: 'cancelled', reason: body.reason, may: [] }],
  ],
  ['POST', /^\/api\/v1\/sessions\/(\d+)\/rehearsals$/, ({ id }) => [201, { ...one(id), id: 97, title: `Tổng duyệt: ${one(id).title}` }]],
  ['POST', /^\/api\/v1\/sessions\/(\d+)\/run-on$/, ({ id, body }) => [200, { ...one(id), runOn: { on: body.on, extended: 0, most: 4 } }]],
  ['GET', /^\/api\/v1\/readiness$/, ({ service }) => [200, listOpen(service.board)]],
  ['GET', /^\/api\/v1\/sessions\/\d+\/readiness$/, ({ service }) => [200, service.board]],
  [
    'PUT',
    /^\/api\/v1\/sessions\/\d+\/readiness\/(\d+)$/,
    ({ service, id, body }) => {
      service.report(id, body);
      return [200, service.board];
    },
  ],
  ['GET', /^\/api\/v1\/subscriptions$/, () => [200, { items: answers.subscriptions }]],
  ['POST', /^\/api\/v1\/subscriptions/, () => [201, answers.subscriptions[0]]],
  [
    'GET',
    /^\/api\/v1\/landing\//,
    () => [
      200,
      {
        name: answers.subscriptions[0].name,
        address: answers.subscriptions[0].address,
        webcal: answers.subscriptions[0].webcal,
      },
    ],
  ],
  ['GET', /^\/api\/v1\/people$/, () => [200, { items: answers.people }]],
  [
    'POST',
    /^\/api\/v1\/people$/,
    ({ body }) => [201, { person: { id: 11, ...body, roles: body.grants }, password: 'lua-gach-cham-27' }],
  ],
  ['POST', /^\/api\/v1\/people\/(\d+)\/password$/, () => [200, { password: 'cham-lua-gach-31' }]],
];
