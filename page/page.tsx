import { useState } from 'preact/hooks';
import { Bedside, Handset } from './aside/aside.tsx';
import { Faults } from './aside/faults.tsx';
import { Time } from './aside/time.tsx';
import { Xray } from './aside/xray.tsx';
import { Clinician } from './clinician/clinician.tsx';
import type { Desk } from './desk.ts';
import { PANES, TEXT } from './text.ts';
import { visitOf } from './visit.ts';
import type { Shown, Words } from './worker/protocol.ts';

interface Props {
  readonly shown: Shown;
  readonly words: Words;
  readonly desk: Desk;
}

const PANE_NAMES = Object.keys(PANES) as (keyof typeof PANES)[];

/** Local date and time: "2026-01-05 08:00". */
const roomTime = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** The programmer, and beside it patient, bedside and instructor. */
export function Page({ shown, words, desk }: Props) {
  const [pane, setPane] = useState<keyof typeof PANES>('patient');
  const visit = visitOf(shown, words, {
    act: async (act) => {
      const { text, problem, outcome } = await desk.ask('act', act);
      return { text, problem, refused: outcome !== undefined && 'refused' in outcome ? outcome.refused : undefined };
    },
    prescriptions: async () => (await desk.ask('line', 'history')).text,
  });
  return (
    <div class="page">
      <header class="bar">
        <h1>{TEXT.name}</h1>
        <span class={visit.isOpen ? 'pill on' : 'pill'}>{visit.isOpen ? TEXT.inSession : TEXT.noSession}</span>
        <span class="grow" />
        <Time shown={shown} desk={desk} />
        <span class="room">{roomTime(shown.localTime)}</span>
      </header>
      <Clinician key={`${shown.opened}.${shown.life}`} visit={visit} />
      <aside aria-label={TEXT.beside}>
        <div class="tabs tight" role="tablist">
          {PANE_NAMES.map((name) => (
            <button key={name} type="button" role="tab" aria-selected={pane === name} onClick={() => setPane(name)}>
              {PANES[name]}
            </button>
          ))}
        </div>
        {pane === 'patient' ? <Handset visit={visit} /> : null}
        {pane === 'bedside' ? <Bedside visit={visit} /> : null}
        {pane === 'faults' ? <Faults faults={words.faults} desk={desk} /> : null}
        {pane === 'xray' ? <Xray shown={shown} desk={desk} /> : null}
      </aside>
      <footer class="training">{TEXT.training}</footer>
    </div>
  );
}
