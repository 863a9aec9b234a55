// SPDX-License-Identifier: MIT
// Bundles src/ into a folder of finished files: hashed ES modules, one stylesheet, fonts, compressed
// copies, the texts of other people's licences, and the list from which a GResource is made.
// Usage: node build.mjs [--out FOLDER] [--xml FILE] [--depfile FILE]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import zlib from 'node:zlib';

const FIRST_LOAD_JS_GZ_BYTES = 40_000;
const FIRST_LOAD_CSS_GZ_BYTES = 12_000;
const TARGET = ['chrome109', 'firefox115', 'safari15'];
const PREFIX = '/hoitruong/web';
const COMPRESSED = /\.(js|css|svg|txt|webmanifest)$/;

const invokedFrom = process.cwd();
const home = path.dirname(fileURLToPath(import.meta.url));
process.chdir(home);
const { values: options } = parseArgs({
  options: { out: { type: 'string' }, xml: { type: 'string' }, depfile: { type: 'string' } },
});
const outFolder = options.out ? path.resolve(invokedFrom, options.out) : path.join(home, 'dist');

/** Installs what the lock names, unless this very lock was installed before. */
function install() {
  const stamp = 'node_modules/.installed-lock';
  const want = createHash('sha256').update(fs.readFileSync('package-lock.json')).digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === want) {
    return;
  }
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) {
    console.error('npm ci failed; configure with -Dweb=false to build without the browser application');
    process.exit(1);
  }
  fs.writeFileSync(stamp, want);
}

function walk(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? walk(path.join(folder, entry.name)) : [path.join(folder, entry.name)]));
}

/** The entry's output and what it imports statically: what a browser needs before anything is seen. */
function firstLoad(outputs, entry) {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) {
      return;
    }
    seen.add(file);
    outputs[file].imports.filter((item) => item.kind === 'import-statement').forEach((item) => visit(item.path));
  };
  visit(entry);
  return [...seen];
}

function writeLicences(metafile) {
  const packages = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) {
      packages.add(match[1]);
    }
  }
  const texts = [...packages].sort().map((name) => {
    const folder = path.join('node_modules', name);
    const about = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const licence = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    // a package that brings no text has it here, with the notice from its source
    const file = licence ? path.join(folder, licence) : path.join('licences', `${name}.txt`);
    const text = fs.readFileSync(file, 'utf8').trim();
    return `${name} ${about.version} (${about.license})\n\n${text}\n`;
  });
  fs.writeFileSync(path.join(outFolder, 'THIRD-PARTY.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function gzipSize(file) {
  return zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length;
}

function checkBudget(outputs, first, css) {
  const js = first.reduce((sum, file) => sum + gzipSize(file), 0);
  const style = gzipSize(css);
  for (const file of Object.keys(outputs).sort()) {
    const mark = first.includes(file) || file === css ? '*' : ' ';
    const size = file.endsWith('.woff2') ? outputs[file].bytes : gzipSize(file);
    console.log(`${mark} ${path.basename(file).padEnd(56)} ${String(size).padStart(7)}`);
  }
  console.log(
    `first load: ${js} of ${FIRST_LOAD_JS_GZ_BYTES} octets of script, ${style} of ${FIRST_LOAD_CSS_GZ_BYTES} of style`,
  );
  if (js > FIRST_LOAD_JS_GZ_BYTES || style > FIRST_LOAD_CSS_GZ_BYTES) {
    console.error('over budget: load something later, or leave it out');
    process.exit(1);
  }
}

function writeList(xmlFile) {
  const files = walk(outFolder)
    .map((file) => path.relative(outFolder, file))
    .sort();
  const lines = files.map((file) => `    <file>${file}</file>`);
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gresources>',
    `  <gresource prefix="${PREFIX}">`,
    ...lines,
    '  </gresource>',
    '</gresources>',
    '',
  ].join('\n');
  fs.writeFileSync(xmlFile, text);
}

install();
const { build } = await import('esbuild');
fs.rmSync(outFolder, { recursive: true, force: true });
const result = await build({
  entryPoints: { app: 'src/app.tsx', style: 'src/styles/style.css', fonts: 'src/styles/fonts.css' },
  outdir: path.join(outFolder, 'assets'),
  bundle: true,
  minify: true,
  format: 'esm',
  splitting: true,
  metafile: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  target: TARGET,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.woff2': 'file' },
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: '/assets',
});
const outputs = result.metafile.outputs;
const outputOf = (entry) => Object.keys(outputs).find((file) => outputs[file].entryPoint === entry);
const address = (file) => `/${path.relative(outFolder, path.resolve(file))}`;
const app = outputOf('src/app.tsx');
const css = outputOf('src/styles/style.css');
const first = firstLoad(outputs, app);
const preload = first.filter((file) => file !== app);
const page = fs
  .readFileSync('src/index.html', 'utf8')
  .replace('%FONTS%', address(outputOf('src/styles/fonts.css')))
  .replace('%STYLE%', address(css))
  .replace('%APP%', address(app))
  .replace('%PRELOAD%', preload.map((file) => `<link rel="modulepreload" href="${address(file)}">`).join('\n    '));
fs.writeFileSync(path.join(outFolder, 'index.html'), page);
fs.cpSync('public', outFolder, { recursive: true });
writeLicences(result.metafile);
for (const file of walk(outFolder).filter((name) => COMPRESSED.test(name))) {
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(fs.readFileSync(file), { level: 9 }));
}
checkBudget(outputs, first, css);
if (options.xml) {
  const xmlFile = path.resolve(invokedFrom, options.xml);
  writeList(xmlFile);
  if (options.depfile) {
    const inputs = [
      ...walk('src'),
      ...walk('i18n'),
      ...walk('public'),
      ...walk('licences'),
      'build.mjs',
      'package-lock.json',
    ];
    const names = inputs.map((file) => path.join(home, file).replace(/ /g, '\\ '));
    fs.writeFileSync(path.resolve(invokedFrom, options.depfile), `${options.xml}: ${names.join(' ')}\n`);
  }
}
