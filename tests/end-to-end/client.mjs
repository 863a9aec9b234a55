// SPDX-License-Identifier: MIT
// A person at the API without a browser: signs in once, then asks and does.

/** Signs in; the result asks with the person's cookie and CSRF token. */
export async function signInAs(world, { user, password }) {
  const answer = await fetch(`${world.address}api/v1/sign-in`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login: user, password }),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const { csrf } = await answer.json();
  // the address is looked up at each call: a daemon that was started again listens elsewhere
  const send = async (path, options = {}) => {
    const reply = await fetch(new URL(path, world.address), { ...options, headers: { cookie, ...options.headers } });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  return {
    get: async (path) => (await send(path)).json(),
    text: async (path) => (await send(path)).text(),
    octets: async (path) => Buffer.from(await (await send(path)).arrayBuffer()),
    post: async (path, body) => (await send(path, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': csrf }, body: JSON.stringify(body),
    })).json(),
  };
}
