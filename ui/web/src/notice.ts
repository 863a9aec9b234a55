// SPDX-License-Identifier: MIT
// A session as a message that people send on, in Zalo or by mail: plain lines, always Vietnamese
// words of the interface's language.
import { whenText } from './dates';
import { t } from './i18n';
import { placesOf } from './session';
import type { Session } from './types';

export function noticeOf(session: Session, count = 1): string {
  const lines = [
    session.state === 'cancelled' ? t('notice.cancelled', { title: session.title }) : session.title,
    t('notice.when', { when: whenText(session.start, session.end) }),
    count > 1 ? t('notice.series', { n: count }) : '',
    t('notice.where', { where: placesOf(session).join(', ') || '–' }),
    session.trainers.length > 0 ? t('notice.who', { who: session.trainers.map((one) => one.name).join(', ') }) : '',
    session.reason ? t('agenda.reason', { reason: session.reason }) : '',
    session.organiser ? t('notice.contact', { who: contactOf(session) }) : '',
    session.state === 'cancelled' ? '' : `${location.origin}/buoi/${session.id}`,
  ];
  return lines.filter(Boolean).join('\n');
}

function contactOf(session: Session): string {
  const { name, phone } = session.organiser!;
  return phone ? `${name}, ${phone}` : name;
}
