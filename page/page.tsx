import { useState } from 'preact/hooks';
import { Drop } from './aside/drop.tsx';
import { Handset } from './aside/handset.tsx';
import type { Before } from './aside/session.tsx';
import { keep, kept } from './aside/settings.ts';
import { Sounds } from './aside/sounds.tsx';
import { Tabs } from './aside/tabs.tsx';
import { RoomClock, Time } from './aside/time.tsx';
import type { TimeDraft } from './aside/time-pane.tsx';
import { NOWHERE, TRAY, type Tray } from './aside/tray.ts';
import { Clinician } from './clinician/clinician.tsx';
import { Ending, leftOf } from './clinician/ending.tsx';
import { isRefilling, Keeping, WORK, type Work } from './clinician/work.ts';
import { type Desk, notDone } from './desk.ts';
import { later } from './later.tsx';
import { PANES, TEXT } from './text.ts';
import { type Reply, type Visit, visitOf } from './visit.ts';
import type { Said, Shown, Words } from './worker/protocol.ts';

const Bedside = later(async () => (await import('./aside/bedside.tsx')).Bedside);
const SessionPane = later(async () => (await import('./aside/session.tsx')).SessionPane);
const TimePane = later(async () => (await import('./aside/time-pane.tsx')).TimePane);
const Faults = later(async () => (await import('./aside/faults.tsx')).Faults);
const Curves = later(async () => (await import('./aside/curves.tsx')).Curves);
const Xray = later(async () => (await import('./aside/xray.tsx')).Xray);
const TrainingPane = later(async () => (await import('./training/pane.tsx')).TrainingPane);
const Debriefing = later(async () => (await import('./training/debrief.tsx')).Debriefing);

interface Props {
  readonly shown: Shown;
  readonly words: Words;
  readonly desk: Desk;
  /** Whether the patient's controller is all there is. */
  readonly isPatient: boolean;
  /** What came of the link with which the page was opened. */
  readonly told: string;
  /** The visit that a page before this one kept. */
  readonly before: Before | undefined;
  /** What the channel is called over which this page can be watched. */
  readonly channel: string;
}

type Pane = keyof typeof PANES;
const PANE_NAMES: readonly Pane[] = ['patient', 'bedside', 'training', 'session', 'time', 'faults', 'curves', 'xray'];
const INSTRUCTORS: readonly Pane[] = ['faults', 'curves', 'xray'];

/** What lies beside a pump, and what is being done to it. */
interface Laid {
  readonly beside: number;
  readonly tray: Tray;
  readonly work: Work;
}

/** Does acts. Whoever opens a session has real time until it ends, unless time is to stand still. */
function actsOn(desk: Desk): Pick<Visit, 'act' | 'listen'> {
  const done = async (asked: () => Promise<Said>): Promise<Reply> => {
    const wasOpen = desk.shown?.isOpen;
    // That nothing can be done just now is to be read where the act was done.
    const { text, problem, outcome } = await asked().catch(notDone);
    const { isOpen, pace } = desk.shown ?? {};
    if (wasOpen === false && isOpen === true && pace === 'paused' && kept().realTime)
      await desk.ask('run', { pace: 1 });
    if (wasOpen === true && isOpen === false && pace === 1) await desk.ask('pause', null);
    return { text, problem, refused: outcome !== undefined && 'refused' in outcome ? outcome.refused : undefined };
  };
  return {
    act: (act) => done(() => desk.ask('act', act)),
    listen: (time) => done(() => desk.ask('listen', { for: time })),
  };
}

/** The programmer, and beside it patient, bedside and instructor; or the patient's controller alone. */
export function Page({ shown, words, desk, isPatient, told: toldFirst, before, channel }: Props) {
  const [chosen, setPane] = useState<Pane>(toldFirst === '' && before === undefined ? 'patient' : 'session');
  const [settings, setSettings] = useState(kept);
  const [opened, setOpened] = useState<string>();
  const [laid, setLaid] = useState<Laid>({ beside: 0, tray: TRAY, work: WORK });
  /** The visit of whose debrief one has seen enough. */
  const [seenEnough, setSeenEnough] = useState<number>();
  const [ahead, setAhead] = useState<TimeDraft>(NOWHERE);
  const told = opened ?? toldFirst;
  const visit = visitOf(shown, words, {
    ...actsOn(desk),
    settled: () => desk.settled(),
    aspirated: (volume) => desk.ask('aspirated', { volume }),
    log: () => desk.ask('log', null),
    prescriptions: () => desk.ask('prescriptions', null),
    usage: () => desk.ask('usage', null),
  });
  // Another pump is another visit: nothing that was being edited stays.
  const at = shown.visit;
  const here = (now: Laid): Laid => (now.beside === at ? now : { beside: at, tray: TRAY, work: WORK });
  const { tray, work } = here(laid);
  const onWork = (part: (work: Work) => Partial<Work>) =>
    setLaid((now) => ({ ...here(now), work: { ...here(now).work, ...part(here(now).work) } }));
  const left = leftOf(visit);
  const change = (now: typeof settings) => {
    keep(now);
    setSettings(now);
  };
  if (isPatient)
    return (
      <main class="phone">
        <RoomClock shown={shown} />
        <Handset visit={visit} localTime={shown.localTime} isAlone />
        <p class="hint">{TEXT.training}</p>
      </main>
    );
  const isHiding = shown.lesson?.isHiding === true;
  const isDebrief = shown.lesson?.isOver === true && seenEnough !== at;
  const panes = PANE_NAMES.filter((name) => (settings.instructor && !isHiding) || !INSTRUCTORS.includes(name));
  const pane = panes.includes(chosen) ? chosen : 'patient';
  const onTold = (now: string) => {
    setOpened(now);
    setPane('session');
  };
  return (
    <Drop
      class="page"
      onFiles={(files) =>
        void import('./aside/opening.ts')
          .then(
            ({ openFiles }) => openFiles(desk, files),
            () => TEXT.cannotFetch,
          )
          .then(onTold)
      }
    >
      <header class="bar">
        <h1 class="brand" aria-label={TEXT.name}>
          {TEXT.brand}
          <small>{TEXT.brandAbout}</small>
        </h1>
        <span class={visit.isOpen ? 'pill on' : 'pill'}>{visit.isOpen ? TEXT.inSession : TEXT.noSession}</span>
        <span class="grow" />
        <Time shown={shown} desk={desk} />
        <RoomClock shown={shown} />
      </header>
      {isDebrief ? (
        <main>
          <Debriefing key={at} desk={desk} />
        </main>
      ) : (
        <Keeping.Provider
          value={{
            typed: work.typed,
            put: (name, now) => onWork(({ typed }) => ({ typed: { ...typed, [name]: now } })),
          }}
        >
          <Clinician key={at} visit={visit} work={work} onWork={onWork} />
        </Keeping.Provider>
      )}
      <aside aria-label={TEXT.beside}>
        <Tabs label={TEXT.beside} names={panes.map((name) => [name, PANES[name]])} chosen={pane} onChoose={setPane}>
          {pane === 'patient' ? <Handset visit={visit} localTime={shown.localTime} /> : null}
          {pane === 'bedside' ? (
            <Bedside
              key={at}
              visit={visit}
              shown={shown}
              desk={desk}
              tray={tray}
              onTray={(tray) => setLaid((now) => ({ ...here(now), tray }))}
              isRefilling={isRefilling(work, shown.screen)}
            />
          ) : null}
          {pane === 'training' ? (
            <TrainingPane
              shown={shown}
              desk={desk}
              beside={`#instructor=${channel}`}
              isDebrief={isDebrief}
              onDebrief={(isSeen) => setSeenEnough(isSeen ? undefined : at)}
            />
          ) : null}
          {pane === 'session' ? (
            <SessionPane
              shown={shown}
              desk={desk}
              told={told}
              onTold={onTold}
              before={before}
              settings={settings}
              onSettings={change}
            />
          ) : null}
          {pane === 'time' ? <TimePane shown={shown} desk={desk} draft={ahead} onDraft={setAhead} /> : null}
          {pane === 'faults' ? <Faults shown={shown} desk={desk} /> : null}
          {pane === 'curves' ? <Curves shown={shown} desk={desk} /> : null}
          {pane === 'xray' ? <Xray shown={shown} desk={desk} /> : null}
        </Tabs>
      </aside>
      <footer class="training">
        <span class="grow">
          {left === null ? TEXT.training : null}
          <Ending visit={visit} left={left} />
        </span>
        <Sounds desk={desk} muted={settings.muted} onMuted={(muted) => change({ ...settings, muted })} />
      </footer>
    </Drop>
  );
}
