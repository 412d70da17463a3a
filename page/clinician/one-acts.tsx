import { useState } from 'preact/hooks';
import { Panel } from '../parts/parts.tsx';
import { ACTS, DONE } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import type { LogShown } from '../worker/protocol.ts';
import { Log } from './log.tsx';
import { Refusal } from './refusal.tsx';

export type Bare = keyof typeof ACTS;

/** Acts that are done at once, each with what it does beside it, and what came of the last. */
export function Acts({ visit, acts }: { visit: Visit; acts: readonly Bare[] }) {
  const [last, setLast] = useState<{ readonly act: Bare; readonly reply: Reply }>();
  const [log, setLog] = useState<readonly LogShown[]>();
  const doIt = async (act: Bare) => {
    const reply = await visit.act({ clinician: act });
    setLast({ act, reply });
    if (act === 'readLog' && !isRefused(reply)) setLog(await visit.log());
  };
  return (
    <>
      {acts.map((act) => (
        <div class="row" key={act}>
          <button
            type="button"
            class={act === 'stop' ? 'stop' : ''}
            disabled={!visit.screen.can.includes(act)}
            onClick={() => void doIt(act)}
          >
            {ACTS[act].name}
          </button>
          <span class="hint">{ACTS[act].about}</span>
        </div>
      ))}
      <p role="status">
        {last === undefined || isRefused(last.reply) ? null : `✓ ${DONE.title}: ${ACTS[last.act].name}`}
      </p>
      <Refusal reply={last?.reply} visit={visit} />
      {log === undefined ? null : <Log log={log} />}
    </>
  );
}

/** What is to be done beside the programmer, in its order. */
export const Doing = ({ lines }: { lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <ol class="doing">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );

interface OneActs {
  readonly visit: Visit;
  readonly title: string;
  readonly about: readonly string[];
  readonly acts: readonly Bare[];
}

export const OneActs = ({ visit, title, about, acts }: OneActs) => (
  <Panel title={title}>
    <div class="form">
      <Doing lines={about} />
      <Acts visit={visit} acts={acts} />
    </div>
  </Panel>
);
