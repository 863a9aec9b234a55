// SPDX-License-Identifier: MIT
// The programs under test, started on folders and ports of their own, watched and ended.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

const running = new Set();

/** A folder that goes with the test; kept where HT_KEEP is set. */
export function makeFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hoitruong-e2e-'));
  if (process.env.HT_KEEP) console.log(`# kept: ${folder}`);
  else process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a program; `line(pattern)` resolves with the first line of its output that matches. */
export function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const lines = [];
  const waiting = [];
  const take = (line) => {
    lines.push(line);
    if (process.env.HT_LOUD) console.log(`# ${path.basename(program)}: ${line}`);
    for (const w of [...waiting]) {
      const match = w.pattern.exec(line);
      if (match) {
        waiting.splice(waiting.indexOf(w), 1);
        w.resolve(match);
      }
    }
  };
  readline.createInterface({ input: child.stdout }).on('line', take);
  readline.createInterface({ input: child.stderr }).on('line', take);
  running.add(child);
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => {
    running.delete(child);
    waiting.forEach((w) => w.reject(new Error(`${path.basename(program)} ended (${code ?? signal}):\n${lines.join('\n')}`)));
    resolve({ code, signal });
  }));
  const line = (pattern) => {
    const found = lines.map((l) => pattern.exec(l)).find(Boolean);
    return found ? Promise.resolve(found) : new Promise((resolve, reject) => waiting.push({ pattern, resolve, reject }));
  };
  return { child, lines, line, ended };
}

/** Runs a program to its end and gives its output as a Buffer. */
export function run(program, args, { input, allow = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (d) => out.push(d));
    child.stderr.on('data', (d) => err.push(d));
    child.on('error', reject);
    child.on('exit', () => {});
    child.on('close', (code) => (allow.includes(code)
      ? resolve(Buffer.concat(out))
      : reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${Buffer.concat(err)}`))));
    child.stdin.end(input);
  });
}

/** The processes whose command line holds `needle`, children of anybody. */
export function findProcesses(needle) {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0].endsWith(needle);
    } catch {
      return false; // gone meanwhile
    }
  });
}

export function parentOf(pid) {
  return Number(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
}

/** Polls until `look` gives something true; the error says what was waited for. */
export async function until(what, look, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function endAll() {
  for (const child of running) child.kill('SIGTERM');
  const end = Date.now() + 10_000;
  while (running.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  for (const child of running) child.kill('SIGKILL');
}
