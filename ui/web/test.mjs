// SPDX-License-Identifier: MIT
// Bundles the unit tests for node and runs them. Usage: node test.mjs
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

process.chdir(path.dirname(fileURLToPath(import.meta.url)));
const { build } = await import('esbuild');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hoitruong-web-test-'));
try {
  const entryPoints = fs.readdirSync('test').map((file) => path.join('test', file));
  await build({
    entryPoints,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const files = fs.readdirSync(folder).map((file) => path.join(folder, file));
  process.exitCode = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1;
} finally {
  fs.rmSync(folder, { recursive: true });
}
