// SPDX-License-Identifier: MIT
// A test as a story: steps in order, one line of TAP each. A step that fails ends it.
import { endAll } from './machine.mjs';

export async function story(steps) {
  console.log(`TAP version 13\n1..${steps.length}`);
  const world = {};
  let failed = 0;
  for (const [i, [name, step]] of steps.entries()) {
    if (failed) {
      console.log(`not ok ${i + 1} - ${name}`);
      continue;
    }
    try {
      await step(world);
      console.log(`ok ${i + 1} - ${name}`);
    } catch (error) {
      failed = 1;
      console.log(`not ok ${i + 1} - ${name}`);
      console.log(String(error.stack ?? error).replace(/^/gm, '# '));
      if (world.page) await world.page.screenshot({ path: `${world.folder}/failed.png` }).catch(() => {});
    }
  }
  await world.browser?.close();
  await endAll();
  process.exit(failed);
}

export function check(condition, message) {
  if (!condition) throw new Error(message);
}
