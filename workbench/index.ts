export {
  type DrugInBody,
  EXECUTOR_NAMES,
  type ExecutorName,
  type Fault,
  type HandsAct,
  type PlainChart,
  plainChart,
  SIGNS,
  type Sign,
  type Solution,
  type Truth,
} from '../firmware-sim/index.ts';
export type { BolusEntry, Field, PatientAct, PrescribeEntry, Screen } from '../programmer/index.ts';
export { ALARM_WORDS, aspiratedFields, BOLUS_END_WORDS, forPeople, usageText } from '../programmer/index.ts';
export {
  type AlarmCode,
  after,
  between,
  CONDITIONS,
  type Concentration,
  concentration,
  type DeviceProfile,
  DISCREPANCY_REASONS,
  type DoseRate,
  DRUGS,
  type DrugName,
  type Duration,
  doseRate,
  formatDuration,
  type Instant,
  instant,
  type Json,
  type Level,
  length,
  level,
  type Mass,
  mass,
  PROFILE_NAMES,
  PROFILES,
  type ProfileSheet,
  type Proportion,
  parseDuration,
  parseWallClock,
  profileNamed,
  proportion,
  type Rate,
  type RefusalCode,
  rate,
  readProfile,
  STOP_REASONS,
  type Status,
  span,
  UnitError,
  unitOf,
  type Volume,
  volume,
  volumeAlong,
  type WallClock,
} from '../shared/index.ts';
export type { Act, Outcome, Refused, TypedClinicianAct } from './act.ts';
export { WORLD_ACTS, type WorldAct } from './act.ts';
export { Life } from './campaign/life.ts';
export { MEASURES, type MeasureName } from './campaign/measures.ts';
export { merge, missingIn, type Read, together } from './campaign/merge.ts';
export { Notable } from './campaign/notable.ts';
export { type Instead, isPlanText, loadPlan, type Plan, PlanError } from './campaign/plan.ts';
export { drawPump } from './campaign/population.ts';
export { type CampaignResult, MOST_RESULT, ResultError, readResult, resultText } from './campaign/result.ts';
export { campaignJsonSchema, MOST_PUMPS } from './campaign/schema.ts';
export { nameOf, pumpsOf, rowOf, type Shard, shardRun, watchedLife } from './campaign/shard.ts';
export {
  type Failed,
  keptAs,
  readShardJob,
  type ShardJob,
  type Standing,
  shardId,
  shardJobs,
  shardName,
  standing,
} from './campaign/standing.ts';
export { keeping, planOf, readSubmitted, type Submitted, submittedOf, submittedText } from './campaign/submitted.ts';
export { resultHead, resultTable } from './campaign/tables.ts';
export { tryStarts } from './campaign/try-starts.ts';
export { Coverage } from './coverage/coverage.ts';
export { LEFT } from './coverage/reasons.ts';
export { type CoverageReport, coverageReport } from './coverage/report.ts';
export { mermaid } from './diagram.ts';
export { FAULT_NAMES, FAULT_SHEETS, type FaultName, type FaultSheet, faultsIn } from './fault-sheets.ts';
export { type Breach, breachText, Invariants } from './invariants/index.ts';
export { chainText, recordText, standingLines, table, wrap } from './lines.ts';
export { newScenario, scenarioFrom } from './new-scenario.ts';
export { isReadableFault } from './path-faults.ts';
export { isProfileText, type LoadedProfile, loadProfile } from './profile/document.ts';
export { ProfileError } from './profile/problem.ts';
export { profileJsonSchema } from './profile/schema.ts';
export { sheetOf } from './profile/sheet-of.ts';
export { profileHeader, type WrittenProfile, writtenProfile } from './profile/written.ts';
export type { Pump, PumpMaker, PumpSetting } from './pump.ts';
export { actOutcome } from './remote/acts.ts';
export { assertProfile, farPumps } from './remote/far-pump.ts';
export { truthOnWire } from './remote/truth.ts';
export { campaignHtml } from './report/campaign.ts';
export { type Chart, PANE, svgOf } from './report/chart.ts';
export { type ReportedRun, reportHtml } from './report/html.ts';
export { chartFigures, type LifeChart, lifeCharts } from './report/life-charts.ts';
export { type LifeCurves, LifeRecorder } from './report/life-curves.ts';
export { type Break, BreakError, parseBreak } from './scenario/break.ts';
export { type LoadedScenario, loadScenario, locateIn, MOST_TEXT } from './scenario/document.ts';
export { isLibraryText, LibraryError, libraryJsonSchema, libraryNamed, loadLibrary } from './scenario/library.ts';
export { isFilePath, type OpenFile } from './scenario/named-file.ts';
export { FileError, type Problem, problemLines, ScenarioError } from './scenario/problem.ts';
export { type Failure, type RunResult, runScenario, scenarioRun } from './scenario/run.ts';
export { type Scenario, scenarioJsonSchema } from './scenario/schema.ts';
export {
  type Answer,
  BrokenRule,
  type RunningPump,
  refusedWords,
  type SimulateOptions,
  type Start,
  simulate,
} from './scenario/simulate.ts';
export { readAct, type WrittenAct, WrittenError } from './scenario/written.ts';
export { complete as completeLine } from './session/complete.ts';
export { type DeskLine, readDeskLine } from './session/desk-line.ts';
export { actText } from './session/desk-text.ts';
export { type HandsLine, readHandsLine } from './session/hands-line.ts';
export { listenFor } from './session/listening.ts';
export { newPump, type Opening, openingOf, type Setting } from './session/opening.ts';
export { LineError } from './session/read-line.ts';
export { type FileNames, type Reply, Session, type SessionOptions } from './session/session.ts';
export { lineSentence } from './session/step-words.ts';
export type { LogLine } from './session/views.ts';
export { Simulation, type SimulationOptions, type Snapshot } from './simulation.ts';
export { sparkline } from './sparkline.ts';
export { type StandingFault, StandingFaults } from './standing-faults.ts';
export { actSentence, type Moment, REFUSED_WORDS, Teller } from './tell.ts';
export type { TracedRun, TraceHeader, TraceRecord, TraceSink } from './trace.ts';
export {
  type FieldDifference,
  firstDifference,
  headerDifferences,
  type Side,
  type TraceDifference,
} from './trace-diff.ts';
export { TraceDigest } from './trace-digest.ts';
export { type Debrief, type DebriefLine, type DebriefMoment, MODES, type Mode, missedIn } from './training/debrief.ts';
export { isDebrief, isDebriefText } from './training/debrief-schema.ts';
export { classText, debriefText } from './training/debrief-text.ts';
export { CaseError, caseTitle, isCaseText, type LoadedCase, loadCase } from './training/document.ts';
export { drawnSeed } from './training/draw.ts';
export { type Learner, learnerProblems, type TakenByScript, takenBy } from './training/learners.ts';
export { Lesson, type LessonOptions, type LessonSession } from './training/lesson.ts';
export { newCase } from './training/new-case.ts';
export { caseJsonSchema } from './training/schema.ts';
export type { LineSoFar } from './training/watch.ts';
export { lessonWords } from './training/words.ts';
export { TrumpetError } from './trumpet/problem.ts';
export {
  type FlowSample,
  type Trumpet,
  type TrumpetOptions,
  type TrumpetWindow,
  trumpet,
} from './trumpet/trumpet.ts';
export type { Windows } from './trumpet/windows.ts';
export { chainsIn, whyAt } from './why.ts';
