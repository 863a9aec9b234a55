// SPDX-License-Identifier: MIT
// /xem/<id>: live while it runs, with the way back to the beginning; afterwards the recording.
import { useEffect, useState } from 'preact/hooks';
import { at } from '../api';
import { clock, epochMs, lengthText, sizeText, whenText } from '../dates';
import { on } from '../events';
import { t } from '../i18n';
import { Icon } from '../icons';
import { now } from '../net';
import { type Film, Player } from '../player';
import { lookOf, placesOf } from '../session';
import type { Session, Track, WatchAnswer } from '../types';
import { useAnswer } from '../use-answer';
import { Badge, Stale } from './agenda';

const LOOK_AGAIN_MS = 5000;

export function Watch({ rest }: { rest: string }) {
  const id = Number(rest);
  const answer = useAnswer<WatchAnswer>(id > 0 ? at.watch(id) : null, ['session', 'job']);
  const [name, setName] = useState<string | null>(null);
  const { data } = answer;
  const track = data?.tracks.find((one) => one.name === name) ?? data?.tracks[0];
  const film = data && track ? filmOf(data, track) : null;
  const session = data?.session;
  const isChanging = session !== undefined && ['upcoming', 'open', 'live', 'finalising'].includes(lookOf(session));

  useEffect(() => on('job', (change) => change.sessionId === id && change.state && answer.reload()), [id]);
  useEffect(() => {
    // what comes next is told by the stream of events; this is for where that is held up
    if (!isChanging || (film && data?.live)) {
      return undefined;
    }
    const timer = setInterval(answer.reload, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isChanging, film === null, data?.live]);

  if (!data || !session) {
    return answer.problem && answer.problem.status >= 400 && answer.problem.status < 500 ? (
      <div class="gate">
        <h1>{t('session.missing')}</h1>
        <p class="soft">{t('session.missingHint')}</p>
        <a class="button primary" href="/lich">
          {t('nav.agenda')}
        </a>
      </div>
    ) : (
      <div class="page">
        <Stale answer={answer} />
        <div class="skeleton" aria-busy="true" />
      </div>
    );
  }
  return (
    <article class="page watch">
      <Stale answer={answer} />
      {data.tracks.length > 1 && (
        <div class="segments" role="group" aria-label={t('watch.tracks')}>
          {data.tracks.map((one) => (
            <button key={one.name} aria-pressed={one === track} onClick={() => setName(one.name)}>
              {one.title || one.name}
            </button>
          ))}
        </div>
      )}
      <div class={film && film.chapters.length > 0 ? 'stage with-chapters' : 'stage'}>
        {film ? <Player key={`${track!.name}-${film.file ?? 'list'}`} film={film} /> : <Waiting data={data} />}
      </div>
      <div class="watch-text">
        <p class="over">
          <Badge session={session} />
        </p>
        <h1>{session.title}</h1>
        <p class="soft">{aboutText(session)}</p>
        {film && <Progress data={data} />}
        {track?.file && <Download track={track} title={session.title} />}
        <p>
          <a href={`/buoi/${session.id}`}>{t('watch.details')}</a>
        </p>
      </div>
    </article>
  );
}

function aboutText(session: Session): string {
  const trainers = session.trainers.map((trainer) => trainer.name);
  return [whenText(session.start, session.end), trainers.join(', '), placesOf(session).join(', ')]
    .filter(Boolean)
    .join(' · ');
}

function filmOf(data: WatchAnswer, track: Track): Film | null {
  const { session } = data;
  const common = {
    title: session.title,
    chapters: track.chapters ?? [],
    elapsed: () => Math.max(0, (now() - epochMs(session.start)) / 1000),
  };
  if (data.live && (track.live || track.full)) {
    return { ...common, live: true, newest: track.live, whole: track.full, chapters: [] };
  }
  if (track.file) {
    return { ...common, live: false, file: track.file.url };
  }
  // while the file is made, the recording can be watched as it was written
  const isWritten = ['finalising', 'incomplete'].includes(lookOf(session));
  return isWritten && track.full ? { ...common, live: false, whole: track.full } : null;
}

function Waiting({ data }: { data: WatchAnswer }) {
  const { session } = data;
  const look = lookOf(session);
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    const count = () => setMinutes(Math.ceil((epochMs(session.start) - now()) / 60_000));
    count();
    const timer = setInterval(count, 10_000);
    return () => clearInterval(timer);
  }, [session.start]);
  return (
    <div class="waiting-room" role="status">
      {look === 'upcoming' || look === 'open' ? (
        <>
          <strong>{t('watch.waiting')}</strong>
          <p>{whenText(session.start, session.end)}</p>
          {minutes > 0 && <p>{t('watch.in', { time: lengthText(minutes) })}</p>}
          <p class="soft">{t('watch.waitingHint')}</p>
        </>
      ) : (
        <>
          <strong>{t(WAITING_WORDS[look] ?? 'watch.nothing')}</strong>
          <Progress data={data} />
          {session.reason && <p>{t('agenda.reason', { reason: session.reason })}</p>}
        </>
      )}
    </div>
  );
}

const WAITING_WORDS: Partial<
  Record<ReturnType<typeof lookOf>, 'watch.connecting' | 'watch.finalising' | 'watch.cancelled'>
> = {
  live: 'watch.connecting',
  finalising: 'watch.finalising',
  cancelled: 'watch.cancelled',
};

function Progress({ data }: { data: WatchAnswer }) {
  const permille = data.progressPermille ?? data.session.job?.permille ?? 0;
  if (lookOf(data.session) !== 'finalising') {
    return data.note ? <p class="notice">{data.note}</p> : null;
  }
  const percent = Math.floor(permille / 10);
  return (
    <div class="making" role="status">
      <p>{t('watch.percent', { n: percent })}</p>
      <progress value={percent} max="100" aria-label={t('look.finalising')} />
    </div>
  );
}

function Download({ track, title }: { track: Track; title: string }) {
  const file = track.file!;
  return (
    <p class="buttons">
      <a class="button" href={file.url} download={`${title}.mp4`}>
        <Icon name="download" /> {t('watch.download')} <small>{sizeText(file.bytes)}</small>
      </a>
      <span class="soft">{clock(file.durationMs / 1000)}</span>
    </p>
  );
}
