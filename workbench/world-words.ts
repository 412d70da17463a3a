import type { ApplicationCard } from '../programmer/index.ts';
import { ALARMS, CONDITIONS, formatDuration, proportion, rate, span, volume } from '../shared/index.ts';
import { WORLD_ACTS, type WorldAct } from './act.ts';
import { linkFaultWords } from './link/words.ts';

const { format } = proportion;
const now = (act: WorldAct, ...how: readonly string[]): string =>
  [`from now on ${WORLD_ACTS[act.type]}`, how.join(' ')].filter((part) => part !== '').join(': ');
const noLonger = ({ type }: WorldAct): string => `no longer true: ${WORLD_ACTS[type]}`;

const comesAndGoes = (rhythm: { readonly lasts: number; readonly every: number } | null): string[] =>
  rhythm === null ? [] : [`${formatDuration(span(rhythm.lasts))} every ${formatDuration(span(rhythm.every))}`];

const LEAKS = { connector: 'at the connector', catheter: 'half way along' } as const;
const TIP_WORDS = {
  intrathecal: 'the tip of the catheter lies in the CSF',
  epidural: 'the tip of the catheter lies outside the dura',
  subdural: 'the tip of the catheter lies under the dura',
  dislodged: 'the tip of the catheter has come out',
} as const;

const PORT_WORDS = {
  blocked: 'from now on nothing goes in or out at the access port',
  oneWay: 'from now on a clot at the access port lets in what it does not let out',
  open: 'the access port is open again',
} as const;

const MEMORY_WORDS = {
  oneBank: 'one bank of the memory is spoiled',
  bothBanks: 'both banks of the memory are spoiled',
  locked: 'an error locks the memory of the pump',
} as const;

function cardWords({ tubingVolume, replaceBy }: ApplicationCard): string {
  const wrong = [
    ...(tubingVolume === undefined ? [] : [`takes the tubing to hold ${volume.format(tubingVolume)}`]),
    ...(replaceBy === 'unknown' ? ['knows no date by which to replace the pump'] : []),
    ...(typeof replaceBy === 'number' ? [`shows that date ${formatDuration(replaceBy)} late`] : []),
  ];
  return wrong.length === 0
    ? 'the software of the programmer is as it should be'
    : `the software of the programmer ${wrong.join(' and ')}`;
}

/** What the world did, as a sentence. */
export function worldSentence(act: WorldAct): string {
  switch (act.type) {
    case 'localTime':
      return `the clocks of the place are moved by ${act.by < 0 ? '−' : '+'}${formatDuration(span(Math.abs(act.by)))}`;
    case 'applicationCard':
      return cardWords(act.card);
    case 'batteryLow':
    case 'batteryEmpty':
    case 'valvesOpen':
    case 'disconnect':
    case 'reconnect':
      return WORLD_ACTS[act.type];
    case 'latency':
    case 'noise':
    case 'frameFault':
      return linkFaultWords(act);
    case 'fillSensor':
      return now(act, format(act.gain), 'and', volume.format(act.offset));
    case 'reset':
      return `the processor of the pump starts anew, ${act.timeLost ? 'and has lost the time' : 'with the time'}`;
    case 'batteryReset':
      return `the battery falters and the processor of the pump starts anew${act.safeState ? ', in its safe state' : ''}`;
    case 'begins':
      return `from now on ${CONDITIONS[act.condition].text}`;
    case 'ends':
      return `no longer true: ${CONDITIONS[act.condition].text}`;
    case 'memoryFault':
      return MEMORY_WORDS[act.banks];
    case 'falseAlarm':
      return act.alarm === null ? noLonger(act) : now(act, ALARMS[act.alarm].text.toLowerCase());
    case 'flowDrift':
      return act.drift === null
        ? noLonger(act)
        : now(act, format(act.drift.by), 'each', formatDuration(act.drift.every));
    case 'nearlyEmpty':
      return act.by === 0 ? noLonger(act) : now(act, format(act.by), 'below', volume.format(act.below));
    case 'intermittentStall':
      return act.rhythm === null ? noLonger(act) : now(act, ...comesAndGoes(act.rhythm));
    case 'slowRecovery':
      return act.by === 0 ? noLonger(act) : now(act, formatDuration(act.by));
    case 'leak':
      return act.leak === null
        ? 'the catheter is tight again'
        : [
            `${format(act.leak.share)} of the flow leaks out ${LEAKS[act.leak.at]}`,
            ...comesAndGoes(act.leak.rhythm),
          ].join(', ');
    case 'tip':
      return TIP_WORDS[act.lies];
    case 'telemetryLatch':
      return act.latches ? now(act) : noLonger(act);
    case 'staleRecord':
      return act.stale ? now(act) : noLonger(act);
    case 'resistiveFilm':
      return act.film === null ? noLonger(act) : now(act, rate.format(act.film.above));
    case 'accessPort':
      return PORT_WORDS[act.port];
    case 'pumpFlipped':
      return act.flipped ? now(act) : noLonger(act);
    case 'granuloma':
      return act.share === 0 ? noLonger(act) : now(act, format(act.share));
    default:
      return now(act, format(act.by));
  }
}
