// SPDX-License-Identifier: MIT
// A conference whose sites are being asked whether they are ready: what the service says of it, and
// what it makes of an answer.
import { asked } from './answers.mjs';

const NAMES = ['UBND tỉnh', 'huyện Phú Vang', 'huyện A Lưới', 'xã Hồng Thủy', 'xã Quảng Thái', 'xã Lâm Đớt'];
const QUESTIONS = ['technician', 'picture', 'sound', 'line', 'signature'];

function makeSite(name, index) {
  return {
    id: 201 + index,
    name: `Điểm cầu ${name}`,
    main: index === 0,
    kbps: index === 0 ? 0 : 2000,
    unit: { id: 10 + index, name },
    contact: { id: 50 + index, name: `Nguyễn Văn ${'An Bình Cường Dũng Em Phúc'.split(' ')[index]}`, phone: `0234 3822 10${index}` },
    onPost: 'unknown',
    picture: 'unknown',
    sound: 'unknown',
    may: true,
  };
}

export const BOARD = asked.id;

/** As it was in the beginning. */
export function makeBoard() {
  const sites = NAMES.map(makeSite);
  const signed = { signedBy: { id: 7, name: 'Nguyễn Thị Hạnh' }, signedAt: '2026-11-25T09:02:00+07:00' };
  Object.assign(sites[0], { onPost: 'yes', picture: 'yes', sound: 'yes', ...signed });
  Object.assign(sites[1], { onPost: 'yes', picture: 'yes', sound: 'no', lineKbps: 1850, technician: 'Trần Văn Tùng', phone: '0905 000 111' });
  Object.assign(sites[2], { onPost: 'yes', picture: 'no', note: 'Mất điện từ 08:40, đang chạy máy nổ.', substitute: { id: 231, name: 'Điểm cầu xã Sơn Thủy' } });
  Object.assign(sites[3], { onPost: 'yes', picture: 'yes', sound: 'yes', lineKbps: 2400, ...signed });
  Object.assign(sites[4], { replaces: { id: 230, name: 'Điểm cầu xã Quảng Lợi' } });
  Object.assign(sites[5], { may: false, contact: undefined });
  return {
    session: {
      id: BOARD,
      title: asked.title,
      start: asked.start,
      end: asked.end,
      zone: asked.zone,
      state: asked.state,
    },
    stage: 'hour',
    number: 12,
    may: ['substitute'],
    sites: sites.map(ask),
  };
}

/** Which questions are open. */
function ask(site) {
  const open = {
    technician: site.onPost !== 'yes',
    picture: site.picture !== 'yes',
    sound: site.sound !== 'yes',
    line: (site.lineKbps ?? 0) < site.kbps,
    signature: true,
  };
  return { ...site, questions: site.signedBy ? [] : QUESTIONS.filter((question) => open[question]) };
}

/** What is said of a site, as the service takes it. */
export function answerCheck(board, siteId, said) {
  const { signedOff, lineKbps, substituteId, ...plain } = said;
  const sites = board.sites.map((site) => {
    if (site.id !== siteId) {
      return site;
    }
    const next = { ...site, ...plain };
    if (lineKbps) {
      next.lineKbps = lineKbps < 0 ? undefined : lineKbps;
    }
    if (substituteId) {
      next.substitute = substituteId < 0 ? undefined : { id: substituteId, name: 'Điểm cầu dự phòng' };
    }
    if (signedOff) {
      next.signedBy = signedOff === 'yes' ? { id: 7, name: 'Nguyễn Thị Hạnh' } : undefined;
      next.signedAt = '2026-11-25T09:10:00+07:00';
    }
    return ask(next);
  });
  return { ...board, sites };
}

export function listOpen(board) {
  const of = (stage, day, from, to, id, title) => {
    const open = board.sites.filter((site) => site.questions.length > 0);
    return {
      id,
      title,
      kind: 'conference',
      start: `2026-11-${day}T${from}:00+07:00`,
      end: `2026-11-${day}T${to}:00+07:00`,
      zone: 'Asia/Ho_Chi_Minh',
      state: 'scheduled',
      unit: { id: 3, name: 'Văn phòng UBND tỉnh' },
      stage,
      nSites: board.sites.length,
      nReady: board.sites.length - open.length,
      questions: Object.fromEntries(
        QUESTIONS.map((question) => [question, open.filter((site) => site.questions.includes(question)).length]),
      ),
      open: open.map(({ id: site, name, questions }) => ({ id: site, name, questions })),
    };
  };
  return {
    items: [
      of('hour', '25', '10:00', '11:30', BOARD, board.session.title),
      of('day', '26', '08:00', '10:00', 92, 'Giao ban công tác chuyển đổi số cấp xã'),
      of('later', '28', '14:00', '16:30', 93, 'Tập huấn phần mềm một cửa cho 40 xã, phường'),
    ],
  };
}
