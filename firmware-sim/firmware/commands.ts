import {
  ALARM_CODES,
  COMMANDS,
  type CommandName,
  type Instant,
  prescriptionDigest,
  type Refusal,
  type Reply,
  type Request,
  type Role,
  sure,
  volume,
} from '../../shared/index.ts';
import { type PlainChart, transitionsOf } from './chart/spec.ts';
import type { PumpContext } from './context.ts';
import type { EventOf, EventType, PumpEvent } from './events.ts';
import type { PumpState } from './executor/executor.ts';
import { judgeInterval } from './rules/alarm-interval.ts';
import { judgeClear } from './rules/clear-alarm.ts';
import { judgeClinicianBolus, judgeOrdering } from './rules/clinician-bolus.ts';
import { judgeSetClock } from './rules/clock.ts';
import { judgeNote, sinceFill } from './rules/discrepancy.ts';
import { nextByTime, nextUnder, verdictOn } from './rules/patient-bolus.ts';
import { refuse, unprogrammable } from './rules/refusal.ts';
import { judgeEntry } from './rules/reservoir.ts';
import { ended, judgeImplant } from './rules/service-life.ts';
import { judgeSilence, silenced } from './rules/silence.ts';
import {
  deliveryUnder,
  judgeBegin,
  judgeCommit,
  judgeMinimum,
  judgeResume,
  judgeStage,
  judgeStaging,
  judgeStop,
} from './rules/update.ts';

type CommandRequest = Extract<Request, { name: CommandName }>;

/** A command from the link: the chart event it becomes, what stands against it, and the answer afterwards. */
interface Prepared {
  readonly event: PumpEvent;
  readonly refused: Refusal | undefined;
  readonly reply: (after: PumpContext) => Reply;
}

const EVENT_OF = {
  implant: 'IMPLANT',
  enterReservoir: 'ENTER_RESERVOIR',
  stagePrescription: 'STAGE',
  beginUpdate: 'UPDATE_BEGIN',
  commitUpdate: 'UPDATE_COMMIT',
  stop: 'STOP',
  resume: 'RESUME',
  requestBolus: 'BOLUS_REQUEST',
  minimumRate: 'MINIMUM_RATE',
  setClock: 'CLOCK_SET',
  silenceAlarm: 'SILENCE_ALARM',
  clinicianBolus: 'CLINICIAN_BOLUS',
  clearAlarm: 'CLEAR_ALARM',
  setAlarmInterval: 'SET_ALARM_INTERVAL',
  testAlarm: 'TEST_ALARM',
  noteDiscrepancy: 'NOTE_DISCREPANCY',
} as const satisfies Record<CommandName, EventType>;

const judgeRequest = (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>): Refusal | undefined => {
  const verdict = verdictOn(context, event);
  return 'refused' in verdict ? verdict.refused : undefined;
};

export function prepare(context: PumpContext, request: CommandRequest, at: Instant, role: Role): Prepared {
  switch (request.name) {
    case 'implant':
      return {
        event: { type: 'IMPLANT', at, wall: request.payload.wall },
        refused: judgeImplant(context),
        reply: () => ({ name: 'implant', payload: {} }),
      };
    case 'enterReservoir': {
      const { volume: entered, aspirated } = request.payload;
      const measured = aspirated === null ? {} : { aspirated };
      const event = { type: 'ENTER_RESERVOIR', at, volume: entered, ...measured } as const;
      const commanded = sinceFill(context, at);
      return {
        event,
        refused: judgeEntry(context, event),
        reply: ({ lastEntry }) => ({
          name: 'enterReservoir',
          payload: { expected: sure(lastEntry, 'volume entered').expected, commanded },
        }),
      };
    }
    case 'stagePrescription': {
      const { prescription, run, override, endOpening } = request.payload;
      const digest = prescriptionDigest(prescription);
      const event = { type: 'STAGE', at, staged: { prescription, run, override, endOpening, digest } } as const;
      return {
        event,
        refused: judgeStage(context, event),
        reply: () => ({
          name: 'stagePrescription',
          payload: {
            digest,
            nextBolus: nextUnder(context, prescription, at) ?? null,
            delivery: deliveryUnder(context, event.staged, at),
          },
        }),
      };
    }
    case 'beginUpdate': {
      const event = { type: 'UPDATE_BEGIN', at, digest: request.payload.digest } as const;
      return { event, refused: judgeBegin(context, event), reply: () => ({ name: 'beginUpdate', payload: {} }) };
    }
    case 'commitUpdate': {
      const { digest, library } = request.payload;
      const event = { type: 'UPDATE_COMMIT', at, digest, role, library } as const;
      return {
        event,
        refused: judgeCommit(context, event),
        reply: ({ record }) => ({ name: 'commitUpdate', payload: { record } }),
      };
    }
    case 'stop': {
      const event = { type: 'STOP', at, ...(role === 'emergency' ? { by: role } : {}) } as const;
      return { event, refused: judgeStop(context, event), reply: () => ({ name: 'stop', payload: {} }) };
    }
    case 'resume':
      return {
        event: { type: 'RESUME', at },
        refused: judgeResume(context, at),
        reply: () => ({ name: 'resume', payload: {} }),
      };
    case 'minimumRate':
      return {
        event: { type: 'MINIMUM_RATE', at },
        refused: judgeMinimum(context, at),
        reply: () => ({ name: 'minimumRate', payload: {} }),
      };
    case 'setClock': {
      const event = { type: 'CLOCK_SET', at, wall: request.payload.wall } as const;
      return { event, refused: judgeSetClock(context, event), reply: () => ({ name: 'setClock', payload: {} }) };
    }
    case 'requestBolus': {
      const event = { type: 'BOLUS_REQUEST', at } as const;
      return {
        event,
        refused: judgeRequest(context, event),
        reply: (after) => {
          const { start, ends, rate } = sure(after.bolus, 'patient bolus that runs');
          const payload = {
            ends,
            volume: volume.of(rate * (ends - start)),
            nextBolus: nextByTime(after, at) ?? null,
          };
          return { name: 'requestBolus', payload };
        },
      };
    }
    case 'clinicianBolus': {
      const { rate, duration, then } = request.payload;
      const event = { type: 'CLINICIAN_BOLUS', at, rate, duration, then } as const;
      return {
        event,
        refused: judgeClinicianBolus(context, event),
        reply: ({ clinician }) => ({
          name: 'clinicianBolus',
          payload: { ends: sure(clinician, 'single bolus that runs').ends, volume: volume.of(rate * duration) },
        }),
      };
    }
    case 'silenceAlarm': {
      const { alarm } = request.payload;
      return {
        event: { type: 'SILENCE_ALARM', at, alarm },
        refused: judgeSilence(context, alarm),
        reply: (after) => {
          const silence = silenced(after).find(({ code }) => code === alarm);
          return { name: 'silenceAlarm', payload: { until: sure(silence, 'silence').until } };
        },
      };
    }
    case 'clearAlarm': {
      const { alarm } = request.payload;
      return {
        event: { type: 'CLEAR_ALARM', at, alarm },
        refused: judgeClear(context, alarm),
        reply: () => ({ name: 'clearAlarm', payload: {} }),
      };
    }
    case 'setAlarmInterval': {
      const { interval } = request.payload;
      return {
        event: { type: 'SET_ALARM_INTERVAL', at, interval },
        refused: judgeInterval(context, interval),
        reply: () => ({ name: 'setAlarmInterval', payload: {} }),
      };
    }
    case 'noteDiscrepancy': {
      const { expected, aspirated, reason, note } = request.payload;
      return {
        event: { type: 'NOTE_DISCREPANCY', at, expected, aspirated, reason, note },
        refused: judgeNote(context),
        reply: () => ({ name: 'noteDiscrepancy', payload: {} }),
      };
    }
    case 'testAlarm':
      return {
        event: { type: 'TEST_ALARM', at },
        refused: undefined,
        reply: ({ profile }) => ({
          name: 'testAlarm',
          payload: { critical: profile.criticalToneLength, nonCritical: profile.toneLength },
        }),
      };
  }
}

/** Judgements that need nothing but the state. */
const WITHOUT_PAYLOAD: { readonly [N in CommandName]?: (context: PumpContext, at: Instant) => Refusal | undefined } = {
  implant: judgeImplant,
  enterReservoir: (context) => refuse([unprogrammable(context)]),
  noteDiscrepancy: judgeNote,
  stagePrescription: judgeStaging,
  // Other regions wait for a commit in all their states; only an update brings one.
  commitUpdate: (context) => refuse([unprogrammable(context), context.update === null && { code: 'notUpdating' }]),
  stop: (context) => judgeStop(context),
  resume: judgeResume,
  minimumRate: judgeMinimum,
  clinicianBolus: judgeOrdering,
  // Patient control takes a clock in all its states; an update takes none.
  setClock: (context) => refuse([unprogrammable(context), context.update !== null && { code: 'updating' }]),
  requestBolus: (context, at) => judgeRequest(context, { type: 'BOLUS_REQUEST', at }),
  beginUpdate: (context) => refuse([unprogrammable(context), ended(context)]),
  silenceAlarm: (context) =>
    ALARM_CODES.some((alarm) => judgeSilence(context, alarm) === undefined)
      ? undefined
      : refuse([{ code: 'alarmNotActive' }]),
  clearAlarm: (context) =>
    ALARM_CODES.some((alarm) => judgeClear(context, alarm) === undefined)
      ? undefined
      : refuse([{ code: 'alarmNotActive' }]),
  setAlarmInterval: (context) => refuse([unprogrammable(context)]),
};

/** By command, the regions of a chart that take it, and in which of their states. */
const takersIn = ({ regions }: PlainChart) =>
  COMMANDS.map((command) => {
    const takers = Object.entries(regions).map(([name, region]) => {
      const takes = (state: string) => transitionsOf(region, state, EVENT_OF[command]).length > 0;
      return { name, states: new Set(Object.keys(region.states).filter(takes)) };
    });
    return { command, takers: takers.filter(({ states }) => states.size > 0) };
  });

/** Tells the commands a chart takes in a state, as far as they can be judged without their payload. */
export function acceptedBy(chart: PlainChart): (state: PumpState, at: Instant) => CommandName[] {
  const all = takersIn(chart);
  return ({ value, context }, at) => {
    const takes = (takers: (typeof all)[number]['takers']) =>
      takers.some(({ name, states }) => states.has(sure(value[name], 'state of a region')));
    return all.flatMap(({ command, takers }) =>
      takes(takers) && WITHOUT_PAYLOAD[command]?.(context, at) === undefined ? [command] : [],
    );
  };
}
