// SPDX-License-Identifier: MIT
// Recording that survives everything. On one camera recorder, pipeline, service and the camera itself are killed and the
// camera is frozen, all in one recording. Meanwhile two sessions follow each other back to back on a camera that takes
// one connection, and two on one that takes more. The cameras' logs tell what must be in the files.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { signInAs } from './client.mjs';
import { findProcesses, makeFolder, run, start, until } from './machine.mjs';
import { compare, hashPictures, readCameraLog, readGaps } from './pictures.mjs';
import { check, story } from './story.mjs';

const build = path.resolve(process.argv[2]);
const source = path.resolve(process.argv[3]);
const PICTURE_US = 40_000;
const FREEZE_MS = 10_000;
const LEAD_MS = 12_000; // until the pairs begin: booking must be done by then
const PATIENCE_S = 90;
const ZONE_MS = 7 * 3600_000; // Asia/Ho_Chi_Minh

/** Small pictures: what is tried here is who writes them, not how large they are. Grain makes each one different. */
async function film(world, name, extra = []) {
  const log = path.join(world.folder, `${name}.${Object.keys(world.cameras).length}.log`);
  const camera = start(path.join(build, 'ui/demo/hoitruong-camera'),
    ['--blocks', '--grain', '--width', '896', '--height', '64', '--kbps', '500', '--log', log, ...extra]);
  const [, url] = await camera.line(/^camera: (\S+)/);
  return { ...camera, url, log };
}

async function startCameras(world) {
  world.folder = makeFolder();
  world.cameras = {};
  world.cameras.single = await film(world, 'single', ['--connections', '1']);
  world.cameras.several = await film(world, 'several');
  world.cameras.doomed = await film(world, 'doomed');
}

/** The demonstration's tables with these cameras in place of its own, and no lecture of its own. */
function writeTables(world) {
  const folder = path.join(world.folder, 'tables');
  fs.mkdirSync(folder);
  for (const name of fs.readdirSync(path.join(source, 'ui/demo')).filter((file) => file.endsWith('.csv')))
    fs.copyFileSync(path.join(source, 'ui/demo', name), path.join(folder, name));
  fs.writeFileSync(path.join(folder, 'sources.csv'), 'key,name,kind,url,room_key,connections,kbps,loops\n'
    + Object.entries(world.cameras).map(([name, { url }]) => `${name},${name},rtsp,${url},,${name === 'single' ? 1 : 2},300,no\n`).join(''));
  const [head] = fs.readFileSync(path.join(folder, 'courses.csv'), 'utf8').split('\n');
  fs.writeFileSync(path.join(folder, 'courses.csv'), `${head}\n`);
  return folder;
}

async function startDaemon(world) {
  world.daemon = start(path.join(build, 'hoitruongd'), ['--data', world.data, '--port', '0', '--demo', world.tables],
    { env: { ...process.env, RUNTIME_DIRECTORY: path.join(world.folder, 'run') } });
  const [, port] = await world.daemon.line(/answering on port (\d+)/);
  world.address = `http://127.0.0.1:${port}/`;
}

async function startService(world) {
  world.data = path.join(world.folder, 'data');
  world.tables = writeTables(world);
  await startDaemon(world);
  const [, user, password] = /^operator (\S+) (\S+)$/m.exec(fs.readFileSync(path.join(world.data, 'logins'), 'utf8'));
  world.client = await signInAs(world, { user, password });
}

async function bookOne(world, name, camera, when) {
  const { sources } = await world.client.get('/api/v1/places');
  const booked = await world.client.post('/api/v1/sessions',
    { title: name, ...when, sources: [sources.find((s) => s.name === camera).id] });
  const [session] = booked.sessions;
  return { name, camera, id: session.id, startMs: Date.parse(session.start), endMs: Date.parse(session.end),
    track: path.join(world.data, 'sessions', String(session.id), 'main') };
}

/** One session after the other, to the second: as a person writes it. */
async function book(world) {
  const civil = (ms) => new Date(ms + ZONE_MS).toISOString().slice(0, 19);
  const at = Math.ceil((Date.now() + LEAD_MS) / 1000) * 1000;
  world.doomed = await bookOne(world, 'doomed', 'doomed', { now: true, minutes: 30 });
  world.pairs = [];
  for (const camera of ['single', 'several'])
    world.pairs.push([
      await bookOne(world, `${camera}, first`, camera, { start: civil(at), minutes: 1 }),
      await bookOne(world, `${camera}, second`, camera, { start: civil(at + 60_000), minutes: 1 }),
    ]);
}

const readJournal = ({ track }) => {
  try {
    return fs.readFileSync(path.join(track, 'journal'), 'utf8').split('\n');
  } catch {
    return []; // nothing recorded yet
  }
};
const countLines = (session, kind) => readJournal(session).filter((line) => line.startsWith(`${kind} `)).length;

/** Recording goes on: the segment that was open, and two more. */
async function goesOn(world, why) {
  const before = countLines(world.doomed, 'CLOSE');
  await until(`segments after ${why}`, () => countLines(world.doomed, 'CLOSE') >= before + 3, PATIENCE_S);
}

/** By its log: other installations on this machine have sessions of the same number. */
const ofSession = ({ track }) => (pid) => {
  try {
    return fs.readlinkSync(`/proc/${pid}/fd/2`).startsWith(`${track}/`);
  } catch {
    return false; // gone meanwhile
  }
};

async function killProgram(world, program) {
  const pid = findProcesses(program).find(ofSession(world.doomed));
  check(pid, `no ${program} runs for the session`);
  process.kill(pid, 'SIGKILL');
  await goesOn(world, `the death of ${program}`);
}

/** The next daemon finds the recorders that outlived the one before. */
async function killDaemon(world) {
  const recorder = findProcesses('hoitruong-recorder').find(ofSession(world.doomed));
  world.daemon.child.kill('SIGKILL');
  await world.daemon.ended;
  await goesOn(world, 'the death of the service');
  await startDaemon(world);
  await goesOn(world, 'the return of the service');
  check(findProcesses('hoitruong-recorder').find(ofSession(world.doomed)) === recorder, 'the service took its recorder over');
}

async function killCamera(world) {
  const camera = world.cameras.doomed;
  camera.child.kill('SIGKILL');
  await camera.ended;
  world.cameras.again = await film(world, 'again', ['--port', new URL(camera.url).port]);
  await goesOn(world, 'the return of the camera');
}

async function freezeCamera(world) {
  world.cameras.again.child.kill('SIGSTOP');
  await pause(FREEZE_MS);
  world.cameras.again.child.kill('SIGCONT');
  await goesOn(world, 'the thaw of the camera');
}

async function readPlaylist(world) {
  const { tracks: [track] } = await world.client.get(`/api/v1/sessions/${world.doomed.id}/watch`);
  const lines = (await world.client.text(track.full)).split('\n');
  const cuts = lines.filter((line) => line === '#EXT-X-DISCONTINUITY').length;
  const wanted = readJournal(world.doomed).filter((line) => line.startsWith('OPEN ') && line.includes(' cut=1')).length;
  check(cuts >= 4, `four losses leave four discontinuities, the playlist has ${cuts} and the journal ${wanted}`);
}

async function finish(world, session) {
  return until(`the final file of ${session.name}`, async () => {
    const { tracks: [track] } = await world.client.get(`/api/v1/sessions/${session.id}/watch`);
    return track?.file;
  }, PATIENCE_S);
}

async function download(world, session) {
  const { url } = await finish(world, session);
  session.file = path.join(world.folder, `${session.id}.mp4`);
  fs.writeFileSync(session.file, await world.client.octets(url));
  await run('ffmpeg', ['-v', 'error', '-xerror', '-i', session.file, '-f', 'null', '-']); // every picture, every sound
  session.manifest = JSON.parse(fs.readFileSync(path.join(session.track, 'recording.json')));
  session.hashes = await hashPictures(session.file);
}

/** Where each picture of the file is shown, in microseconds from its beginning, in decoding order. */
async function readTimes(file) {
  const { packets } = JSON.parse(await run('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'json', file]));
  return packets.map((packet) => Number(packet.pts_time) * 1e6);
}

/** A camera films on a grid of 40 ms; a busy machine only delays what it sends, so the fastest picture tells the grid. */
function makeFilmed({ log }) {
  const entries = readCameraLog(log);
  const gridUs = Math.min(...entries.map((entry) => entry.sentUs - entry.number * PICTURE_US));
  return entries.map((entry) => ({ ...entry, filmedUs: gridUs + entry.number * PICTURE_US }));
}

async function checkDoomed(world) {
  const session = world.doomed;
  await world.client.post(`/api/v1/sessions/${session.id}/stop`, {});
  await download(world, session);
  const log = [...makeFilmed(world.cameras.doomed), ...makeFilmed(world.cameras.again)];
  const indices = compare(session.hashes, log, readGaps(path.join(session.track, 'journal')));
  const causes = session.manifest.gaps.map((gap) => gap.cause);
  for (const cause of ['recorder-died', 'ingest-died', 'source-ended', 'source-silent'])
    check(causes.includes(cause), `no gap says ${cause}: ${causes}`);
  await checkClock(session, indices.map((i) => log[i]));
  await checkChapters(session);
}

/** Each picture stands where the wall clock puts it, gaps and all; the file is as long as what it covers. */
async function checkClock(session, pictures) {
  const times = await readTimes(session.file);
  check(times.length === pictures.length, `${times.length} pictures have a time, ${pictures.length} are there`);
  const off = pictures.map((picture, i) => Math.abs(session.manifest.start_us + times[i] - picture.filmedUs));
  check(Math.max(...off) < 10 * PICTURE_US, `a picture is shown ${Math.max(...off) / 1000} ms off`);
  const { format } = JSON.parse(await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'json', session.file]));
  const lastMs = (pictures.at(-1).filmedUs - session.manifest.start_us) / 1000;
  check(Math.abs(Number(format.duration) * 1000 - lastMs) < 500, `the file lasts ${format.duration} s, its last picture was filmed at ${lastMs} ms`);
}

async function checkChapters(session) {
  const { chapters } = JSON.parse(await run('ffprobe', ['-v', 'error', '-show_chapters', '-of', 'json', session.file]));
  for (const gap of session.manifest.gaps)
    for (const at of [gap.from_ms, gap.to_ms])
      check(chapters.some((chapter) => Math.abs(Number(chapter.start_time) * 1000 - at) < 50), `no chapter begins at ${at} ms, where a gap does or ends`);
}

/** The second of each pair is ended by hand once it has a few segments. */
async function endPairs(world) {
  for (const [, second] of world.pairs) {
    await until(`segments of ${second.name}`, () => countLines(second, 'CLOSE') >= 3, PATIENCE_S + 60);
    await world.client.post(`/api/v1/sessions/${second.id}/stop`, {});
  }
  for (const session of world.pairs.flat()) await download(world, session);
}

/** Begins with the picture of its instant, lacks none and holds none twice. */
async function checkOne(session, log) {
  check(session.manifest.complete, `${session.name} is not complete: ${JSON.stringify(session.manifest)}`);
  session.indices = compare(session.hashes, log, []);
  const times = await readTimes(session.file);
  const first = session.indices.filter((_, i) => times[i] <= 0).at(-1) ?? session.indices[0];
  const filmed = log.findLastIndex((entry) => entry.filmedUs <= session.manifest.start_us);
  check(Math.abs(first - filmed) <= 1, `${session.name} shows picture ${first} first, ${filmed} was filmed at its start`);
  check(session.manifest.start_us === session.startMs * 1000, `${session.name} begins at ${session.manifest.start_us}`);
}

async function checkPair(world, [first, second]) {
  const log = makeFilmed(world.cameras[first.camera]);
  await checkOne(first, log);
  await checkOne(second, log);
  check(second.indices[0] <= first.indices.at(-1) + 1, `pictures are missing between ${first.name} and ${second.name}`);
  const last = log.findLastIndex((entry) => entry.filmedUs < first.endMs * 1000);
  check(Math.abs(first.indices.at(-1) - last) <= 1, `${first.name} ends with picture ${first.indices.at(-1)}, the last before its end is ${last}`);
  const pids = [first, second].map((session) => / pid=(\d+)/.exec(readJournal(session).find((line) => line.startsWith('ARM ')))[1]);
  check((pids[0] === pids[1]) === (first.camera === 'single'), `${first.name}: recorders ${pids}`);
}

await story([
  ['three cameras film', startCameras],
  ['the service starts', startService],
  ['one session is booked to start now, and twice two back to back', book],
  ['the first recording runs', (world) => goesOn(world, 'the beginning')],
  ['its recorder is killed and recording goes on', (world) => killProgram(world, 'hoitruong-recorder')],
  ['its pipeline is killed and recording goes on', (world) => killProgram(world, 'hoitruong-pipeline')],
  ['the service is killed, recording goes on, and the next one takes it over', killDaemon],
  ['the camera is killed, and recorded again when it is back', killCamera],
  ['the camera freezes, and is recorded again when it thaws', freezeCamera],
  ['the playlist tells of each loss', readPlaylist],
  ['the file plays throughout, keeps the wall clock and has chapters at its gaps', checkDoomed],
  ['two sessions back to back are recorded and made into files', endPairs],
  ['both are complete on a camera that takes one connection', (world) => checkPair(world, world.pairs[0])],
  ['both are complete on a camera that takes several', (world) => checkPair(world, world.pairs[1])],
]);
