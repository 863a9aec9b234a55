// SPDX-License-Identifier: MIT
// /toi: one's own password. The first sign-in leads here and nowhere else.
import { useState } from 'preact/hooks';
import { api } from '../api';
import { Field, Trouble, useTask } from '../form';
import { t } from '../i18n';
import { go } from '../router';
import { useUser } from '../user';

const LEAST_LETTERS = 10;

export function Account() {
  const { me, set } = useUser();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [visible, setVisible] = useState(false);
  const [done, setDone] = useState(false);
  const task = useTask();
  if (!me) {
    return null;
  }
  const forced = me.mustChangePassword;
  const tooShort = fresh !== '' && [...fresh].length < LEAST_LETTERS;
  const differs = again !== '' && again !== fresh;
  const ready = old && !tooShort && fresh && again === fresh;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await task.run(() => api.changePassword(old, fresh))) {
      setOld('');
      setFresh('');
      setAgain('');
      setDone(true);
      const current = await api.me().catch(() => me);
      set({ ...current, mustChangePassword: false });
      if (forced) {
        go('/lich', true);
      }
    }
  };
  const kind = (visible ? 'text' : 'password') as 'password';
  return (
    <div class="gate">
      <h1>{t(forced ? 'account.firstTitle' : 'account.title')}</h1>
      <p class="soft">{t(forced ? 'account.firstIntro' : 'account.intro', { name: me.name })}</p>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <input class="sr" tabIndex={-1} aria-hidden="true" autoComplete="username" value={me.name} readOnly />
        <Field label={t(forced ? 'account.given' : 'account.old')}>
          <input
            name="old"
            type={kind}
            autoComplete="current-password"
            required
            value={old}
            onInput={(event) => setOld(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('account.new')} hint={t('account.rule', { n: LEAST_LETTERS })}>
          <input
            name="new"
            type={kind}
            autoComplete="new-password"
            required
            aria-invalid={tooShort}
            value={fresh}
            onInput={(event) => setFresh(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('account.again')} hint={differs ? t('account.differs') : undefined}>
          <input
            name="again"
            type={kind}
            autoComplete="new-password"
            required
            aria-invalid={differs}
            value={again}
            onInput={(event) => setAgain(event.currentTarget.value)}
          />
        </Field>
        <label class="tick">
          <input type="checkbox" checked={visible} onChange={() => setVisible(!visible)} />
          {t('signIn.show')}
        </label>
        <Trouble problem={task.problem} />
        {done && !forced && (
          <p class="good" role="status">
            {t('account.done')}
          </p>
        )}
        <button class="primary big" disabled={task.busy || !ready}>
          {t('account.change')}
        </button>
      </form>
    </div>
  );
}
