// SPDX-License-Identifier: MIT
// Reads in the page the numbers that the camera drew into its pictures as blocks (ui/demo/blocks.h).

/** Runs in the page: the number and the instant in the picture that a <video> shows; null where a check fails. */
function installReader() {
  const SIDE = 16, NUMBER = 24, INSTANT = 48, CHECK = 8;
  const canvas = document.createElement('canvas');
  canvas.width = (INSTANT + CHECK) * SIDE;
  canvas.height = 2 * SIDE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const row = (y, bits) => {
    const { data } = context.getImageData(0, y * SIDE + SIDE / 2, canvas.width, 1);
    let value = 0n;
    for (let i = 0; i < bits + CHECK; i++) value = (value << 1n) | (data[(i * SIDE + SIDE / 2) * 4 + 1] > 128 ? 1n : 0n);
    const number = value >> BigInt(CHECK);
    let sum = 0n;
    for (let shift = 0n; shift < BigInt(bits); shift += 8n) sum += (number >> shift) & 255n;
    return (sum & 255n) === (value & 255n) ? Number(number) : null;
  };
  window.readBlocks = (video) => {
    context.drawImage(video, 0, 0, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height);
    const number = row(0, NUMBER), instant = row(1, INSTANT);
    return number === null || instant === null ? null : { number, instant };
  };
}

/** The next `count` pictures that the page's <video> presents: [{number, delayMs}]. */
export async function watchBlocks(page, count) {
  await page.evaluate(installReader);
  return page.evaluate((n) => new Promise((resolve, reject) => {
    const video = document.querySelector('video');
    const seen = [];
    const timer = setTimeout(() => reject(new Error(`${seen.length} pictures in 60 s; ${video.error?.message ?? `readyState ${video.readyState}`}`)), 60_000);
    const next = () => {
      const blocks = window.readBlocks(video);
      if (blocks) seen.push({ number: blocks.number, delayMs: Date.now() - blocks.instant });
      if (seen.length < n) video.requestVideoFrameCallback(next);
      else {
        clearTimeout(timer);
        resolve(seen);
      }
    };
    video.requestVideoFrameCallback(next);
    video.play().catch(() => {}); // the page may begin again with another source
  }), count);
}

/** The picture that the file at `url` shows at that second. */
export async function showBlocks(page, url, second) {
  await page.evaluate(installReader);
  return page.evaluate(([address, at]) => new Promise((resolve, reject) => {
    const video = document.createElement('video');
    video.muted = true;
    video.preload = 'auto';
    video.onerror = () => reject(new Error(`the file does not play: ${video.error.message}`));
    video.requestVideoFrameCallback(function look(_, { mediaTime }) {
      const blocks = window.readBlocks(video);
      if (!blocks || Math.abs(mediaTime - at) > 0.5) video.requestVideoFrameCallback(look);
      else {
        video.remove();
        resolve(blocks);
      }
    });
    video.onloadedmetadata = () => { if (at > 0) video.currentTime = at; };
    document.body.append(video);
    video.src = address;
  }), [url, second]);
}
