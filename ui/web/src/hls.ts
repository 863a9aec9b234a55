// SPDX-License-Identifier: MIT
// Playlists played through hls.js, which is asked first: Chrome says "maybe" to playlists and then
// stalls. Only where it cannot work (iPhones) the browser plays by itself.
import type Hls from 'hls.js';

/** Behind the newest picture: segments are about two seconds long. */
const SYNC_SECONDS = 6;
const MOST_BEHIND_SECONDS = 12;
const RETRY_MS = 3000;

export interface Playback {
  /** Where "live" is now, seconds; null where the browser plays by itself. */
  livePosition(): number | null;
  stop(): void;
}

export interface Source {
  url: string;
  live: boolean;
  /** Seconds from the playlist's beginning; null: with the newest picture. */
  start: number | null;
}

export interface Watcher {
  /** The line is broken, or works again. */
  trouble(is: boolean): void;
}

const LOAD_POLICY = {
  default: {
    maxTimeToFirstByteMs: 15_000,
    maxLoadTimeMs: 60_000,
    timeoutRetry: { maxNumRetry: 8, retryDelayMs: 500, maxRetryDelayMs: 8000 },
    errorRetry: { maxNumRetry: 12, retryDelayMs: 1000, maxRetryDelayMs: 8000 },
  },
};

function configOf(source: Source): Partial<Hls['config']> {
  const common = {
    abrEwmaDefaultEstimate: 200_000, // a small picture now beats a sharp one later
    startLevel: 0,
    startPosition: source.start ?? -1,
    capLevelToPlayerSize: true,
    backBufferLength: 60,
    fragLoadPolicy: LOAD_POLICY,
  };
  if (!source.live) {
    return { ...common, maxBufferLength: 60 };
  }
  const live = { ...common, maxBufferLength: 20, liveDurationInfinity: true, liveSyncDuration: SYNC_SECONDS };
  // who looks back is left where he is; who watches live is kept there
  return source.start !== null
    ? { ...live, liveMaxLatencyDuration: Infinity }
    : { ...live, liveMaxLatencyDuration: MOST_BEHIND_SECONDS, maxLiveSyncPlaybackRate: 1.1 };
}

function playByItself(video: HTMLVideoElement, source: Source): Playback {
  video.src = source.url;
  return {
    livePosition: () => null,
    stop: () => {
      video.removeAttribute('src');
      video.load();
    },
  };
}

export async function play(video: HTMLVideoElement, source: Source, watcher: Watcher): Promise<Playback> {
  const { default: Player } = await import('hls.js/dist/hls.light.min.mjs');
  if (!Player.isSupported()) {
    return playByItself(video, source);
  }
  const hls = new Player(configOf(source));
  let timer = 0;
  const again = () => {
    watcher.trouble(true);
    clearTimeout(timer);
    timer = window.setTimeout(() => (hls.levels.length > 0 ? hls.startLoad() : hls.loadSource(source.url)), RETRY_MS);
  };
  hls.on(Player.Events.ERROR, (_, error) => {
    if (!error.fatal) {
      return;
    }
    if (error.type === Player.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
    } else {
      again();
    }
  });
  hls.on(Player.Events.FRAG_BUFFERED, () => watcher.trouble(false));
  hls.loadSource(source.url);
  hls.attachMedia(video);
  return {
    livePosition: () => hls.liveSyncPosition ?? null,
    stop: () => {
      clearTimeout(timer);
      hls.destroy();
    },
  };
}
