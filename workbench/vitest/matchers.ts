import {
  type Duration,
  durationAgrees,
  formatDuration,
  type Instant,
  mass,
  span,
  UnitError,
  volume,
} from '../../shared/index.ts';
import type { AlarmCode, Outcome, Refused } from '../index.ts';
import { condition } from '../scenario/schema.ts';
import { RunningPump, refusedWords } from '../scenario/simulate.ts';
import { writtenSpan } from '../scenario/text.ts';
import { readWritten, WrittenError } from '../scenario/written.ts';

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

const NO_TIME = 'toBeRefused: retryIn: expected the outcome of a pump that simulate() made, which knows its time';

/** How a refusal shall end. */
export interface Retry {
  /** How long until it ends by itself, at the precision written. */
  readonly retryIn?: string | undefined;
}

/** The matchers of `thecal/vitest`, as `expect.extend` takes them. */
export const matchers = {
  toBeRefused(received: unknown, wanted: Refused, { retryIn }: Retry = {}): Verdict {
    const answer = answerIn(received);
    readWritten(condition, { refused: wanted }, 'toBeRefused');
    const written = retryIn === undefined ? undefined : readWritten(writtenSpan, retryIn, 'toBeRefused: retryIn');
    const left = leftOf(answer);
    if (written !== undefined && answer.at === undefined) throw new WrittenError(NO_TIME);
    const asked = `refused as ${wanted}${retryIn === undefined ? '' : ` for another ${retryIn}`}`;
    const pass =
      'refused' in answer &&
      answer.refused === wanted &&
      (written === undefined || (left !== undefined && durationAgrees(left, written)));
    const ends = left === undefined ? '' : `, for another ${formatDuration(left)}`;
    const was = 'refused' in answer ? `refused as ${answer.refused} (${refusedWords(answer.refused)})${ends}` : 'done';
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
    const checked = pump.check({ truth: { [accountOf(wanted)]: wanted } });
    const pass = checked.every(({ met }) => met);
    const got = checked.map(({ got }) => got).join(', ');
    return {
      pass,
      message: () => `expected the pump ${pass ? 'not ' : ''}to have delivered ${wanted} at ${pump.time}, got: ${got}`,
    };
  },
};

/** Which account of the truth an amount is held against: the volume delivered, or the drug in it. */
function accountOf(wanted: string): 'delivered' | 'dose' {
  const fits = (kind: typeof volume | typeof mass): boolean => {
    try {
      return kind.parseTotal(String(wanted)).text !== '';
    } catch (error) {
      if (error instanceof UnitError) return false;
      throw error;
    }
  };
  if (fits(volume)) return 'delivered';
  if (fits(mass)) return 'dose';
  const examples = `a volume such as "${volume.example}" or a mass such as "${mass.example}"`;
  throw new WrittenError(`toHaveDelivered: ${JSON.stringify(wanted)}: expected ${examples}`);
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

/** How long a refusal lasts from when it was given; undefined where no time ends it or none was noted. */
function leftOf(answer: Answered): Duration | undefined {
  if (!('until' in answer) || answer.until === null || answer.at === undefined) return undefined;
  return span(answer.until - answer.at);
}
