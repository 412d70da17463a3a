import { type Duration, type Instant, span, type WallClock } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import type { Session } from '../session/session.ts';
import { actSentence, type Moment } from '../tell.ts';
import type { TraceRecord } from '../trace.ts';
import type { Beside } from './beside.ts';
import type { Debrief, DebriefLine, DebriefMoment, Evidence, Mode } from './debrief.ts';
import type { LoadedCase } from './document.ts';
import type { DrugHarm } from './harm.ts';
import type { Judged } from './judge.ts';

/** A lesson that is over: who took which case how, and all that was noted of it. */
export interface Taken {
  readonly id: string;
  readonly version: string;
  readonly mode: Mode;
  readonly learner: string | null;
  readonly taken: LoadedCase;
  readonly sim: Session['sim'];
  readonly began: Instant;
  readonly saidDone: Duration | null;
  readonly hints: readonly string[];
  readonly judged: ReadonlyMap<string, Judged>;
  readonly harm: readonly DrugHarm[];
  readonly moments: readonly Moment[];
  /** The instants at which the learner did something. */
  readonly decisions: ReadonlySet<number>;
  readonly measured: readonly Beside[];
}

/** All there is to say of a lesson that is over. */
export function debriefOf(lesson: Taken): Debrief {
  const { id, version, mode, learner, taken, sim, began, saidDone, hints, judged, harm } = lesson;
  const rubric = taken.lesson.rubric.map((line): DebriefLine => {
    const { met = false, why = '', record } = judged.get(line.id) ?? {};
    const { must = true, points = 1, says, expert } = line;
    const evidence = record === undefined ? null : evidenceIn(lesson, record);
    return { id: line.id, says, met, must, points, why, evidence, expert };
  });
  const sum = (lines: readonly DebriefLine[]) => lines.reduce((all, { points }) => all + points, 0);
  return {
    debrief: 'thecal.debrief/1',
    thecal: version,
    case: { id, title: taken.lesson.title },
    seed: taken.seed,
    mode,
    learner,
    passed: rubric.every(({ met, must }) => met || !must),
    points: sum(rubric.filter(({ met }) => met)),
    of: sum(rubric),
    began: localTimeAt(sim, began),
    lasted: sim.now - began,
    saidDone,
    hints,
    values: taken.values,
    hidden: taken.lesson.hidden.trim(),
    rubric,
    timeline: timelineOf(lesson),
    harm,
  };
}

/** What happened and what was done beside the pump, in the order in which it was done. */
function timelineOf({ moments, decisions, measured, began }: Taken): readonly DebriefMoment[] {
  const happened = moments.map(({ n, t, localTime, happened, believed, true: really }) => ({
    n,
    moment: { t: t - began, localTime, decision: decisions.has(t), happened, believed, true: really },
  }));
  const beside = measured.map(({ n, t, localTime, text }) => ({
    n,
    moment: { t: t - began, localTime, decision: true, happened: [text], believed: '', true: '' },
  }));
  return [...happened, ...beside].sort((a, b) => a.n - b.n).map(({ moment }) => moment);
}

/** What the clocks of the place showed then, unless they have been moved since. */
const localTimeAt = ({ localTime, now }: Session['sim'], t: number): WallClock => span(localTime - (now - t));

function evidenceIn(lesson: Taken, record: TraceRecord): Evidence {
  const { taken, sim } = lesson;
  const { n, t, layer, kind } = record;
  const localTime = localTimeAt(sim, t);
  if (kind === 'began') return { n, localTime, text: 'so it was when the learner came in' };
  if (kind === 'measure')
    return { n, localTime, text: taken.lesson.measures?.[String(fieldsOf(record)['type'])]?.says ?? '' };
  const drug = sim.belief().prescription?.drugs[0]?.name;
  return { n, localTime, text: layer === 'act' ? actSentence(kind, fieldsOf(record), drug) : momentOf(lesson, record) };
}

/** What happened when a record that is no act was made: of a screen, what was done last. */
function momentOf({ moments }: Taken, { n, t, layer }: TraceRecord): string {
  const before = moments.findLast((each) => each.n <= n && (each.t === t || layer === 'programmer'));
  // What begins an instant is often told only by what follows in it.
  const moment = before ?? moments.find((each) => each.t === t);
  return moment?.happened.join('; ') ?? 'nothing was done: it came to be so with time';
}
