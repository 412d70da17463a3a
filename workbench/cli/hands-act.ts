import { z } from 'zod';
import { type Duration, formatDuration, rate, showDateTime, span, volume } from '../../shared/index.ts';
import {
  actOutcome,
  actSentence,
  type HandsLine,
  LineError,
  readHandsLine,
  refusedWords,
  truthOnWire,
} from '../index.ts';
import { ControlClient } from '../node/control-client.ts';
import { asUnusable } from './elsewhere.ts';
import { EXIT, Unusable } from './exit.ts';
import { out } from './print.ts';

export interface HandsFlags {
  readonly control: string;
  readonly json?: true;
}

/** As much of what the control channel says of its time as is told here. */
const shown = z.object({ now: z.int(), localTime: z.int() });

/** Most that held time goes on at one request, in milliseconds. */
const MOST_AT_ONCE = 31 * 86_400_000;

/** Does what a line says at the bedside of a pump in another process; the exit code. Throws Unusable. */
export async function handsAct(text: string, { control, json }: HandsFlags): Promise<number> {
  const line = read(text);
  try {
    const desk = await ControlClient.connect(control);
    try {
      const outcome = await (line.kind === 'elapse' ? elapse(desk, line.by) : done(desk, line));
      const [truth, now] = [await desk.ask({ do: 'truth' }), shown.parse(await desk.ask({ do: 'now' }))];
      const localTime = showDateTime(span(now.localTime));
      if (json) out(JSON.stringify({ now: now.now, localTime, outcome, truth }));
      else out([`${localTime}  ${sentence(line, outcome)}`, truthText(truth)].join('\n'));
      return 'refused' in outcome ? EXIT.failed : EXIT.met;
    } finally {
      await desk.close();
    }
  } catch (error) {
    throw asUnusable(error);
  }
}

type Outcome = z.output<typeof actOutcome>;

function read(text: string): HandsLine {
  try {
    return readHandsLine(text);
  } catch (error) {
    if (error instanceof LineError) throw new Unusable(error.message);
    throw error;
  }
}

const done = async (desk: ControlClient, { written }: Extract<HandsLine, { kind: 'act' }>): Promise<Outcome> =>
  actOutcome.parse(await desk.ask({ do: 'act', act: written }));

/** Lets time go on faster than it does by itself: it is held for this connection, which lets it go with its end. */
async function elapse(desk: ControlClient, by: Duration): Promise<Outcome> {
  let { now } = shown.parse(await desk.ask({ do: 'hold' }));
  for (const end = now + by; now < end; ) {
    const to = Math.min(end, now + MOST_AT_ONCE);
    ({ now } = shown.parse(await desk.ask({ do: 'advanceTo', to })));
  }
  return { done: true };
}

function sentence(line: HandsLine, outcome: Outcome): string {
  if (line.kind === 'elapse') return `${formatDuration(line.by)} have gone by`;
  const words = actSentence(line.act.by, { ...line.act.act }, undefined);
  if ('refused' in outcome) return `${words}; not done: ${refusedWords(outcome.refused)}`;
  return outcome.reading === undefined ? words : `${words}; the syringe shows ${volume.format(outcome.reading)}`;
}

/** What an onlooker who could look into the pump would see. */
function truthText(told: unknown): string {
  const { reservoir, flow } = truthOnWire.parse(told);
  return `  true: ${reservoir === 0 ? 'the reservoir is empty' : `${volume.format(reservoir)} in the reservoir`}, ${rate.format(flow)} flows`;
}
