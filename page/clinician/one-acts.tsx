import { useState } from 'preact/hooks';
import { Panel } from '../parts/parts.tsx';
import { ACTS, ALARM, HISTORY, TEXT } from '../text.ts';
import type { ClinicianAct, Reply, Visit } from '../visit.ts';
import { Refusal } from './programming.tsx';

type Bare = keyof typeof ACTS;

/** Acts that are done at once, each with what it does beside it. */
export function OneActs({
  visit,
  title,
  about,
  acts,
}: {
  visit: Visit;
  title: string;
  about: readonly string[];
  acts: readonly Bare[];
}) {
  const [reply, setReply] = useState<Reply>();
  return (
    <Panel title={title}>
      <div class="form">
        {about.length === 0 ? null : (
          <ol class="doing">
            {about.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        )}
        {acts.map((act) => (
          <div class="row" key={act}>
            <button
              type="button"
              class={act === 'stop' ? 'stop' : ''}
              disabled={!visit.screen.can.includes(act)}
              onClick={async () => setReply(await visit.act({ clinician: act }))}
            >
              {ACTS[act].name}
            </button>
            <span class="hint">{ACTS[act].about}</span>
          </div>
        ))}
        <Refusal reply={reply} />
      </div>
    </Panel>
  );
}

/** Every active alarm, and what can be done about it. */
export function Alarms({ visit }: { visit: Visit }) {
  const [reply, setReply] = useState<Reply>();
  const alarms = visit.status?.alarms ?? [];
  const { can, warnings } = visit.screen;
  const act = async (written: ClinicianAct) => setReply(await visit.act({ clinician: written }));
  return (
    <Panel title={ALARM.title}>
      <div class="form">
        {alarms.length === 0 ? <p>{ALARM.none}</p> : null}
        {alarms.map(({ code }, index) => (
          <div class="row" key={code}>
            <strong>{warnings[index] ?? code}</strong>
            <span class="grow" />
            <button type="button" disabled={!can.includes('silence')} onClick={() => void act({ silence: code })}>
              {ALARM.silence}
            </button>
            <button type="button" disabled={!can.includes('clearAlarm')} onClick={() => void act({ clearAlarm: code })}>
              {ALARM.clear}
            </button>
          </div>
        ))}
        <div class="row">
          <button type="button" disabled={!can.includes('testAlarm')} onClick={() => void act('testAlarm')}>
            {ALARM.test}
          </button>
          {ALARM.intervals.map((interval) => (
            <button
              key={interval}
              type="button"
              disabled={!can.includes('setAlarmInterval')}
              onClick={() => void act({ setAlarmInterval: interval })}
            >
              {ALARM.every} {interval}
            </button>
          ))}
        </div>
        <Refusal reply={reply} />
      </div>
    </Panel>
  );
}

const READ = ['readHistory', 'readLog', 'readUsage'] as const;

/** What the pump has written down, once it has been read. */
export function History({ visit }: { visit: Visit }) {
  const [reply, setReply] = useState<Reply>();
  return (
    <Panel title={HISTORY.title}>
      <div class="form">
        <div class="row">
          {READ.map((act) => (
            <button
              type="button"
              key={act}
              disabled={!visit.screen.can.includes(act)}
              onClick={async () => setReply(await visit.act({ clinician: act }))}
            >
              {ACTS[act].name}
            </button>
          ))}
        </div>
        {reply === undefined ? <p>{HISTORY.nothingRead}</p> : <pre class="report">{reply.text}</pre>}
      </div>
    </Panel>
  );
}

/** The dosing report, as the command line gives it. */
export const Report = ({ visit }: { visit: Visit }) => (
  <section class="panel printed">
    <div class="row">
      <h2>{TEXT.report}</h2>
      <span class="grow" />
      <button type="button" onClick={() => window.print()}>
        {TEXT.print}
      </button>
    </div>
    <pre class="report">{visit.report}</pre>
  </section>
);
