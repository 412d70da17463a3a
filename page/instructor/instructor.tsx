import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Curves } from '../aside/curves.tsx';
import { Faults } from '../aside/faults.tsx';
import { spanText } from '../aside/line-text.ts';
import { Tabs } from '../aside/tabs.tsx';
import { RoomClock, Time } from '../aside/time.tsx';
import { type TimeDraft, TimePane } from '../aside/time-pane.tsx';
import { NOWHERE } from '../aside/tray.ts';
import { Xray } from '../aside/xray.tsx';
import { useAsked } from '../asked.ts';
import { Desk } from '../desk.ts';
import { Facts, Panel, Warnings } from '../parts/parts.tsx';
import { BESIDE, PANES, TEXT, TRAINING } from '../text.ts';
import { Debriefing } from '../training/debrief.tsx';
import { wayBeside } from '../windows.ts';
import type { Shown } from '../worker/protocol.ts';

type Pane = 'xray' | 'faults' | 'curves' | 'time';
const PANE_NAMES: readonly Pane[] = ['xray', 'faults', 'curves', 'time'];

/** Shows an instructor what is behind the page beside, over the channel of that name. */
export function watch(root: Element, channel: string): void {
  let ended: 'shut' | 'gone' | undefined;
  const draw = (): void => render(<Instructor desk={desk} shown={desk.shown} ended={ended} />, root);
  const way = wayBeside(channel, (is) => {
    ended = is;
    draw();
  });
  const desk: Desk = new Desk(way, draw);
  globalThis.thecal = desk;
  draw();
}

interface Props {
  readonly desk: Desk;
  readonly shown: Shown | undefined;
  /** Why nothing more is heard of the page beside. */
  readonly ended: 'shut' | 'gone' | undefined;
}

/** What the learner sees, what is looked for, and what is behind it. */
function Instructor({ desk, shown, ended }: Props) {
  const [pane, setPane] = useState<Pane>('xray');
  const [ahead, setAhead] = useState<TimeDraft>(NOWHERE);
  if (shown === undefined)
    return (
      <main class="phone">
        <h1>{BESIDE.title}</h1>
        <p role="status">{ended === undefined ? BESIDE.waiting : BESIDE[ended]}</p>
      </main>
    );
  return (
    <div class="page">
      <header class="bar">
        <h1 class="brand" aria-label={BESIDE.title}>
          {TEXT.brand}
          <small>{BESIDE.title}</small>
        </h1>
        <span class="grow" />
        <Time shown={shown} desk={desk} />
        <RoomClock shown={shown} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <main tabIndex={0} aria-label={BESIDE.learner}>
        {ended === undefined ? null : (
          <div class="banner stopped" role="alert">
            <strong>{BESIDE[ended]}</strong>
          </div>
        )}
        {shown.lesson === null ? (
          <Panel title={TRAINING.title}>
            <p>{BESIDE.free}</p>
          </Panel>
        ) : (
          <Behind key={shown.visit} shown={shown} desk={desk} lesson={shown.lesson} />
        )}
        <Panel title={`${BESIDE.learner}: ${shown.screen.title}`}>
          <Warnings warnings={shown.screen.warnings} />
          <Facts fields={shown.screen.fields} />
        </Panel>
        <Panel title={BESIDE.handset}>
          <p>{shown.handset}</p>
        </Panel>
      </main>
      <aside aria-label={BESIDE.panes}>
        <Tabs
          label={BESIDE.panes}
          names={PANE_NAMES.map((name) => [name, PANES[name]])}
          chosen={pane}
          onChoose={setPane}
        >
          {pane === 'xray' ? <Xray shown={shown} desk={desk} /> : null}
          {pane === 'faults' ? <Faults shown={shown} desk={desk} /> : null}
          {pane === 'curves' ? <Curves shown={shown} desk={desk} /> : null}
          {pane === 'time' ? <TimePane shown={shown} desk={desk} draft={ahead} onDraft={setAhead} /> : null}
        </Tabs>
      </aside>
      <footer class="training">{TEXT.training}</footer>
    </div>
  );
}

interface Case {
  readonly shown: Shown;
  readonly desk: Desk;
  readonly lesson: NonNullable<Shown['lesson']>;
}

/** The case that is being taken: what is looked for and how far it has come, and what is hidden; then its debrief. */
function Behind({ shown, desk, lesson }: Case) {
  const { got: told } = useAsked(desk, 'caseTold', null);
  const { got: behind } = useAsked(desk, 'caseBehind', null, [shown.done, shown.records]);
  if (told === undefined || behind === undefined) return null;
  if (lesson.isOver) return <Debriefing desk={desk} />;
  return (
    <Panel title={told.title}>
      <p>
        {TRAINING.modes[lesson.mode]}, {TRAINING.left(spanText(lesson.left))}
      </p>
      <h3>{BESIDE.rubric}</h3>
      <ul class="rubric">
        {behind.lines.map(({ says, state }) => (
          <li key={says} class={state === 'open' ? '' : state === 'met' ? 'met' : 'missed'}>
            {BESIDE.marks[state]} {says} <small>{BESIDE.states[state]}</small>
          </li>
        ))}
      </ul>
      <h3>{BESIDE.hidden}</h3>
      <p>{behind.hidden}</p>
      <h3>{TRAINING.complaint}</h3>
      <p>{told.complaint}</p>
    </Panel>
  );
}
