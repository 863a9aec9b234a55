// SPDX-License-Identifier: MIT
// The main job, as people do it: book a session that starts now in the real page, see it in a subscribed calendar,
// watch it live from a real camera, let recorder and pipeline be killed, end it, and hold the recording against what
// the camera says that it filmed.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findProcesses, makeFolder, run, start, until } from './machine.mjs';
import { compare, hashPictures, readCameraLog, readGaps } from './pictures.mjs';
import { check, story } from './story.mjs';
import { showBlocks, watchBlocks } from './blocks.mjs';

const build = path.resolve(process.argv[2]);
const source = path.resolve(process.argv[3]);
const TITLE = 'Kiểm tra đường truyền Huế – A Lưới';
const LIVE_PICTURES = 100;
const MAX_DELAY_MS = 15_000;
const PICTURE_US = 40_000;

async function startCamera(world) {
  world.folder = makeFolder();
  world.cameraLog = path.join(world.folder, 'camera.log');
  world.camera = start(path.join(build, 'ui/demo/hoitruong-camera'), ['--blocks', '--log', world.cameraLog]);
  [, world.cameraUrl] = await world.camera.line(/^camera: (\S+)/);
}

async function startDaemon(world) {
  world.data = path.join(world.folder, 'data');
  world.daemon = start(path.join(build, 'hoitruongd'), ['--data', world.data, '--port', '0',
    '--demo', path.join(source, 'ui/demo'), '--camera', world.cameraUrl],
  { env: { ...process.env, RUNTIME_DIRECTORY: path.join(world.folder, 'run') } });
  const [, port] = await world.daemon.line(/answering on port (\d+)/);
  world.address = `http://127.0.0.1:${port}/`;
  const logins = fs.readFileSync(path.join(world.data, 'logins'), 'utf8');
  check((fs.statSync(path.join(world.data, 'logins')).mode & 0o077) === 0, 'others may read the passwords');
  world.login = Object.fromEntries([...logins.matchAll(/^(\S+) (\S+) (\S+)$/gm)].map(([, role, user, password]) => [role, { user, password }]));
}

async function signIn(world) {
  world.browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
  });
  const context = await world.browser.newContext({ locale: 'vi-VN', viewport: { width: 1366, height: 768 } });
  world.page = await context.newPage();
  world.errors = [];
  world.page.on('pageerror', (error) => world.errors.push(error.message));
  await world.page.goto(world.address);
  await world.page.getByLabel('Tên đăng nhập').fill(world.login.trainer.user);
  await world.page.getByLabel('Mật khẩu', { exact: true }).fill(world.login.trainer.password);
  await world.page.getByRole('button', { name: 'Đăng nhập' }).click();
  await world.page.getByRole('heading', { name: 'Lịch trong tuần' }).waitFor();
}

/** As the page does, with its cookie: for what people do not see. */
async function ask(world, address, options) {
  return world.page.evaluate(async ([a, o]) => {
    const answer = await fetch(a, o);
    if (!answer.ok) throw new Error(`${a}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }, [address, options]);
}

async function book(world) {
  const { page } = world;
  await page.getByRole('link', { name: 'Bắt đầu ngay' }).or(page.getByRole('button', { name: 'Bắt đầu ngay' })).first().click();
  await page.locator('input[name=title]').fill(TITLE);
  const places = await ask(world, '/api/v1/places');
  const camera = places.sources.filter((s) => s.kind === 'rtsp' && places.rooms.some((room) => room.id === s.roomId)).at(-1);
  await choose(page, 'Phòng', places.rooms.find((room) => room.id === camera.roomId).name);
  await choose(page, 'Ghi hình từ', camera.name);
  await page.locator('form').getByRole('button', { name: /^(Đặt lịch|Bắt đầu ngay)$/ }).click();
  const found = await until('the session runs', async () => {
    const agenda = await ask(world, `/api/v1/agenda?from=${today()}&to=${today()}&scope=mine`);
    return agenda.items.find((s) => s.title === TITLE && s.state === 'running');
  });
  world.id = found.id;
  world.startMs = Date.parse(found.start);
}

function today() {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
}

/** Ticks a choice, by its search field where there is one; a room ticks its camera by itself. */
async function choose(page, label, name) {
  const group = page.getByRole('group', { name: label, exact: true });
  const search = group.getByRole('searchbox');
  if (await search.count()) await search.fill(name);
  await group.getByRole('checkbox', { name }).first().check({ force: true });
}

async function subscribe(world) {
  const { csrf } = await ask(world, '/api/v1/me');
  const made = await ask(world, '/api/v1/subscriptions', {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': csrf }, body: JSON.stringify({ scope: 'person' }),
  });
  const answer = await fetch(made.address);
  check(answer.status === 200 && answer.headers.get('etag'), 'the feed has an ETag');
  const again = await fetch(made.address, { headers: { 'if-none-match': answer.headers.get('etag') } });
  check(again.status === 304, `an unchanged feed is 304, not ${again.status}`);
  const octets = Buffer.from(await answer.arrayBuffer());
  const read = JSON.parse(await run('/usr/bin/python3', [path.join(source, 'tests/end-to-end/read-calendar.py')], { input: octets }));
  const event = read.events.find((e) => e.summary === TITLE);
  check(event, `the calendar does not hold "${TITLE}": ${read.events.map((e) => e.summary)}`);
  check(Math.abs(Date.parse(event.start) - world.startMs) < 60_000, `it starts at ${event.start}`);
  check(event.url.includes(`/xem/${world.id}`), `the event leads to ${event.url}`);
}

async function watchLive(world) {
  await world.page.goto(`${world.address}xem/${world.id}`);
  await world.page.locator('video').waitFor();
  const seen = await watchBlocks(world.page, LIVE_PICTURES);
  seen.forEach((picture, i) => {
    check(i === 0 || picture.number > seen[i - 1].number, `picture ${picture.number} after ${seen[i - 1]?.number}`);
    check(picture.delayMs < MAX_DELAY_MS, `picture ${picture.number} is ${picture.delayMs} ms old`);
  });
  console.log(`# live: ${LIVE_PICTURES} pictures, the oldest ${Math.max(...seen.map((p) => p.delayMs))} ms behind`);
}

function readTrackFolder(world) {
  const session = path.join(world.data, 'sessions', String(world.id));
  return path.join(session, fs.readdirSync(session)[0]);
}

async function countSegments(world) {
  return fs.readFileSync(path.join(world.track, 'journal'), 'utf8').split('\n').filter((l) => l.startsWith('CLOSE ')).length;
}

/** Kills what the track's shared page names, and waits for two more segments. */
async function killAndRecover(world, program, wanted) {
  world.track = readTrackFolder(world);
  const pid = findProcesses(program).find((p) => wanted(p));
  check(pid, `no ${program} runs for the session`);
  const before = await countSegments(world);
  process.kill(pid, 'SIGKILL');
  await until(`segments after ${program} was killed`, async () => await countSegments(world) >= before + 3, 40);
}

/** By its log: other installations on this machine have sessions of the same number. */
const isOfSession = (world) => (pid) => {
  try {
    return fs.readlinkSync(`/proc/${pid}/fd/2`).startsWith(`${world.track}/`);
  } catch {
    return false; // gone meanwhile
  }
};

const killRecorder = (world) => killAndRecover(world, 'hoitruong-recorder', isOfSession(world));
const killPipeline = (world) => killAndRecover(world, 'hoitruong-pipeline', isOfSession(world));

async function stop(world) {
  const { csrf } = await ask(world, '/api/v1/me');
  await ask(world, `/api/v1/sessions/${world.id}/stop`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': csrf }, body: '{}',
  });
  world.final = await until('the final file', async () => {
    const { tracks } = await ask(world, `/api/v1/sessions/${world.id}/watch`);
    return tracks.find((track) => track.file)?.file;
  }, 60);
}

async function compareFile(world) {
  const answer = await world.page.request.get(new URL(world.final.url, world.address).href);
  check(answer.ok(), `download: ${answer.status()}`);
  world.file = path.join(world.folder, 'recording.mp4');
  fs.writeFileSync(world.file, await answer.body());
  await run('ffmpeg', ['-v', 'error', '-xerror', '-i', world.file, '-f', 'null', '-']);
  world.log = readCameraLog(world.cameraLog);
  world.gaps = readGaps(path.join(world.track, 'journal'));
  world.indices = compare(await hashPictures(world.file), world.log, world.gaps);
  check(world.gaps.length >= 2, `two kills leave two gaps, the journal tells ${world.gaps.length}`);
  const { start_us: startUs } = JSON.parse(fs.readFileSync(path.join(world.track, 'recording.json')));
  check(Math.abs(startUs / 1000 - world.startMs) < 1000, 'the file begins with its session, to the second that the API tells');
  const first = world.log[world.indices[0]];
  check(first.key && first.sentUs <= startUs, `the file begins ${(first.sentUs - startUs) / 1000} ms after its start`);
}

/**
 * The picture shown at that second of the file, read in Chromium, is the one that the camera sent then. It films on a
 * grid of 40 ms; a busy machine only delays what it sends, so the fastest picture tells where the grid lies.
 */
async function checkShown(world) {
  const { page } = world;
  const manifest = JSON.parse(fs.readFileSync(path.join(world.track, 'recording.json')));
  const gridUs = Math.min(...world.log.map((entry) => entry.sentUs - entry.number * PICTURE_US));
  const filmedAt = (ms) => ({ number: Math.floor((manifest.start_us + ms * 1000 - gridUs) / PICTURE_US) });
  const shown = await showBlocks(page, new URL(world.final.url, world.address).href, 0);
  check(Math.abs(shown.number - filmedAt(0).number) <= 1, `first shown is ${shown.number}, filmed at T was ${filmedAt(0).number}`);
  for (const gap of manifest.gaps) {
    const at = gap.to_ms + 1000;
    const after = await showBlocks(page, new URL(world.final.url, world.address).href, at / 1000);
    check(Math.abs(after.number - filmedAt(at).number) <= 3, `a second after a gap ${after.number} is shown, ${filmedAt(at).number} was filmed`);
  }
  check(world.errors.length === 0, `the pages say: ${world.errors.join('; ')}`);
}

await story([
  ['a camera films', startCamera],
  ['the service starts on an empty directory', startDaemon],
  ['a trainer signs in', signIn],
  ['books a session that starts now', book],
  ['a calendar program that is not ours reads it', subscribe],
  ['100 rising pictures live, none older than 15 s', watchLive],
  ['the recorder is killed and recording goes on', killRecorder],
  ['the pipeline is killed and recording goes on', killPipeline],
  ['the session is ended and its file made', stop],
  ['the file holds what was filmed, gaps named, nothing twice', compareFile],
  ['Chromium shows the picture of the instant, and keeps time over gaps', checkShown],
]);
