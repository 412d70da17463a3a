import { useState } from 'preact/hooks';
import { NumberBox } from '../parts/inputs.tsx';
import { Comparison, Panel, Paper } from '../parts/parts.tsx';
import { ACTS, FINISH, HISTORY } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import type { LogShown } from '../worker/protocol.ts';
import { Log } from './log.tsx';
import { Refusal } from './refusal.tsx';

const READ = ['readHistory', 'readLog', 'readUsage'] as const;

/** What the pump has written down, once it has been read; and two of its prescriptions side by side. */
export function History({ visit }: { visit: Visit }) {
  const { can, comparison, fields } = visit.screen;
  const [reply, setReply] = useState<Reply>();
  const [text, setText] = useState('');
  const [log, setLog] = useState<readonly LogShown[]>();
  const [pair, setPair] = useState({ from: '1', to: '2' });
  // What stands side by side, whatever is typed since.
  const [compared, setCompared] = useState(pair);
  const entries = Number(fields.find(({ name }) => name === 'historyEntries')?.value ?? 0);
  const read = async (act: (typeof READ)[number]) => {
    const answer = await visit.act({ clinician: act });
    setReply(answer);
    if (isRefused(answer)) return;
    setLog(act === 'readLog' ? await visit.log() : undefined);
    const said = { readHistory: visit.prescriptions, readUsage: visit.usage, readLog: async () => answer.text };
    setText(await said[act]());
  };
  const compare = async () => {
    const answer = await visit.act({ clinician: { compare: { from: Number(pair.from), to: Number(pair.to) } } });
    setReply(answer);
    if (!isRefused(answer)) setCompared(pair);
  };
  const box = (name: string, key: 'from' | 'to') => (
    <div class="row">
      <span>{name}</span>
      <NumberBox
        name={name}
        value={pair[key]}
        least={1}
        most={entries}
        onValue={(value) => setPair({ ...pair, [key]: value })}
      />
    </div>
  );
  return (
    <Panel title={HISTORY.title}>
      <div class="form">
        <div class="row">
          {READ.map((act) => (
            <button type="button" key={act} disabled={!can.includes(act)} onClick={() => void read(act)}>
              {ACTS[act].name}
            </button>
          ))}
        </div>
        {can.includes('compare') ? (
          <div class="row">
            {box(FINISH.from, 'from')}
            {box(FINISH.to, 'to')}
            <button type="button" onClick={() => void compare()}>
              {FINISH.compare}
            </button>
          </div>
        ) : null}
        <Refusal reply={reply} visit={visit} />
        {comparison.length === 0 ? null : (
          <Comparison
            rows={comparison}
            was={`${FINISH.from} ${compared.from}`}
            willBe={`${FINISH.from} ${compared.to}`}
          />
        )}
        {log === undefined ? null : <Log log={log} />}
        {text === '' ? <p>{HISTORY.nothingRead}</p> : null}
        {text === '' || log !== undefined ? null : (
          <section aria-label={HISTORY.read}>
            <Paper>{text}</Paper>
          </section>
        )}
      </div>
    </Panel>
  );
}
