import { useLayoutEffect, useState } from 'preact/hooks';
import { NumberBox } from '../parts/inputs.tsx';
import { Comparison, Panel, Paper } from '../parts/parts.tsx';
import { ACTS, FINISH, HISTORY } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import type { Field, LogShown } from '../worker/protocol.ts';
import { Log } from './log.tsx';
import { Refusal } from './refusal.tsx';

const READ = ['readHistory', 'readLog', 'readUsage'] as const;
type Read = (typeof READ)[number];

/** What the pump has written down, once it has been read; and two of its prescriptions side by side. */
export function History({ visit }: { visit: Visit }) {
  const { can, comparison, fields } = visit.screen;
  const [reply, setReply] = useState<Reply>();
  const [prescriptions, setPrescriptions] = useState('');
  const [usage, setUsage] = useState('');
  const [log, setLog] = useState<readonly LogShown[]>([]);
  const [last, setLast] = useState<Read>('readHistory');
  const [pair, setPair] = useState({ from: '1', to: '2' });
  // What stands side by side, whatever is typed since.
  const [compared, setCompared] = useState(pair);
  const count = (wanted: Field['name']) => Number(fields.find(({ name }) => name === wanted)?.value ?? 0);
  const [entries, records] = [count('historyEntries'), count('logRecords')];
  // The programmer has what was read in this session: who comes back finds it here.
  useLayoutEffect(() => {
    if (entries > 0) void visit.prescriptions().then(setPrescriptions);
  }, [entries]);
  useLayoutEffect(() => {
    if (records > 0) void visit.log().then(setLog);
  }, [records]);
  const read = async (act: Read) => {
    const answer = await visit.act({ clinician: act });
    setReply(answer);
    if (isRefused(answer)) return;
    setLast(act);
    if (act === 'readUsage') setUsage(await visit.usage());
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
  const shown = {
    readHistory: prescriptions === '' ? null : <Written key="readHistory" text={prescriptions} />,
    readLog: log.length === 0 ? null : <Log key="readLog" log={log} />,
    readUsage: usage === '' ? null : <Written key="readUsage" text={usage} />,
  };
  // What was read last comes first, and what was read before it stays.
  const order = [last, ...READ.filter((act) => act !== last)];
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
        {order.every((act) => shown[act] === null) ? <p>{HISTORY.nothingRead}</p> : order.map((act) => shown[act])}
      </div>
    </Panel>
  );
}

const Written = ({ text }: { readonly text: string }) => (
  <section aria-label={HISTORY.read}>
    <Paper>{text}</Paper>
  </section>
);
