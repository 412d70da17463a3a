import { z } from 'zod';
import { span as durationOf, formatDuration, MESSAGE_NAMES, MOST_FRAME } from '../../shared/index.ts';
import { FRAME_FAULT_NAMES, type FrameFault, type WhichFrame } from '../link/faults.ts';
import { type NoiseRates, QUIET } from '../link/noise.ts';
import { found, keys, oneWordOf, share, span } from './text.ts';

/* What can go wrong with the link, as it is written in a scenario. */

const message = oneWordOf(MESSAGE_NAMES);

export const lost = keys({
  from: message.describe('The message that breaks the link'),
  lose: oneWordOf(['request', 'answer']).describe('Whether its request is lost, or only its answer'),
}).transform(({ from, lose }) => ({ message: from, lose }));

/** Longest a frame may be on its way. */
const MOST_LATENCY = 3_600_000;

export const latency = span
  .refine((by) => by <= MOST_LATENCY, {
    error: ({ input }) => `${formatDuration(durationOf(Number(input)))}: expected at most "1h"`,
  })
  .meta({ written: ['200ms'] });

const rate = share('frames').meta({ written: ['10 %'] });

export const noise = z.union(
  [
    z.literal('none').transform((): NoiseRates => QUIET),
    keys({
      drop: rate.exactOptional().describe('How many frames are lost'),
      duplicate: rate.exactOptional().describe('How many come twice'),
      corrupt: rate.exactOptional().describe('How many have a bit flipped'),
      truncate: rate.exactOptional().describe('How many lose their end'),
      reorder: rate.exactOptional().describe('How many are overtaken by the next the same way'),
    })
      .refine((value) => Object.keys(value).length > 0, 'no noise at all: expected none, or at least one rate')
      .transform((rates): NoiseRates => ({ ...QUIET, ...rates })),
  ],
  { error: ({ input }) => `${found(input)}expected none, or rates such as { drop: 10 %, corrupt: 5 % }` },
);

const MOST_FRAMES = 1_000_000;

/** A whole number in a range, and why there is an end to it. */
const whole = (least: number, most: number, because: string) => {
  const error = ({ input }: { readonly input?: unknown }) =>
    `${found(input)}${because}: expected a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};

export const frameFault = keys({
  frame: whole(1, MOST_FRAMES, 'the next frame sent is 1')
    .exactOptional()
    .describe('Which frame from now on, of both directions, those sent again counted too'),
  message: message.exactOptional().describe('Or the next frame of this message'),
  of: oneWordOf(['request', 'answer']).exactOptional().describe('Its request, or an answer that is no refusal'),
  is: oneWordOf(FRAME_FAULT_NAMES).describe('What happens to it'),
  bit: whole(0, MOST_FRAME * 8 - 1, `a frame has at most ${MOST_FRAME} bytes`)
    .exactOptional()
    .describe('Which bit is flipped, counted from the first sent; unless given, by chance'),
  to: whole(0, MOST_FRAME - 1, `a frame has at most ${MOST_FRAME} bytes`)
    .exactOptional()
    .describe('How many bytes are left of it; unless given, by chance'),
  clock: oneWordOf(['kept', 'lost']).exactOptional().describe('Whether a pump that crashes keeps the time'),
})
  .superRefine((value, context) => {
    const wrong = (key: keyof typeof value | undefined, text: string) =>
      context.addIssue({ code: 'custom', message: text, path: key === undefined ? [] : [key] });
    const crash = value.is === 'crashBefore' || value.is === 'crashAfter';
    if (value.frame !== undefined && value.message !== undefined)
      wrong('message', 'one frame a fault: expected "frame" or "message", not both');
    if (value.frame === undefined && value.message === undefined)
      wrong(undefined, 'of which frame? expected "frame", such as frame: 1, or "message"');
    if (value.of !== undefined && value.message === undefined) wrong('of', '"of" belongs to "message"');
    if (value.of === 'answer' && crash) wrong('of', 'the pump crashes over what it is sent: expected request');
    if (value.of === undefined && value.message !== undefined && !crash)
      wrong('message', '"message" needs "of": expected of: request, or of: answer');
    if (value.bit !== undefined && value.is !== 'corrupt') wrong('bit', '"bit" belongs to "is: corrupt"');
    if (value.to !== undefined && value.is !== 'truncate') wrong('to', '"to" belongs to "is: truncate"');
    if (value.clock !== undefined && !crash) wrong('clock', '"clock" belongs to "is: crashBefore" or "crashAfter"');
    if (value.clock === undefined && crash) wrong('is', 'a crash needs "clock": expected clock: kept, or clock: lost');
  })
  .transform((value): { readonly on: WhichFrame; readonly fault: FrameFault } => {
    const { frame = 1, message, of = 'request' } = value;
    return { on: message === undefined ? { frame } : { message, of }, fault: faultIn(value) };
  });

/** What is written of a fault beside which frame it is. */
interface Written {
  readonly is: FrameFault['is'];
  readonly bit?: number;
  readonly to?: number;
  readonly clock?: 'kept' | 'lost';
}

function faultIn({ is, bit, to, clock }: Written): FrameFault {
  switch (is) {
    case 'corrupt':
      return { is, bit: bit ?? null };
    case 'truncate':
      return { is, to: to ?? null };
    case 'crashBefore':
    case 'crashAfter':
      return { is, timeLost: clock === 'lost' };
    default:
      return { is };
  }
}
