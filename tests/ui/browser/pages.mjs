// SPDX-License-Identifier: MIT
// The pages of the browser application in Chromium, on made answers: accessible in both themes and
// widths, usable by keyboard alone, and never losing what was typed.
// Usage: node pages.mjs DIST-FOLDER [--pictures FOLDER] [NAME...]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { byTitle } from './answers.mjs';
import { behaviours } from './behaviours.mjs';
import { readinessBehaviours } from './behaviours-readiness.mjs';
import { BOARD, makeBoard } from './boards.mjs';
import { makeFilm, Service } from './service.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const tools = path.join(here, '../../end-to-end');
const browserFile = process.env.HT_CHROMIUM ?? '/usr/bin/chromium';
if (!fs.existsSync(browserFile)) {
  console.log('TAP version 13\n1..0 # SKIP no Chromium here');
  process.exit(0);
}
if (!fs.existsSync(path.join(tools, 'node_modules/playwright-core/package.json'))) {
  spawnSync('npm', ['ci'], { cwd: tools, stdio: ['ignore', 'ignore', 'inherit'] });
}
const require = createRequire(path.join(tools, 'package.json'));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [
  [1366, 768],
  [360, 740],
];
const THEMES = {
  light: { runOnly: RULES },
  dark: { runOnly: ['color-contrast'] },
};
const LEAST_TARGET = 24;
const WORKERS = Math.max(1, Math.min(os.availableParallelism?.() ?? os.cpus().length, 4));
const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

const args = process.argv.slice(2);
const dist = path.resolve(args.shift());
const pictures = args[0] === '--pictures' ? args.splice(0, 2)[1] : undefined;
const wanted = args;

const live = byTitle('bài 4').id;
const PAGES = {
  'sign-in': { address: '/vao', signedOut: true, ready: 'input[name=login]' },
  agenda: { address: '/lich', ready: '.card:visible' },
  book: { address: '/dat', ready: '.item' },
  editor: { address: '/dat', ready: '.item', act: openClashingEditor },
  'editor-find': { address: '/dat', ready: '.item', act: openSearch },
  'session-live': { address: `/buoi/${live}`, ready: '.details' },
  'session-move-editor': {
    address: `/buoi/${byTitle('Tin học văn phòng').id}`,
    ready: '.details',
    act: openMove,
  },
  'session-editor': {
    address: `/buoi/${byTitle('Tin học văn phòng').id}`,
    ready: '.details',
    act: openEdit,
  },
  approvals: { address: '/cho-duyet', ready: '.request' },
  'approvals-displacing': { address: '/cho-duyet', ready: '.request', act: approveDisplacing },
  'change-many': { address: '/doi-nhieu', ready: '.change-many', act: chooseMany },
  'session-cancelled': { address: `/buoi/${byTitle('chuyển đổi số cấp xã').id}`, ready: '.details' },
  'watch-live': { address: `/xem/${live}`, ready: '.controls', act: waitForPictures },
  'watch-recorded': { address: `/xem/${byTitle('bài 3').id}`, ready: '.chapters', act: waitForLength },
  'watch-waiting': { address: `/xem/${byTitle('tiếp công dân').id}`, ready: '.waiting-room' },
  'watch-finalising': { address: `/xem/${byTitle('Giao ban').id}`, ready: '.making' },
  readiness: { address: '/san-sang', ready: '.open-list li' },
  board: { address: `/san-sang/${BOARD}`, ready: '.board li' },
  'session-rehearsed': { address: `/buoi/${BOARD}`, ready: '.rehearsals li' },
  'board-new': { address: `/san-sang/${BOARD}`, ready: '.board li', act: (page) => page.getByRole('button', { name: /^(Cập nhật|Update)/ }).nth(1).click() },
  follow: { address: '/theo-doi', ready: '.qr' },
  'follow-unit': {
    address: '/theo-doi',
    ready: '.qr',
    act: (page) => page.getByRole('button', { name: /^(Đơn vị|Unit)$/ }).click(),
  },
  landing: { address: '/theo-doi/1.1.AbCdEfGhIjKlMnOpQrStUv', signedOut: true, ready: '.landing' },
  account: { address: '/toi', ready: 'input[name=old]' },
  first: { address: '/lich', mustChange: true, ready: 'input[name=old]' },
  people: { address: '/quan-tri/nguoi-dung', ready: '.person-list li' },
  'people-new': {
    address: '/quan-tri/nguoi-dung',
    ready: '.person-list li',
    act: (page) => page.getByRole('button', { name: /Thêm người|Add a person/ }).click(),
  },
};

async function openClashingEditor(page) {
  await page.getByRole('button', { name: /Buổi mới|New session/ }).click();
  await page.locator('dialog input[name=title]').fill('Tập huấn phần mềm quản lý văn bản');
  const editor = page.getByRole('dialog');
  await editor.getByText('Hội trường A', { exact: false }).first().click();
  await editor.getByText('A Lưới', { exact: true }).click();
  await editor.getByText('Máy tính xách tay').click();
  await editor.locator('details.more summary').first().click();
  await editor.getByLabel(/^(Từ giờ|From)$/).fill('10:00');
  await editor.locator('.clash-list').waitFor();
}

async function openSearch(page) {
  await page.getByRole('button', { name: /Buổi mới|New session/ }).click();
  const editor = page.getByRole('dialog');
  await editor.getByText('Phú Vang', { exact: true }).click();
  await editor.getByText(/Tìm giờ trống|Find a free time/).click();
  await editor.locator('.slots').waitFor();
}

async function openEdit(page) {
  await page.getByRole('button', { name: /^(Sửa buổi|Edit)$/ }).click();
  await page.locator('dialog input[name=title]').fill('Tin học nâng cao');
  await page.locator('.difference').waitFor();
}

async function approveDisplacing(page) {
  await page.getByRole('button', { name: 'Duyệt' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Chỉ buổi này/).check();
  await dialog.getByRole('button', { name: 'Duyệt' }).click();
  await dialog.locator('.displaced').waitFor();
}

async function chooseMany(page) {
  await page.getByRole('combobox', { name: /Đơn vị|Unit/ }).selectOption({ index: 5 });
  await page.locator('.difference').waitFor();
}

async function openMove(page) {
  await page.getByRole('button', { name: /^(Đổi giờ|Move)$/ }).click();
  await page.getByLabel(/^(Từ giờ|From)$/).fill('15:00');
  await page.getByLabel(/^(Cả chuỗi|The whole series)/).check();
  await page.locator('.difference').waitFor();
}

async function waitForPictures(page) {
  await page.waitForFunction(
    () => document.querySelector('video').currentTime > 0 && !document.querySelector('video').paused,
  );
}

async function waitForLength(page) {
  await page.waitForFunction(() => document.querySelector('video').duration > 10);
}

let count = 0;
let failed = 0;

async function check(name, work) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) {
    return;
  }
  let fault;
  try {
    await work();
  } catch (error) {
    fault = error;
  }
  count += 1;
  if (fault === undefined) {
    console.log(`ok ${count} - ${name}`);
  } else {
    failed += 1;
    console.log(`not ok ${count} - ${name}`);
    console.log(String(fault.stack ?? fault).replace(/^/gm, '# '));
  }
}

export function demand(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

async function findFaults(page, options) {
  await page.evaluate(axe);
  const result = await page.evaluate((asked) => window.axe.run(document, asked), {
    resultTypes: ['violations'],
    ...options,
  });
  return result.violations.flatMap((fault) =>
    fault.nodes.map((node) => `${fault.id}: ${node.target} ${node.failureSummary}`),
  );
}

/** What is wider than the window, or too small for a finger. */
function findMisfits(page) {
  return page.evaluate((least) => {
    const faults = [];
    const wide = document.scrollingElement.scrollWidth;
    if (wide > innerWidth) {
      const cause = [...document.querySelectorAll('body *')].find(
        (one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.tl-scroll, .sr, .skip'),
      );
      faults.push(`the page is ${wide} wide, the window ${innerWidth}: ${cause?.outerHTML.slice(0, 120)}`);
    }
    for (const target of document.querySelectorAll('button, a.button, select, input:not(.sr)')) {
      const box = (target.closest('label') ?? target).getBoundingClientRect();
      if (box.width > 0 && (box.width < least || box.height < least)) {
        faults.push(`too small: ${target.outerHTML.slice(0, 120)} ${box.width}×${box.height}`);
      }
    }
    return faults;
  }, LEAST_TARGET);
}

async function openPage(browser, service, { address, size = WIDTHS[0], language = 'vi' }) {
  const context = await browser.newContext({
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'vi-VN',
    viewport: { width: size[0], height: size[1] },
    hasTouch: size[0] < 500,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.errors = [];
  page.on('pageerror', (error) => page.errors.push(String(error)));
  page.on('console', (message) => {
    const isExpected = /Failed to load resource|net::ERR/.test(message.text());
    if (message.type() === 'error' && !isExpected) {
      page.errors.push(message.text());
    }
  });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|blob:|data:)/.test(request.url())) {
      page.errors.push(`a request leaves the house: ${request.url()}`);
    }
  });
  if (language === 'en') {
    await page.addInitScript(() => localStorage.setItem('language', 'en'));
  }
  await page.goto(service.address + address);
  return page;
}

/** One visit for both themes: the dark one has other colours and nothing else. */
async function lookAtPage(browser, service, name, spec, size) {
  service.signedIn = !spec.signedOut;
  service.me.mustChangePassword = spec.mustChange ?? false;
  const page = await openPage(browser, service, { address: spec.address, size });
  try {
    await page.locator(spec.ready).first().waitFor();
    await spec.act?.(page);
    await page.evaluate(() => document.fonts.ready);
    const faults = [];
    for (const [theme, asked] of Object.entries(THEMES)) {
      await page.emulateMedia({ colorScheme: theme });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      if (pictures) {
        const file = path.join(pictures, `${name}-${size[0]}-${theme}.png`);
        await page.screenshot({ path: file, fullPage: !/editor|new|watch/.test(name) });
      }
      faults.push(...(await findFaults(page, asked)).map((fault) => `${theme}: ${fault}`));
    }
    faults.push(...(await findMisfits(page)), ...page.errors);
    demand(faults.length === 0, faults.join('\n'));
  } finally {
    await page.context().close();
  }
}

/** What there is to check: a name, and its work for a browser and a service of its own. */
function* listChecks() {
  for (const [name, spec] of Object.entries(PAGES)) {
    for (const size of WIDTHS) {
      yield [`${name} ${size[0]}`, (browser, service) => lookAtPage(browser, service, name, spec, size)];
    }
  }
  for (const [name, work] of Object.entries({ ...behaviours, ...readinessBehaviours })) {
    yield [name, (browser, service) => behave(browser, service, work)];
  }
}

async function behave(browser, service, work) {
  service.signedIn = true;
  service.me.mustChangePassword = false;
  service.requests = [];
  service.board = makeBoard();
  service.next.clear();
  try {
    await work({ open: (options) => openPage(browser, service, options), service, demand });
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}

/** Takes one check after the other from the list that all workers share. */
async function runWorker(checks, folder) {
  const service = new Service(dist, folder);
  await service.listen();
  const browser = await chromium.launch({ executablePath: browserFile, args: BROWSER_ARGUMENTS });
  try {
    for (const [name, work] of checks) {
      await check(name, () => work(browser, service));
    }
  } finally {
    await browser.close();
    service.close();
  }
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hoitruong-pages-'));
  console.log('TAP version 13');
  try {
    makeFilm(folder);
    const checks = listChecks();
    await Promise.all(Array.from({ length: WORKERS }, () => runWorker(checks, folder)));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  console.log(`1..${count}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();
