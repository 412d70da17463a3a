export type { Act, Outcome, TypedClinicianAct } from './act.ts';
export { Coverage } from './coverage/coverage.ts';
export { LEFT } from './coverage/reasons.ts';
export { type CoverageReport, coverageReport } from './coverage/report.ts';
export { mermaid } from './diagram.ts';
export { type Breach, Invariants } from './invariants/index.ts';
export { newScenario, scenarioFrom } from './new-scenario.ts';
export { type Break, BreakError, parseBreak } from './scenario/break.ts';
export { type LoadedScenario, loadScenario, MOST_TEXT } from './scenario/document.ts';
export { ScenarioError } from './scenario/problem.ts';
export { type Failure, type RunResult, runScenario } from './scenario/run.ts';
export { type Scenario, scenarioJsonSchema } from './scenario/schema.ts';
export { Simulation, type SimulationOptions, type Snapshot } from './simulation.ts';
export { sparkline } from './sparkline.ts';
export { type Moment, Teller } from './tell.ts';
export type { TracedRun, TraceHeader, TraceRecord } from './trace.ts';
export {
  type FieldDifference,
  firstDifference,
  headerDifferences,
  type Side,
  type TraceDifference,
} from './trace-diff.ts';
export { whyAt } from './why.ts';
