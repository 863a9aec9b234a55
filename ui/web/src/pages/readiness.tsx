// SPDX-License-Identifier: MIT
// /san-sang: sessions whose questions are open; /san-sang/<id>: the board of one, site by site.
import { useEffect, useState } from 'preact/hooks';
import { api, at } from '../api';
import { timeOf, whenText } from '../dates';
import { Trouble } from '../form';
import { language, t, type Key } from '../i18n';
import { Icon, type IconName } from '../icons';
import { Problem } from '../net';
import { countReady, isReady, kbpsText, nextAnswer, openBeforeSigning, shownSites } from '../readiness';
import type { Board, BoardSite, CheckAnswer, CheckQuestion, Id, List, OpenSession, SiteCheck } from '../types';
import { type Answer, useAnswer } from '../use-answer';
import { Stale } from './agenda';
import { SiteDialog, SubstituteDialog } from './readiness-dialogs';

const DAYS = 7;
const KINDS = ['operation', 'session'];
const QUESTIONS: CheckQuestion[] = ['technician', 'picture', 'sound', 'line', 'signature'];
const QUICK = [
  ['onPost', 'technician'],
  ['picture', 'picture'],
  ['sound', 'sound'],
] as const;
const LOOKS: Record<CheckAnswer, IconName> = { yes: 'check', no: 'close', unknown: 'more' };

export function Readiness({ rest }: { rest: string }) {
  return rest === '' ? <OpenSessions /> : <BoardPage id={Number(rest)} />;
}

function OpenSessions() {
  const answer = useAnswer<List<OpenSession>>(at.readiness(DAYS), KINDS);
  const items = answer.data?.items;
  return (
    <div class="page readiness">
      <h1>{t('ready.title')}</h1>
      <p class="lead-in">{t('ready.lead', { n: DAYS })}</p>
      <Stale answer={answer} />
      <ul class="open-list" aria-busy={!items}>
        {items?.map((session) => (
          <OpenCard key={session.id} session={session} />
        ))}
      </ul>
      {items?.length === 0 && <p class="good">{t('ready.none', { n: DAYS })}</p>}
    </div>
  );
}

function OpenCard({ session }: { session: OpenSession }) {
  const open = QUESTIONS.filter((question) => session.questions[question] > 0);
  return (
    <li class={`panel stage-${session.stage}`}>
      <p class="over">
        <Stage stage={session.stage} />
        <span class="soft">{session.unit?.name}</span>
      </p>
      <h2>
        <a href={`/san-sang/${session.id}`}>{session.title}</a>
      </h2>
      <p>{whenText(session.start, session.end)}</p>
      <Progress ready={session.nReady} all={session.nSites} />
      <ul class="chips">
        {open.map((question) => (
          <li key={question}>{t(`ready.count.${question}` as const, { n: session.questions[question] })}</li>
        ))}
      </ul>
    </li>
  );
}

function Stage({ stage }: { stage: OpenSession['stage'] }) {
  return <span class={`stage ${stage}`}>{t(`ready.stage.${stage}` as const)}</span>;
}

function Progress({ ready, all }: { ready: number; all: number }) {
  const text = t('ready.progress', { n: ready, all });
  return (
    <p class="ready-progress">
      <progress max={all} value={ready} aria-label={t('ready.sites')} />
      <span>{text}</span>
    </p>
  );
}

function Refused({ answer }: { answer: Answer<Board> }) {
  const waits = !answer.problem || answer.problem.status === 0 || answer.problem.status >= 500;
  if (waits) {
    return (
      <div class="page readiness">
        <Stale answer={answer} />
        <div class="skeleton" aria-busy="true" />
      </div>
    );
  }
  return (
    <div class="gate">
      <h1>{t(answer.problem!.status === 403 ? 'ready.denied' : 'session.missing')}</h1>
      <p class="soft">{t(answer.problem!.status === 403 ? 'ready.deniedHint' : 'session.missingHint')}</p>
      <a class="button primary" href="/lich">
        {t('nav.agenda')}
      </a>
    </div>
  );
}

type Open = { what: 'site' | 'substitute'; id: Id } | null;

function BoardPage({ id }: { id: Id }) {
  const answer = useAnswer<Board>(id > 0 ? at.board(id) : null, KINDS);
  const [changed, setChanged] = useState<Board | null>(null);
  const [onlyOpen, setOnlyOpen] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => setChanged(null), [answer.data]);
  const board = changed ?? answer.data;
  if (!board) {
    return <Refused answer={answer} />;
  }
  const say = (site: BoardSite, check: SiteCheck) =>
    void api.checkSite(id, site.id, check).then(
      (next) => {
        setProblem(null);
        setChanged((shown) => (shown && shown.number > next.number ? shown : next)); // answers overtake each other
      },
      (error: unknown) => setProblem(error instanceof Problem ? error : new Problem(0, 'internal', String(error))),
    );
  const { ready, all } = countReady(board);
  const chosen = board.sites.find((site) => site.id === open?.id);
  const done = (next: Board) => {
    setChanged(next);
    setOpen(null);
  };
  return (
    <div class="page readiness">
      <p class="over">
        <Stage stage={board.stage} />
        <a href={`/buoi/${id}`}>{t('ready.toSession')}</a>
      </p>
      <h1>{board.session.title}</h1>
      <p class="lead">{whenText(board.session.start, board.session.end)}</p>
      <Stale answer={answer} />
      <div class="board-head">
        <Progress ready={ready} all={all} />
        <label class="tick">
          <input type="checkbox" checked={onlyOpen} onChange={() => setOnlyOpen(!onlyOpen)} />
          <span>{t('ready.onlyOpen')}</span>
        </label>
      </div>
      <Trouble problem={problem} />
      <ul class="board">
        {shownSites(board, onlyOpen).map((site) => (
          <Row
            key={site.id}
            site={site}
            say={(check) => say(site, check)}
            edit={() => setOpen({ what: 'site', id: site.id })}
            replace={
              board.may.includes('substitute') ? () => setOpen({ what: 'substitute', id: site.id }) : undefined
            }
          />
        ))}
      </ul>
      {onlyOpen && ready === all && <p class="good">{t('ready.allReady')}</p>}
      {chosen && open?.what === 'site' && (
        <SiteDialog session={id} site={chosen} close={() => setOpen(null)} done={done} />
      )}
      {chosen && open?.what === 'substitute' && (
        <SubstituteDialog session={id} site={chosen} close={() => setOpen(null)} done={done} />
      )}
    </div>
  );
}

interface RowProps {
  site: BoardSite;
  say(check: SiteCheck): void;
  edit(): void;
  replace?: () => void;
}

function Row({ site, say, edit, replace }: RowProps) {
  return (
    <li class={isReady(site) ? 'ready' : ''}>
      <div class="site">
        <h2>
          {site.name}
          {site.main && <span class="role">{t('ready.main')}</span>}
        </h2>
        <p class="soft">{site.replaces ? t('ready.replaces', { name: site.replaces.name }) : site.unit?.name}</p>
        <Technician site={site} />
      </div>
      <div class="answers" role="group" aria-label={site.name}>
        {QUICK.map(([member, question]) => (
          <Quick
            key={member}
            label={t(`ready.question.${question}` as const)}
            known={site[member]}
            word={t(`ready.${member === 'onPost' ? 'post' : 'answer'}.${site[member]}` as Key)}
            disabled={!site.may}
            press={() => say({ [member]: nextAnswer(site[member]) })}
          />
        ))}
        <Line site={site} />
      </div>
      <Signature site={site} sign={() => say({ signedOff: 'yes' })} />
      <div class="buttons">
        {site.may && (
          <button class="ghost" onClick={edit}>
            {t('ready.edit')}
            <span class="sr">: {site.name}</span>
          </button>
        )}
        {replace && (
          <button class="link" onClick={replace}>
            {site.substitute ? t('ready.replaceBy', { name: site.substitute.name }) : t('ready.replace')}
            <span class="sr">: {site.name}</span>
          </button>
        )}
      </div>
      {site.note && <p class="note">{site.note}</p>}
    </li>
  );
}

function Technician({ site }: { site: BoardSite }) {
  const name = site.technician ?? site.contact?.name;
  const phone = site.phone ?? (site.technician ? undefined : site.contact?.phone);
  if (!name && !phone) {
    return <p class="soft">{t('ready.nobody')}</p>;
  }
  return (
    <p class="technician">
      <Icon name="person" size={16} /> {name} {phone && <a href={`tel:${phone.replace(/\s/g, '')}`}>{phone}</a>}
    </p>
  );
}

interface QuickProps {
  label: string;
  known: CheckAnswer;
  word: string;
  disabled: boolean;
  press(): void;
}

/** One press changes the answer; word, sign and colour say which it is. */
function Quick({ label, known, word, disabled, press }: QuickProps) {
  return (
    <button class={`answer ${known}`} disabled={disabled} onClick={press} title={t('ready.press')}>
      <Icon name={LOOKS[known]} size={18} />
      <span>
        {label}
        <small aria-live="polite">{word}</small>
      </span>
    </button>
  );
}

function Line({ site }: { site: BoardSite }) {
  const known = site.lineKbps ?? 0;
  const enough = known > 0 && known >= site.kbps;
  const state = known === 0 ? 'unknown' : enough ? 'yes' : 'no';
  const measured = known === 0 ? t('ready.notMeasured') : `${kbpsText(known, language)} kbit/s`;
  return (
    <p class={`answer ${site.kbps === 0 && known === 0 ? 'plain' : state}`}>
      <Icon name={LOOKS[state]} size={18} />
      <span>
        {t('ready.question.line')}
        <small>
          {measured}
          {site.kbps > 0 && ` / ${t('ready.needs', { n: kbpsText(site.kbps, language) })}`}
        </small>
      </span>
    </p>
  );
}

function Signature({ site, sign }: { site: BoardSite; sign(): void }) {
  if (!site.signedBy) {
    if (site.may && openBeforeSigning(site).length === 0) {
      return (
        <button class="primary" onClick={sign}>
          {t('ready.signNow')}
          <span class="sr">: {site.name}</span>
        </button>
      );
    }
    return <p class="signature open">{t('ready.left', { n: site.questions.length })}</p>;
  }
  return (
    <p class="signature">
      <Icon name="check" size={18} />
      <span>
        <b>{t('ready.ready')}</b>
        <small>{t('ready.signedBy', { name: site.signedBy.name, time: site.signedAt ? timeOf(site.signedAt) : '' })}</small>
      </span>
    </p>
  );
}
