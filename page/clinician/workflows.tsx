import type { Part } from '../parts/drafts.ts';
import { REFILL, WORKFLOWS } from '../text.ts';
import type { Visit } from '../visit.ts';
import { Alarms } from './alarms.tsx';
import { SingleBolus } from './bolus.tsx';
import { History } from './history.tsx';
import { Implant } from './implant.tsx';
import { type Bare, OneActs } from './one-acts.tsx';
import { OtherFluid } from './other-fluid.tsx';
import { Programming } from './programming.tsx';
import { Refill } from './refill.tsx';
import type { WorkflowName } from './workflow-menu.tsx';

/** What every one of them that programs comes to. */
export { Finish } from './finish.tsx';

const FIRST: readonly Part[] = ['fluid', 'program', 'patient', 'opening', 'limits', 'run'];
/** Workflows that enter a part of a prescription, and which. */
const PROGRAMS: Readonly<Partial<Record<WorkflowName, readonly Part[]>>> = {
  first: FIRST,
  adjust: ['program', 'limits', 'run'],
  patient: ['patient', 'limits'],
  prime: ['opening', 'run'],
};

/** The acts without entries of the others. */
const ACTS: Readonly<Partial<Record<WorkflowName, readonly Bare[]>>> = {
  stop: ['stop', 'resume', 'minimumRate'],
  replace: ['readHistory', 'stop'],
  scanner: ['stop', 'resume', 'readLog'],
  endOfService: ['readLog', 'stop'],
};

interface Props {
  readonly name: WorkflowName;
  readonly visit: Visit;
  readonly onWorkflow: (name: WorkflowName) => void;
  /** Called once a refill is in the pump. */
  readonly onFilled: () => void;
  /** Back to the status. */
  readonly onDone: () => void;
}

/** One thing a clinician came to do. */
export function Workflow({ name, visit, onWorkflow, onFilled, onDone }: Props) {
  const { title, doing } = WORKFLOWS[name];
  const parts = PROGRAMS[name];
  if (name === 'concentration') return <OtherFluid key={name} {...{ visit, title, parts: FIRST, onFilled }} />;
  if (parts !== undefined) return <Programming key={name} {...{ visit, title, parts }} />;
  if (name === 'refill') {
    const toOther = { name: REFILL.otherDrug, go: () => onWorkflow('concentration') };
    const ways = [{ name: REFILL.done, go: onDone }, ...(visit.status?.prescription == null ? [] : [toOther])];
    return <Refill visit={visit} onFilled={onFilled} ways={ways} />;
  }
  // A new pump under the head: what is left of a replacement is an implant.
  const isNew = visit.status?.prescription == null;
  if (name === 'implant' || (name === 'replace' && isNew))
    return <Implant key={name} visit={visit} title={title} doing={doing} parts={FIRST} onFilled={onFilled} />;
  if (name === 'bolus') return <SingleBolus visit={visit} />;
  if (name === 'alarms') return <Alarms visit={visit} />;
  if (name === 'history') return <History visit={visit} />;
  return <OneActs visit={visit} title={title} about={doing} acts={ACTS[name] ?? []} />;
}
