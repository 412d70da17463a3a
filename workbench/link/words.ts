import { formatDuration, proportion } from '../../shared/index.ts';
import { type Fields, fieldsIn } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';
import type { LinkFault, WhichFrame } from './faults.ts';
import { NOISE_KINDS, type NoiseKind } from './noise.ts';

/** A fault of the link that lasts, or waits for its frame, in words. */
export function linkFaultWords(fault: Exclude<LinkFault, { type: 'disconnect' | 'reconnect' }>): string {
  switch (fault.type) {
    case 'latency':
      return `from now on a frame takes ${formatDuration(fault.oneWay)} each way`;
    case 'noise': {
      const rates = NOISE_KINDS.filter((kind) => fault.rates[kind] > 0).map(
        (kind) => `${proportion.format(fault.rates[kind])} ${NOISE_WORDS[kind]}`,
      );
      return rates.length === 0 ? 'the link is quiet' : `from now on, of the frames, ${rates.join(', ')}`;
    }
    case 'frameFault':
      return frameFaultWords(fault, 'will be');
  }
}

/** What is to become of one frame, in words: "the next answer requestBolus will be lost". */
export const frameFaultWords = (
  { on, fault }: Extract<LinkFault, { type: 'frameFault' }>,
  will: 'will be' | 'to be',
): string => `${whichWords(on)} ${will} ${AWAITED_WORDS[fault.is]}`;

const NOISE_WORDS: Readonly<Record<NoiseKind, string>> = {
  drop: 'are lost',
  duplicate: 'come twice',
  corrupt: 'have a bit flipped',
  truncate: 'lose their end',
  reorder: 'are held back',
};

const AWAITED_WORDS = {
  drop: 'lost',
  duplicate: 'doubled',
  corrupt: 'damaged',
  truncate: 'cut short',
  reorder: 'held back',
  crashBefore: 'the last thing before a crash of the pump, and not taken',
  crashAfter: 'the last thing before a crash of the pump, carried out and not answered',
} as const;

function whichWords(on: WhichFrame): string {
  if ('message' in on) return `the next ${on.of} ${on.message}`;
  return on.frame === 1 ? 'the next frame' : `frame ${on.frame} from now on`;
}

/** What a record says happened to a frame, or to the pump over one, in words; undefined where it says nothing of that. */
export function frameWords({ layer, kind, data }: TraceRecord): string | undefined {
  if (layer !== 'link') return undefined;
  const fields = fieldsIn(data);
  const told = FATES[kind];
  return told?.(fields, nameOf(fields));
}

const FATES: Readonly<Record<string, (fields: Fields, name: string) => string>> = {
  lost: (_, name) => `${name} is lost`,
  duplicated: (_, name) => `${name} comes twice`,
  corrupted: ({ bit }, name) => `bit ${bit} of ${name} is flipped`,
  truncated: ({ left }, name) => `${name} is cut off after ${left} bytes`,
  spared: ({ bit, left }, name) =>
    `${name} is too short for ${bit === undefined ? `a cut after ${left} bytes` : `a bit ${bit}`}`,
  heldBack: (_, name) => `${name} is held back`,
  arrived: ({ unreadable }, name) =>
    unreadable === undefined ? `${name} arrives` : `${name} arrives, unreadable: ${unreadable}`,
  crash: ({ when, timeLost }, name) =>
    `the pump crashes ${when === 'before' ? `before it takes ${name}` : `when it has carried out ${name}`}${timeLost === true ? ', and loses the time' : ''}`,
};

/** A frame by what it says and whose it is. */
function nameOf({ name, answer, from, to }: Fields): string {
  if (name === undefined) return `a frame of the ${from}`;
  return answer === true ? `the answer ${name} to the ${to}` : `the request ${name} of the ${from}`;
}
