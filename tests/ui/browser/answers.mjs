// SPDX-License-Identifier: MIT
// What the service would say on a Wednesday morning, for the test of the pages alone.
const ZONE = 'Asia/Ho_Chi_Minh';
export const LOCAL = '2026-11-25T09:10:00+07:00';
export const NOW_MS = Date.parse(LOCAL);

const at = (day, time) => `2026-11-${day}T${time}:00+07:00`;

export const me = {
  id: 7,
  name: 'Nguyễn Thị Hạnh',
  unit: { id: 2, name: 'Trường Chính trị Nguyễn Chí Thanh' },
  roles: [{ role: 'admin', unitId: 1 }],
  mustChangePassword: false,
  csrf: 'c5rf',
  may: ['book', 'operate', 'people', 'places', 'log', 'undo'],
};

const rooms = [
  { id: 101, name: 'Hội trường A', unitId: 2, seats: 220 },
  { id: 102, name: 'Phòng học B2', unitId: 2, seats: 60 },
  { id: 103, name: 'Phòng họp trực tuyến 1', unitId: 3, seats: 24 },
  { id: 104, name: 'Phòng họp UBND huyện Phú Vang', unitId: 4, seats: 40 },
  { id: 105, name: 'Phòng họp UBND huyện A Lưới', unitId: 5, seats: 45 },
  { id: 106, name: 'Phòng họp UBND xã Hồng Thủy', unitId: 6, seats: 30 },
];
const sites = [
  { id: 201, name: 'Điểm cầu Trường Chính trị', short: 'Trường Chính trị', unitId: 2, seats: 220, roomId: 101 },
  { id: 202, name: 'Điểm cầu huyện Phú Vang', short: 'Phú Vang', unitId: 4, seats: 40, roomId: 104 },
  { id: 203, name: 'Điểm cầu huyện A Lưới', short: 'A Lưới', unitId: 5, seats: 45, roomId: 105 },
  ...Array.from({ length: 14 }, (_, index) => ({
    id: 210 + index,
    name: `Điểm cầu xã Hồng ${'Thủy Vân Trung Bắc Hạ Kim Quảng Thái Thượng Sơn Phong Lâm Nhâm Nguyên'.split(' ')[index]}`,
    unitId: 6,
    seats: 30,
    roomId: 106,
  })),
];

export const places = {
  rooms,
  sites,
  equipment: [{ id: 301, name: 'Máy tính xách tay', capacity: 30 }],
  sources: [
    { id: 401, name: 'Camera Hội trường A', roomId: 101, kind: 'rtsp' },
    { id: 402, name: 'Camera phòng B2', roomId: 102, kind: 'rtsp' },
  ],
  trainers: [
    { id: 501, name: 'TS. Nguyễn Thị Hạnh', unitId: 2 },
    { id: 502, name: 'ThS. Võ Hoàng Long', unitId: 2 },
    { id: 503, name: 'ThS. Đặng Thị Mai', unitId: 2 },
  ],
};

export const units = {
  items: [
    { id: 1, code: '46', name: 'Tỉnh Thừa Thiên Huế', type: 'province' },
    { id: 2, code: '46-TCT', name: 'Trường Chính trị Nguyễn Chí Thanh', type: 'department', parentId: 1 },
    { id: 3, code: '46-VP', name: 'Văn phòng UBND tỉnh', type: 'department', parentId: 1 },
    { id: 4, code: '478', name: 'Huyện Phú Vang', type: 'district', parentId: 1 },
    { id: 5, code: '481', name: 'Huyện A Lưới', type: 'district', parentId: 1 },
  ],
};

let number = 30;

function session(day, from, to, title, state, more = {}) {
  number += 1;
  return {
    id: number,
    seriesId: number,
    kind: 'training',
    title,
    start: at(day, from),
    end: at(day, to),
    zone: ZONE,
    state,
    sequence: 0,
    unit: units.items[1],
    organiser: { id: 8, name: 'Phạm Thu Hà', phone: '0234 3822 173' },
    rooms: [rooms[0]],
    trainers: [places.trainers[0]],
    sites: [],
    may: ['cancel', 'move'],
    audience: 'everybody',
    etag: '"4"',
    ...more,
  };
}

const job = (state, more = {}) => ({ state, writing: state === 'recording', permille: 0, bytes: 0, ...more });

export const sessions = [
  session('23', '07:30', '11:00', 'Trung cấp lý luận chính trị K12: Triết học, bài 3', 'ended', {
    job: job('done', { bytes: 1_240_000_000 }),
  }),
  session('24', '14:00', '16:00', 'Hội nghị sơ kết công tác chuyển đổi số', 'ended', {
    kind: 'conference',
    job: job('incomplete', { missingMs: 42_000, note: 'Mất nguồn từ 14:20 đến 14:21.' }),
  }),
  session('25', '07:00', '08:45', 'Giao ban trực tuyến đầu ngày', 'ended', {
    kind: 'conference',
    rooms: [rooms[2]],
    job: job('finalising', { permille: 430 }),
  }),
  session('25', '07:30', '11:00', 'Trung cấp lý luận chính trị K12: Kinh tế chính trị, bài 4', 'running', {
    job: job('recording', { bytes: 900_000_000, durationMs: 6_000_000 }),
    rule: 'FREQ=WEEKLY;COUNT=10',
    sites: [
      { id: 201, name: 'Điểm cầu Trường Chính trị', main: true, kbps: 2000 },
      { id: 202, name: 'Điểm cầu huyện Phú Vang', main: false, kbps: 1000 },
      { id: 203, name: 'Điểm cầu huyện A Lưới', main: false, kbps: 1000 },
      { id: 210, name: 'Điểm cầu xã Hồng Thủy', main: false, kbps: 500 },
    ],
    may: ['extend', 'stop'],
    description: 'Học viên chuẩn bị câu hỏi thảo luận chương II.',
  }),
  session('25', '09:45', '11:15', 'Kỹ năng tiếp công dân và giải quyết khiếu nại', 'scheduled', {
    rooms: [rooms[1]],
    trainers: [places.trainers[1]],
    job: job('planned'),
    may: ['cancel', 'move', 'start'],
  }),
  session('25', '14:00', '16:00', 'Họp trực tuyến về chuyển đổi số cấp xã', 'cancelled', {
    kind: 'conference',
    rooms: [rooms[2]],
    reason: 'Trùng lịch tiếp đoàn công tác của Bộ',
    may: [],
  }),
  session('26', '07:30', '11:00', 'Bồi dưỡng đối tượng kết nạp Đảng, lớp 5', 'scheduled', {
    trainers: [places.trainers[2]],
    job: job('planned'),
  }),
  session('26', '14:00', '16:00', 'Tin học văn phòng hằng tuần', 'scheduled', {
    rooms: [rooms[1]],
    rule: 'FREQ=WEEKLY;COUNT=5',
    may: ['cancel', 'edit', 'move'],
  }),
  session('27', '08:00', '10:00', 'Hội nghị toàn tỉnh về an toàn thông tin', 'held', {
    kind: 'conference',
    rank: 'province',
    waiting: true,
    awaitsDocument: true,
    holdUntil: at('26', '17:00'),
    may: ['approve', 'refuse', 'document', 'move', 'cancel'],
  }),
  session('27', '14:00', '15:00', 'Họp tổ dân phố', 'scheduled', { clashing: true }),
];

/** In no calendar here: the one whose sites are asked. */
export const asked = {
  ...session('25', '10:00', '11:30', 'Hội nghị trực tuyến về phòng chống bão số 13', 'scheduled', {
    kind: 'conference',
    rooms: [],
    trainers: [],
    sites: sites.slice(0, 3).map(({ id, name }) => ({ id, name, main: id === 201, kbps: 2000 })),
    rehearsals: [
      { id: 98, start: at('24', '10:00'), end: at('24', '10:30'), state: 'ended', stays: false },
      { id: 99, start: at('25', '08:00'), end: at('25', '08:30'), state: 'scheduled', stays: true },
    ],
    runOn: { on: false, extended: 0, most: 4 },
    may: ['cancel', 'edit', 'move', 'rehearse', 'run-on', 'substitute', 'readiness'],
  }),
  id: 91,
};

export const byTitle = (part) => sessions.find((one) => one.title.includes(part));

export const busy = [
  ...sessions
    .filter((one) => one.state !== 'cancelled')
    .flatMap((one) =>
      one.rooms.map((room) => ({
        resourceId: room.id,
        start: one.start,
        end: one.end,
        sessionId: one.id,
        title: one.title,
      })),
    ),
  { resourceId: 104, start: at('25', '08:00'), end: at('25', '10:30'), amount: 1 },
];

export const subscriptions = [
  {
    id: 1,
    scope: 'unit',
    scopeId: 2,
    name: 'Trường Chính trị Nguyễn Chí Thanh',
    address: 'http://127.0.0.1/calendar/1.1.AbCdEfGhIjKlMnOpQrStUv.ics',
    webcal: 'webcal://127.0.0.1/calendar/1.1.AbCdEfGhIjKlMnOpQrStUv.ics',
    landing: '/theo-doi/1.1.AbCdEfGhIjKlMnOpQrStUv',
  },
];

export const people = [
  { id: 7, login: 'hanh', name: me.name, unit: me.unit, phone: '0234 3822 100', roles: me.roles },
  { id: 8, login: 'ha', name: 'Phạm Thu Hà', unit: me.unit, roles: [{ role: 'operator', unitId: 2 }] },
  {
    id: 9,
    login: 'long',
    name: 'Võ Hoàng Long',
    unit: me.unit,
    roles: [
      { role: 'trainer', unitId: 2 },
      { role: 'cadre', unitId: 4 },
    ],
  },
  { id: 10, login: 'cu', name: 'Lê Văn Cũ', unit: units.items[3], roles: [], closed: true },
];

/** What is in the way of a booking in the rooms of that day, and something free instead. */
export function preview(booking) {
  const start = booking.start ?? LOCAL.slice(0, 16);
  const count = Number(/COUNT=(\d+)/.exec(booking.rule ?? 'COUNT=1')[1]);
  const first = Date.parse(`${start}:00Z`);
  const occurrences = Array.from({ length: count }, (_, index) => {
    const text = (ms) => `${new Date(ms).toISOString().slice(0, 19)}+07:00`;
    const from = first + index * 7 * 86_400_000;
    return { start: text(from), end: text(from + booking.minutes * 60_000), clashes: [] };
  }).filter((one) => !booking.skip?.includes(one.start.slice(0, 10)));
  for (const one of occurrences) {
    for (const id of booking.rooms) {
      const inTheWay = busy.filter(
        (entry) => entry.resourceId === id && entry.start < one.end && one.start < entry.end,
      );
      if (inTheWay.length > 0) {
        one.clashes.push({
          resource: { id, kind: 'room', name: rooms.find((room) => room.id === id).name },
          start: inTheWay[0].start,
          end: inTheWay[0].end,
          capacity: 1,
          free: 0,
          wanted: 1,
          why: 'taken',
          with: inTheWay.map((entry) => ({
            ...entry,
            ...(entry.title ? { by: 'Phạm Thu Hà', phone: '0234 3822 173' } : {}),
            amount: 1,
          })),
        });
      }
    }
  }
  const bad = occurrences.find((one) => one.clashes.length > 0);
  const later = bad && `${bad.start.slice(0, 11)}13:30:00+07:00`;
  return {
    number: 12,
    occurrences,
    displaces: bad && booking.rank === 'province' ? displaces : [],
    alternatives: bad
      ? [
          {
            kind: 'time',
            start: later,
            end: `${bad.start.slice(0, 11)}${endOf(13 * 60 + 30, booking.minutes)}:00+07:00`,
          },
          { kind: 'room', room: { id: 103, name: 'Phòng họp trực tuyến 1' }, insteadOf: bad.clashes[0].resource.id },
          ...(booking.sites.length === 1 ? ['audio', 'record-later'].map(offer) : []),
        ]
      : [],
  };
}

const offer = (profile) => ({
  kind: profile === 'audio' ? 'profile' : 'record-later',
  sites: [{ id: 203, name: 'Điểm cầu huyện A Lưới', profile, kbps: 64 }],
});

function endOf(start, minutes) {
  const end = start + minutes;
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}

export function booked(booking) {
  return preview(booking).occurrences.map((one) =>
    session('25', '07:00', '08:00', booking.title, 'scheduled', {
      start: one.start,
      end: one.end,
      rooms: rooms.filter((room) => booking.rooms.includes(room.id)),
      trainers: [],
    }),
  );
}

export const approvals = () => [
  {
    session: byTitle('an toàn thông tin'),
    count: 3,
    competing: [
      {
        start: at('27', '08:30'),
        end: at('27', '11:00'),
        sessionId: 77,
        title: 'Đối thoại thanh niên',
        by: 'Lê Thị Hoa',
        state: 'held',
        rank: 'department',
        number: 9,
      },
      { start: at('27', '09:00'), end: at('27', '10:00') },
    ],
  },
];

/** Who gives way to a conference of the province, and where it could go. */
export const displaces = [
  {
    start: at('25', '07:30'),
    end: at('25', '11:00'),
    may: true,
    sessionId: 34,
    title: 'Trung cấp lý luận chính trị K12: Kinh tế chính trị, bài 4',
    by: 'Phạm Thu Hà',
    phone: '0234 3822 173',
    number: 4,
    to: { start: at('26', '13:30'), end: at('26', '17:00') },
  },
];

/** Of a day in a unit: one that can go, one that has begun. */
export function manyDifference(wanted) {
  const goes = byTitle('kết nạp Đảng');
  const stays = byTitle('bài 4');
  const cancels = wanted.action === 'cancel';
  return {
    number: 12,
    clashes: 0,
    splits: false,
    tells: 4,
    changes: [
      {
        id: goes.id,
        title: goes.title,
        start: goes.start,
        end: goes.end,
        what: [cancels ? 'state' : 'time'],
        from: cancels ? { state: 'scheduled' } : { start: goes.start, end: goes.end },
        to: cancels
          ? { state: 'cancelled' }
          : { start: goes.start.replace('-26T', '-28T'), end: goes.end.replace('-26T', '-28T') },
        clashes: [],
      },
    ],
    keeps: [],
    past: [],
    left: [{ id: stays.id, title: stays.title, start: stays.start, end: stays.end, why: 'session-state', clashes: [] }],
  };
}

/** Free the next day; nowhere in a room that is always taken. */
export function findTime(wanted) {
  const present = wanted.sites.length + (wanted.mainSite ? 1 : 0);
  const slot = (day, from, more) => ({
    start: at(day, from),
    end: `2026-11-${day}T${endOf(minuteOf(at(day, from)), wanted.minutes)}:00+07:00`,
    kind: 'free',
    sites: present,
    missing: [],
    displaces: [],
    ...more,
  });
  if (!wanted.rooms.includes(104)) {
    const missing = sites.filter((site) => site.id === 203).map(({ id, name }) => ({ id, name }));
    return {
      number: 12,
      zone: ZONE,
      slots: [
        slot('26', '13:30'),
        slot('27', '08:00'),
        slot('26', '08:00', { kind: 'fewer-sites', sites: present - 1, missing }),
      ],
      blockers: [],
      complete: true,
    };
  }
  const without = { start: at('26', '08:00'), end: at('26', '09:30') };
  return {
    number: 12,
    zone: ZONE,
    slots: [],
    blockers: [
      {
        resource: { id: 104, kind: 'room', name: 'Phòng họp UBND huyện Phú Vang' },
        without,
        parts: [{ part: 'morning', days: 10, fullDays: 10, fullUntil: '2026-12-08' }],
        with: [{ ...without, title: 'Kiểm phiếu', by: 'Lê Thị Hoa', phone: '0234 222' }],
      },
    ],
    complete: true,
  };
}

/** A change of a series: of the weeks to come one was changed by itself, and one is past. */
export function difference(moved, body, sides) {
  const shift = (instant, weeks) =>
    `${new Date(Date.parse(`${instant.slice(0, 16)}Z`) + weeks * 7 * 86_400_000).toISOString().slice(0, 16)}:00+07:00`;
  const weeks = body.scope === 'all' ? [0, 1, 3] : [0];
  const stay = (week) => ({
    id: 900 + week,
    title: moved.title,
    start: shift(moved.start, week),
    end: shift(moved.end, week),
  });
  return {
    number: 12,
    clashes: 0,
    splits: false,
    tells: weeks.length > 1 ? 5 : 2,
    changes: weeks.map((week) => ({
      id: moved.id + week,
      title: moved.title,
      ...sides((instant) => shift(instant, week)),
      clashes: [],
    })),
    keeps: body.scope === 'all' ? [stay(2)] : [],
    past: body.scope === 'all' ? [stay(-1)] : [],
  };
}

export function moveDifference(moved, body) {
  const start = `${body.start}:00+07:00`;
  const end = `${start.slice(0, 11)}${endOf(minuteOf(start), body.minutes)}:00+07:00`;
  return difference(moved, body, (shift) => ({
    what: ['time'],
    from: { start: shift(moved.start), end: shift(moved.end) },
    to: { start: shift(start), end: shift(end) },
  }));
}

export function editDifference(edited, body) {
  const named = (ids) => rooms.filter((room) => ids.includes(room.id));
  const to = { ...(body.title && { title: body.title }), ...(body.rooms && { rooms: named(body.rooms) }) };
  const from = Object.fromEntries(Object.keys(to).map((name) => [name, edited[name]]));
  return difference(edited, body, () => ({ what: Object.keys(to), from, to }));
}

export function cancelDifference(cancelled, body) {
  return difference(cancelled, body, (shift) => ({
    what: ['state'],
    start: shift(cancelled.start),
    from: { state: 'scheduled' },
    to: { state: 'cancelled' },
  }));
}

const minuteOf = (instant) => Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));
