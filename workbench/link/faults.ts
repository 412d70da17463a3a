import { type Duration, type MessageName, namesOf } from '../../shared/index.ts';
import type { NoiseRates } from './noise.ts';

/** What can happen to one frame. */
export const FRAME_FAULTS = {
  drop: 'it is lost',
  duplicate: 'it comes twice',
  corrupt: 'one of its bits is flipped',
  truncate: 'its end is cut off',
  reorder: 'it is held back until the next one the same way has overtaken it',
  crashBefore: 'the pump starts anew before it has taken it',
  crashAfter: 'the pump starts anew when it has carried it out, and its answer never leaves',
} as const;
export const FRAME_FAULT_NAMES = namesOf(FRAME_FAULTS);

/** One thing that happens to one frame; where null, chance says which bit, or how many bytes are left. */
export type FrameFault =
  | { readonly is: 'drop' | 'duplicate' | 'reorder' }
  | { readonly is: 'corrupt'; readonly bit: number | null }
  | { readonly is: 'truncate'; readonly to: number | null }
  | { readonly is: 'crashBefore' | 'crashAfter'; readonly timeLost: boolean };

/** Which frame: the one sent so many on, in either direction, the next being 1; or the next of a message. */
export type WhichFrame =
  | { readonly frame: number }
  | { readonly message: MessageName; readonly of: 'request' | 'answer' };

/** What can go wrong between the heads. */
export type LinkFault =
  /** Frames are lost from now on, or from a message on: with its request, or only from its answer on. */
  | {
      readonly type: 'disconnect';
      readonly from: { readonly message: MessageName; readonly lose: 'request' | 'answer' } | null;
    }
  /** Frames arrive again. */
  | { readonly type: 'reconnect' }
  /** Every frame takes so long from now on, each way. */
  | { readonly type: 'latency'; readonly oneWay: Duration }
  /** So many frames of a million suffer each kind from now on; all 0 is a quiet link. */
  | { readonly type: 'noise'; readonly rates: NoiseRates }
  /** Something happens to one frame to come. */
  | { readonly type: 'frameFault'; readonly on: WhichFrame; readonly fault: FrameFault };

export const LINK_FAULTS = {
  disconnect: 'the telemetry head slips: frames are lost, from now on or from a message on',
  reconnect: 'the telemetry head is back over the pump',
  latency: 'every frame takes so long from now on, each way',
  noise: 'frames are lost, doubled, damaged, cut or held back by chance from now on, each kind at its rate',
  frameFault: 'something happens to one frame to come, or to the pump that takes it',
} as const satisfies Record<LinkFault['type'], string>;

/** Whether what the world does is done to the link. */
export const isLinkFault = <A extends { readonly type: string }>(act: A | LinkFault): act is LinkFault =>
  act.type in LINK_FAULTS;
