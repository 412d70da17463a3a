import { type Instant, instant, sure } from '../../shared/index.ts';
import type { PumpContext } from './context.ts';
import type { EventType } from './events.ts';
import type { PumpState } from './executor/executor.ts';
import { whenBelowCount } from './rules/bolus-count.ts';
import { whenDeclared } from './rules/conditions.ts';
import { whenHalted } from './rules/halt-at-limit.ts';
import { whenOpeningEnds } from './rules/opening.ts';
import { whenStep } from './rules/program.ts';
import { whenEmpty, whenLow } from './rules/reservoir.ts';
import { whenEndOfService, whenEri } from './rules/service-life.ts';
import { whenSilenceEnds } from './rules/silence.ts';
import { whenStoppedTooLong } from './rules/stopped-pump.ts';

type DeadlineEvent = Extract<
  EventType,
  | 'BOLUS_END'
  | 'CLINICIAN_BOLUS_END'
  | 'CLINICIAN_BOLUS_HALT'
  | 'PERIODIC_END'
  | 'OPENING_END'
  | 'LOCKOUT_END'
  | 'COUNT_RELEASED'
  | 'RESERVOIR_LOW'
  | 'RESERVOIR_EMPTY'
  | 'SCHEDULE_STEP'
  | 'PERIODIC_DUE'
  | 'STOPPED_TOO_LONG'
  | 'ERI'
  | 'END_OF_SERVICE'
  | 'CONDITION_DECLARED'
  | 'SILENCE_END'
>;

interface Deadline {
  readonly type: DeadlineEvent;
  readonly due: (state: PumpState) => Instant | undefined;
}

/** Every deadline of the chart, derived from its state. At one instant they fall due in this order. */
export const DEADLINES: readonly Deadline[] = [
  { type: 'ERI', due: ({ context }) => whenEri(context) },
  { type: 'END_OF_SERVICE', due: ({ context }) => whenEndOfService(context) },
  { type: 'CONDITION_DECLARED', due: ({ context }) => whenDeclared(context) },
  { type: 'BOLUS_END', due: ({ context }) => context.bolus?.ends },
  { type: 'PERIODIC_END', due: ({ context }) => context.periodic?.ends },
  { type: 'OPENING_END', due: ({ context }) => whenOpeningEnds(context) },
  {
    type: 'CLINICIAN_BOLUS_END',
    due: ({ context }) => (context.bolus === null ? context.clinician?.ends : undefined),
  },
  { type: 'CLINICIAN_BOLUS_HALT', due: ({ context }) => whenHalted(context) },
  {
    type: 'LOCKOUT_END',
    due: ({ value, context }) =>
      value['patientControl'] === 'lockedOut' ? sure(context.lockedUntil, 'end of the lockout') : undefined,
  },
  {
    type: 'COUNT_RELEASED',
    due: ({ value, context }) => (value['patientControl'] === 'countUsed' ? countReleased(context) : undefined),
  },
  {
    type: 'RESERVOIR_LOW',
    due: ({ value, context }) => (value['reservoir'] === 'normal' ? whenLow(context) : undefined),
  },
  {
    type: 'RESERVOIR_EMPTY',
    due: ({ value, context }) => (value['reservoir'] === 'empty' ? undefined : whenEmpty(context)),
  },
  { type: 'SCHEDULE_STEP', due: ({ context }) => whenStep(context) },
  { type: 'PERIODIC_DUE', due: ({ context }) => context.periodicNext ?? undefined },
  { type: 'STOPPED_TOO_LONG', due: ({ context }) => whenStoppedTooLong(context) },
  { type: 'SILENCE_END', due: ({ context }) => whenSilenceEnds(context) },
];

/** While the count is used up the oldest grants still count, so the last event's own time will do. */
function countReleased(context: PumpContext): Instant | undefined {
  const most = sure(context.prescription?.patientBolus, 'patient bolus').maxPerDay;
  const newest = sure(context.grants.at(-1), 'grant');
  // A clock set may have ended the day already.
  const released = whenBelowCount(context, newest, most) ?? newest;
  return instant(Math.max(released, context.clockMoved.at));
}
