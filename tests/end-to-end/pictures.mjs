// SPDX-License-Identifier: MIT
// Coded pictures told apart by the hash of their slices: the same in the camera's log and in the final file.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { check } from './story.mjs';
import { run } from './machine.mjs';

/** NAL units of an Annex B stream, trailing zeros left out. */
function* nalUnits(stream) {
  let at = stream.indexOf(Buffer.from([0, 0, 1]));
  while (at >= 0) {
    const next = stream.indexOf(Buffer.from([0, 0, 1]), at + 3);
    let end = next < 0 ? stream.length : next;
    while (end > at + 3 && stream[end - 1] === 0) end--;
    yield stream.subarray(at + 3, end);
    at = next;
  }
}

/** SHA-256 over the slices of each picture, in decoding order. A picture begins with macroblock 0. */
export async function hashPictures(file) {
  const stream = await run('ffmpeg', ['-v', 'error', '-ignore_editlist', '1', '-i', file, '-map', '0:v', '-c', 'copy',
    '-bsf:v', 'h264_mp4toannexb', '-f', 'h264', '-']);
  const hashes = [];
  let sum = null;
  for (const nal of nalUnits(stream)) {
    const type = nal[0] & 31;
    if (type !== 1 && type !== 5) continue;
    if (nal[1] & 0x80) { // first_mb_in_slice is 0
      if (sum) hashes.push(sum.digest('hex'));
      sum = crypto.createHash('sha256');
    }
    sum.update(nal);
  }
  if (sum) hashes.push(sum.digest('hex'));
  return hashes;
}

/** The camera's account: [{number, us, hash, key, sentUs}] in the order of filming. */
export function readCameraLog(file) {
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => {
    const [number, us, hash, key, sentUs] = line.split(' ');
    return { number: Number(number), us: Number(us), hash, key: key === 'key', sentUs: Number(sentUs) };
  });
}

/** GAP lines of a track's journal: [{before, after}], the hashes of the two neighbours. */
export function readGaps(file) {
  const value = (line, key) => new RegExp(` ${key}=(\\S*)`).exec(line)?.[1] ?? '';
  return fs.readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('GAP '))
    .map((line) => ({ before: value(line, 'before'), after: value(line, 'after') }));
}

/**
 * The file holds the log from one picture on, less whole runs whose two neighbours a GAP names; nothing twice.
 * Hashes in the journal are the first half of those in the log. Gives the indices into the log.
 */
export function compare(hashes, log, gaps) {
  const where = new Map(log.map((entry, i) => [entry.hash, i]));
  check(where.size === log.length, 'the camera filmed two equal pictures');
  const indices = hashes.map((hash, i) => {
    check(where.has(hash), `picture ${i} of the file was never filmed`);
    return where.get(hash);
  });
  const named = new Set(gaps.map((gap) => `${gap.before} ${gap.after}`));
  for (let i = 1; i < indices.length; i++) {
    check(indices[i] > indices[i - 1], `picture ${i} of the file comes twice or out of order`);
    if (indices[i] === indices[i - 1] + 1) continue;
    const neighbours = [indices[i - 1], indices[i]].map((n) => log[n].hash.slice(0, 32)).join(' ');
    check(named.has(neighbours), `${indices[i] - indices[i - 1] - 1} pictures are missing after ${log[indices[i - 1]].number} and no GAP says so`);
  }
  return indices;
}
