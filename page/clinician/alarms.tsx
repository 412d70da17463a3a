import { useState } from 'preact/hooks';
import { Panel } from '../parts/parts.tsx';
import { ALARM, DONE } from '../text.ts';
import { type ClinicianAct, isRefused, type Reply, type Visit } from '../visit.ts';
import { Refusal } from './refusal.tsx';

/** Every active alarm in its own words, and what can be done about it. */
export function Alarms({ visit }: { visit: Visit }) {
  const [last, setLast] = useState<{ readonly name: string; readonly reply: Reply }>();
  const { status, screen } = visit;
  const { can } = screen;
  const alarms = status?.alarms ?? [];
  const act = async (name: string, written: ClinicianAct) =>
    setLast({ name, reply: await visit.act({ clinician: written }) });
  const sounds = screen.fields.find(({ name }) => name === 'criticalInterval')?.text;
  // With what the screen says of it beside: that its tone is silenced, that it can be cleared.
  const textOf = (code: string) => {
    const words = visit.alarms[code] ?? code;
    return screen.warnings.find((warning) => warning.startsWith(words)) ?? words;
  };
  return (
    <Panel title={ALARM.title}>
      <div class="form">
        {alarms.length === 0 ? <p>{ALARM.none}</p> : null}
        {alarms.map(({ code }) => (
          <section class="row" key={code} data-alarm={code} aria-label={visit.alarms[code] ?? code}>
            <strong>{textOf(code)}</strong>
            <span class="grow" />
            <button
              type="button"
              disabled={!can.includes('silence')}
              onClick={() => void act(ALARM.silence, { silence: code })}
            >
              {ALARM.silence}
            </button>
            <button
              type="button"
              disabled={!can.includes('clearAlarm')}
              onClick={() => void act(ALARM.clear, { clearAlarm: code })}
            >
              {ALARM.clear}
            </button>
          </section>
        ))}
        <div class="row">
          <button type="button" disabled={!can.includes('testAlarm')} onClick={() => void act(ALARM.test, 'testAlarm')}>
            {ALARM.test}
          </button>
          {ALARM.intervals.map(([interval, text]) => (
            <button
              key={interval}
              type="button"
              aria-pressed={interval === sounds}
              disabled={!can.includes('setAlarmInterval')}
              onClick={() => void act(`${ALARM.every} ${text}`, { setAlarmInterval: interval })}
            >
              {ALARM.every} {text}
            </button>
          ))}
        </div>
        <p role="status">{last === undefined || isRefused(last.reply) ? null : `✓ ${DONE.title}: ${last.name}`}</p>
        <Refusal reply={last?.reply} visit={visit} />
      </div>
    </Panel>
  );
}
