// SPDX-License-Identifier: MIT
// /vao: who are you? The same form comes up as a dialog when a sign-in has expired, so that what
// stands on the page stays.
import { useState } from 'preact/hooks';
import { Dialog, Field, Trouble, useTask } from '../form';
import { t } from '../i18n';
import { go, safeReturn } from '../router';
import type { Me } from '../types';
import { signIn, useUser } from '../user';

function SignInForm({ done, focus }: { done(me: Me): void; focus?: boolean }) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [sharedPc, setSharedPc] = useState(false);
  const [visible, setVisible] = useState(false);
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    void task.run(async () => done(await signIn(login.trim(), password, sharedPc)));
  };
  return (
    <form class="stack" onSubmit={submit}>
      <Field label={t('signIn.login')}>
        <input
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellcheck={false}
          required
          autoFocus={focus}
          value={login}
          onInput={(event) => setLogin(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('signIn.password')}>
        <input
          name="password"
          type={(visible ? 'text' : 'password') as 'password'}
          autoComplete="current-password"
          required
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </Field>
      <div class="ticks">
        <label class="tick">
          <input type="checkbox" checked={visible} onChange={() => setVisible(!visible)} />
          {t('signIn.show')}
        </label>
        <label class="tick">
          <input type="checkbox" checked={sharedPc} onChange={() => setSharedPc(!sharedPc)} />
          {t('signIn.sharedPc')}
        </label>
      </div>
      <Trouble problem={task.problem} />
      <button class="primary big" disabled={task.busy}>
        {t(task.busy ? 'signIn.busy' : 'signIn.enter')}
      </button>
    </form>
  );
}

export function SignIn() {
  const user = useUser();
  const done = (me: Me) => {
    user.set(me);
    go(safeReturn(location.search), true);
  };
  return (
    <div class="gate">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <h1>{t('signIn.title')}</h1>
      <p class="soft">{t('signIn.intro')}</p>
      <SignInForm done={done} focus />
      <p class="soft small">{t('signIn.forgot')}</p>
    </div>
  );
}

export function SignInAgain({ close }: { close(): void }) {
  const user = useUser();
  const done = (me: Me) => {
    user.set(me);
    close();
  };
  return (
    <Dialog title={t('signIn.againTitle')} class="narrow" close={close}>
      <h2>{t('signIn.againTitle')}</h2>
      <p class="soft">{t('signIn.againIntro')}</p>
      <SignInForm done={done} focus />
    </Dialog>
  );
}
