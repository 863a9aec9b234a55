// SPDX-License-Identifier: MIT
// The picture with its controls: one row, also on a narrow telephone. Keys work as people know them
// (space, j, k, l, m, f, arrows) while the player has the focus.
import { useEffect, useRef, useState } from 'preact/hooks';
import { clock } from './dates';
import { type Playback, play, type Watcher } from './hls';
import { t } from './i18n';
import { Icon } from './icons';

const AT_LIVE_SECONDS = 15;
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const EVENTS = ['timeupdate', 'play', 'pause', 'durationchange', 'volumechange', 'seeked', 'ratechange', 'progress'];

export interface Chapter {
  atMs: number;
  title: string;
}

export interface Film {
  title: string;
  live: boolean;
  /** A file that the browser plays by itself. */
  file?: string;
  /** The playlist of what is new, which slides on. */
  newest?: string;
  /** The playlist from the beginning, fetched only by those who go back. */
  whole?: string;
  chapters: Chapter[];
  /** How long it has been running, in seconds: what the whole playlist holds. */
  elapsed(): number;
}

interface State {
  playing: boolean;
  muted: boolean;
  waiting: boolean;
  trouble: boolean;
  at: number;
  from: number;
  to: number;
  speed: number;
}

const FIRST: State = { playing: false, muted: false, waiting: false, trouble: false, at: 0, from: 0, to: 0, speed: 1 };

function readState(video: HTMLVideoElement): Partial<State> {
  const { seekable } = video;
  return {
    at: video.currentTime,
    from: seekable.length > 0 ? seekable.start(0) : 0,
    to: seekable.length > 0 ? seekable.end(seekable.length - 1) : 0,
    playing: !video.paused,
    muted: video.muted,
    speed: video.playbackRate,
  };
}

interface Control {
  state: State;
  atLive: boolean;
  /** The whole playlist is played. */
  whole: boolean;
  toggle(): void;
  mute(): void;
  seek(to: number): void;
  goLive(): void;
  setSpeed(speed: number): void;
}

/** Plays a film in the element and says how it goes. */
function usePlayback(video: { current: HTMLVideoElement | null }, film: Film): Control {
  const [state, setState] = useState(FIRST);
  // null: the newest picture; a number: the whole playlist, from that second on
  const [start, setStart] = useState<number | null>(null);
  const playback = useRef<Playback | null>(null);
  const put = (part: Partial<State>) => setState((old) => ({ ...old, ...part }));
  const playlist = start === null ? (film.newest ?? film.whole) : film.whole;

  useEffect(() => {
    const element = video.current!;
    const tick = () => put(readState(element));
    const wait = () => put({ waiting: true });
    const go = () => put({ waiting: false });
    EVENTS.forEach((name) => element.addEventListener(name, tick));
    element.addEventListener('waiting', wait);
    element.addEventListener('playing', go);
    return () => {
      EVENTS.forEach((name) => element.removeEventListener(name, tick));
      element.removeEventListener('waiting', wait);
      element.removeEventListener('playing', go);
    };
  }, []);

  useEffect(() => {
    const element = video.current!;
    let gone = false;
    const begin = () => element.play().catch(() => {}); // the browser wants a click first: the big button
    if (film.file) {
      element.src = film.file;
      return () => element.removeAttribute('src');
    }
    if (playlist) {
      const watcher: Watcher = { trouble: (trouble) => put({ trouble }) };
      void play(element, { url: playlist, live: film.live, start: film.live ? start : 0 }, watcher).then((started) => {
        if (gone) {
          started.stop();
          return;
        }
        playback.current = started;
        if (film.live) {
          void begin();
        }
      });
    }
    return () => {
      gone = true;
      playback.current?.stop();
      playback.current = null;
    };
  }, [film.file, playlist, start, film.live]);

  const behind = state.to - state.at;
  const seek = (to: number) => {
    const element = video.current!;
    if (to < state.from && film.live && film.newest && film.whole && start === null) {
      setStart(Math.max(0, film.elapsed() - (state.to - to)));
    } else {
      element.currentTime = Math.max(state.from, Math.min(state.to - 0.5, to));
    }
  };
  return {
    state,
    atLive: film.live && behind < AT_LIVE_SECONDS,
    whole: start !== null,
    toggle: () => {
      const element = video.current!;
      if (element.paused) {
        void element.play().catch(() => {});
      } else {
        element.pause();
      }
    },
    mute: () => {
      video.current!.muted = !video.current!.muted;
    },
    seek,
    goLive: () => {
      if (start !== null) {
        setStart(null);
      } else {
        video.current!.currentTime = playback.current?.livePosition() ?? state.to;
      }
      void video.current!.play().catch(() => {});
    },
    setSpeed: (speed) => {
      video.current!.playbackRate = speed;
    },
  };
}

export function Player({ film }: { film: Film }) {
  const video = useRef<HTMLVideoElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const control = usePlayback(video, film);
  const { state } = control;
  const first =
    film.live && film.newest && film.whole && !control.whole
      ? Math.min(state.from, state.to - film.elapsed())
      : state.from;
  const fullScreen = () => {
    const element = root.current!;
    if (document.fullscreenElement) {
      void document.exitFullscreen();
    } else if (element.requestFullscreen) {
      void element.requestFullscreen();
    } else {
      (video.current as unknown as { webkitEnterFullscreen?(): void }).webkitEnterFullscreen?.();
    }
  };
  const chapter = (direction: number) => {
    const at = state.at * 1000;
    const next = film.chapters.find((one) => one.atMs > at + 1000);
    const previous = [...film.chapters].reverse().find((one) => one.atMs < at - 3000);
    const target = direction > 0 ? next : previous;
    if (target) {
      control.seek(target.atMs / 1000);
    }
  };
  const faster = (by: number) => {
    const index = SPEEDS.indexOf(state.speed) + by;
    if (SPEEDS[index]) {
      control.setSpeed(SPEEDS[index]);
    }
  };
  const keys: Record<string, () => void> = {
    ' ': control.toggle,
    k: control.toggle,
    j: () => control.seek(state.at - 10),
    l: () => control.seek(state.at + 10),
    ArrowLeft: () => control.seek(state.at - 5),
    ArrowRight: () => control.seek(state.at + 5),
    m: control.mute,
    f: fullScreen,
    PageUp: () => chapter(-1),
    PageDown: () => chapter(1),
    '>': () => faster(1),
    '<': () => faster(-1),
  };
  const onKey = (event: KeyboardEvent) => {
    const tag = (event.target as Element).tagName;
    const isTheirs =
      tag === 'SELECT' || (tag === 'BUTTON' && event.key === ' ') || (tag === 'INPUT' && /^Arrow/.test(event.key));
    const act = keys[event.key];
    if (act && !isTheirs && !event.ctrlKey && !event.metaKey && !event.altKey) {
      act();
      event.preventDefault();
    }
  };
  const begin = () => {
    root.current?.focus({ preventScroll: true });
    control.toggle();
  };
  return (
    <>
      <div class="player" ref={root} tabIndex={0} role="region" aria-label={film.title} onKeyDown={onKey}>
        <video ref={video} playsInline preload="metadata" onClick={begin} />
        {state.waiting && !state.trouble && state.playing && <div class="spin" />}
        {state.trouble && (
          <p class="player-note" role="status">
            {t('player.trouble')}
          </p>
        )}
        {!state.playing && (
          <button class="start" aria-label={t('player.play')} onClick={begin}>
            <Icon name="play" size={38} />
          </button>
        )}
        <Controls film={film} control={control} first={first} fullScreen={fullScreen} />
      </div>
      {film.chapters.length > 0 && <Chapters film={film} control={control} />}
    </>
  );
}

interface ControlsProps {
  film: Film;
  control: Control;
  first: number;
  fullScreen(): void;
}

function Controls({ film, control, first, fullScreen }: ControlsProps) {
  const { state, atLive } = control;
  const behind = Math.max(0, state.to - state.at);
  const position = `${clock(state.at)} / ${clock(state.to)}`;
  const played = ((state.at - first) / Math.max(1, state.to - first)) * 100;
  const spoken = film.live ? (atLive ? t('player.live') : t('player.behind', { time: clock(behind) })) : position;
  return (
    <div class="controls">
      <input
        class="seek"
        type="range"
        aria-label={t('player.position')}
        aria-valuetext={spoken}
        min={first}
        max={Math.max(first + 1, state.to)}
        step="1"
        value={state.at}
        onInput={(event) => control.seek(Number(event.currentTarget.value))}
        style={{ '--played': `${played}%` }}
      />
      <div class="row">
        <button onClick={control.toggle} aria-label={t(state.playing ? 'player.pause' : 'player.play')}>
          <Icon name={state.playing ? 'pause' : 'play'} />
        </button>
        <button onClick={control.mute} aria-label={t(state.muted ? 'player.unmute' : 'player.mute')}>
          <Icon name={state.muted ? 'muted' : 'sound'} />
        </button>
        {film.live && (
          <button class={atLive ? 'go-live on' : 'go-live'} onClick={control.goLive} disabled={atLive}>
            {t(atLive ? 'player.live' : 'player.goLive')}
          </button>
        )}
        <span class="clock">{film.live ? (atLive ? '' : `−${clock(behind)}`) : position}</span>
        {!film.live && <SpeedMenu speed={state.speed} set={control.setSpeed} />}
        {film.live && film.whole && (
          <button class="from-start" onClick={() => control.seek(first)}>
            {t('player.fromStart')}
          </button>
        )}
        <button onClick={fullScreen} aria-label={t('player.fullScreen')}>
          <Icon name="full" />
        </button>
      </div>
    </div>
  );
}

function SpeedMenu({ speed, set }: { speed: number; set(speed: number): void }) {
  return (
    <label class="speed">
      <span class="sr">{t('player.speed')}</span>
      <select value={String(speed)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {SPEEDS.map((value) => (
          <option key={value} value={String(value)}>
            {value}×
          </option>
        ))}
      </select>
    </label>
  );
}

function Chapters({ film, control }: { film: Film; control: Control }) {
  const current = [...film.chapters].reverse().find((one) => one.atMs <= control.state.at * 1000 + 500);
  return (
    <section class="chapters" aria-labelledby="muc-luc">
      <h2 id="muc-luc">{t('player.chapters')}</h2>
      <ol>
        {film.chapters.map((one) => (
          <li key={one.atMs}>
            <button aria-current={one === current ? 'true' : undefined} onClick={() => control.seek(one.atMs / 1000)}>
              <time>{clock(one.atMs / 1000)}</time>
              <span>{one.title}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
