import { WORKFLOWS } from '../text.ts';
import type { Visit } from '../visit.ts';
import { SingleBolus } from './bolus.tsx';
import { Alarms, History, OneActs } from './one-acts.tsx';
import { type Part, Programming } from './programming.tsx';
import { Refill } from './refill.tsx';

export type WorkflowName = keyof typeof WORKFLOWS;

/** Workflows that enter a part of a prescription, and which. */
const PROGRAMS: Readonly<Partial<Record<WorkflowName, readonly Part[]>>> = {
  first: ['fluid', 'program', 'patient', 'opening', 'limits', 'run'],
  adjust: ['program', 'limits', 'run'],
  concentration: ['fluid', 'program', 'patient', 'opening', 'limits', 'run'],
  patient: ['patient', 'limits'],
  prime: ['opening', 'run'],
};

/** The acts without entries of the others. */
const ACTS: Readonly<Partial<Record<WorkflowName, Parameters<typeof OneActs>[0]['acts']>>> = {
  stop: ['stop', 'resume', 'minimumRate'],
  implant: ['implant', 'setClock'],
  replace: ['registerPump', 'implant', 'setClock'],
  scanner: ['stop', 'resume', 'readLog'],
  endOfService: ['readLog', 'stop'],
};

/** One thing a clinician came to do. */
export function Workflow({
  name,
  visit,
  onWorkflow,
}: {
  name: WorkflowName;
  visit: Visit;
  onWorkflow: (name: WorkflowName) => void;
}) {
  const { title, doing } = WORKFLOWS[name];
  const parts = PROGRAMS[name];
  if (parts !== undefined) return <Programming key={name} visit={visit} title={title} parts={parts} />;
  if (name === 'refill') return <Refill visit={visit} onChange={() => onWorkflow('concentration')} />;
  if (name === 'bolus') return <SingleBolus visit={visit} />;
  if (name === 'alarms') return <Alarms visit={visit} />;
  if (name === 'history') return <History visit={visit} />;
  return <OneActs visit={visit} title={title} about={doing} acts={ACTS[name] ?? []} />;
}

/** What can be chosen, once the pump has been read. */
export function WorkflowMenu({ onWorkflow }: { onWorkflow: (name: WorkflowName) => void }) {
  return (
    <div class="workflows">
      {(Object.keys(WORKFLOWS) as WorkflowName[]).map((name) => (
        <button key={name} type="button" onClick={() => onWorkflow(name)}>
          {WORKFLOWS[name].title}
          <small>{WORKFLOWS[name].about}</small>
        </button>
      ))}
    </div>
  );
}
