import {
  DRUGS,
  type DrugName,
  type Duration,
  durationAgrees,
  formatDuration,
  type Instant,
  type Mass,
  mass,
  span,
  UnitError,
  unitOf,
  volume,
} from '../../shared/index.ts';
import type { AlarmCode, Outcome, Refused } from '../index.ts';
import { FINEST } from '../scenario/expect.ts';
import { condition } from '../scenario/schema.ts';
import { RunningPump, refusedWords } from '../scenario/simulate.ts';
import { keys, writtenSpan } from '../scenario/text.ts';
import { readWritten, WrittenError } from '../scenario/written.ts';

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

const NO_TIME = 'toBeRefused: retryIn: expected the outcome of a pump that simulate() made, which knows its time';

/** How a refusal shall end. */
export interface Retry {
  /** How long until it ends by itself, at the precision written. */
  readonly retryIn: string;
}

const retrySchema = keys({ retryIn: writtenSpan });

/** The matchers of `thecal/vitest`, as `expect.extend` takes them. */
export const matchers = {
  toBeRefused(received: unknown, wanted: Refused, retry?: Retry): Verdict {
    const answer = answerIn(received);
    readWritten(condition, { refused: wanted }, 'toBeRefused');
    const written = retry === undefined ? undefined : readWritten(retrySchema, retry, 'toBeRefused').retryIn;
    if (written !== undefined && answer.at === undefined) throw new WrittenError(NO_TIME);
    const left = leftOf(answer);
    const asked = `refused as ${wanted}${written === undefined ? '' : ` for another ${written.text}`}`;
    const pass =
      'refused' in answer &&
      answer.refused === wanted &&
      (written === undefined || (left !== undefined && durationAgrees(left, written)));
    const ends = left === undefined ? '' : `, for another ${formatDuration(left)}`;
    const was = 'refused' in answer ? `refused as ${reasonsOf(answer)}${ends}` : 'done';
    return { pass, message: () => `expected the act ${pass ? 'not ' : ''}to be ${asked}; it was ${was}` };
  },

  toHaveAlarm(received: unknown, wanted: AlarmCode): Verdict {
    const pump = pumpIn(received, 'toHaveAlarm');
    readWritten(condition, { alarm: wanted }, 'toHaveAlarm');
    const active = pump.belief.alarms.map(({ code }) => code);
    const pass = active.includes(wanted);
    const got = active.length === 0 ? 'none' : active.join(', ');
    return {
      pass,
      message: () => `expected the pump ${pass ? 'not ' : ''}to have the alarm ${wanted} at ${pump.time}, got: ${got}`,
    };
  },

  toHaveDelivered(received: unknown, wanted: string): Verdict {
    const pump = pumpIn(received, 'toHaveDelivered');
    const { kind, written } = amountIn(wanted);
    const left = kind === volume ? pump.truth.delivered : BigInt(primaryDose(pump));
    const pass = kind.agrees(left, written);
    const got = kind.format(left, FINEST, written.unit);
    return {
      pass,
      message: () => `expected the pump ${pass ? 'not ' : ''}to have delivered ${wanted} at ${pump.time}, got: ${got}`,
    };
  },
};

function amountIn(wanted: string) {
  for (const kind of [volume, mass]) {
    try {
      return { kind, written: kind.parseTotal(String(wanted)) };
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
    }
  }
  const examples = `a volume such as "${volume.example}" or a mass such as "${mass.example}"`;
  throw new WrittenError(`toHaveDelivered: ${JSON.stringify(wanted)}: expected ${examples}`);
}

/**
 * How much of the primary drug prescribed has left the pump. Throws where a drug has that is not prescribed: of a
 * mass nobody could say which drug is meant.
 */
function primaryDose({ belief, truth }: RunningPump): Mass {
  const prescribed = (belief.prescription?.drugs ?? truth.solution ?? []).map(({ name }) => name);
  const doseOf = (drug: DrugName): Mass => truth.doses[drug] ?? mass.of(0);
  const others = DRUGS.filter((drug) => !prescribed.includes(drug) && doseOf(drug) > 0);
  if (others.length > 0) {
    const left = others.map((drug) => `${mass.format(doseOf(drug), FINEST, unitOf(drug))} of ${drug}`).join(' and ');
    const names = prescribed.join(', ') || 'no drug';
    const what = `${left} left the pump, but what is prescribed is ${names}`;
    throw new Error(`toHaveDelivered: ${what}: expected a volume; pump.truth.doses has the mass of every drug`);
  }
  const [primary] = prescribed;
  return primary === undefined ? mass.of(0) : doseOf(primary);
}

function pumpIn(received: unknown, matcher: string): RunningPump {
  if (received instanceof RunningPump) return received;
  throw new WrittenError(`${matcher}: expected a pump that simulate() made, got ${typeof received}`);
}

type Answered = Outcome & { readonly at?: Instant };

const isAnswer = (value: unknown): value is Answered =>
  typeof value === 'object' && value !== null && ('done' in value || ('refused' in value && 'by' in value));

function answerIn(received: unknown): Answered {
  if (isAnswer(received)) return received;
  throw new WrittenError(`toBeRefused: expected what an act such as press() gives, got ${typeof received}`);
}

/** Every reason of a refusal, the first one first. */
function reasonsOf(refusal: Extract<Answered, { readonly refused: unknown }>): string {
  const reasons = [refusal.refused, ...('also' in refusal ? refusal.also : [])];
  return reasons.map((reason) => `${reason} (${refusedWords(reason)})`).join(', also ');
}

/** How long a refusal lasts from when it was given; undefined where no time ends it or none was noted. */
function leftOf(answer: Answered): Duration | undefined {
  if (!('until' in answer) || answer.until === null || answer.at === undefined) return undefined;
  return span(answer.until - answer.at);
}
