import type { FrameFault } from './faults.ts';
import { below, type Chance } from './noise.ts';

/** One thing done to the bytes of a frame, and the bytes then; or that it could not be done, the frame being too short. */
type Damage =
  | { readonly kind: 'corrupted'; readonly bit: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncated'; readonly left: number; readonly bytes: Uint8Array }
  | { readonly kind: 'spared'; readonly bit: number }
  | { readonly kind: 'spared'; readonly left: number };

/** What faults do to the bytes of a frame, step by step: bits are flipped first, then the end is cut off. */
export function damaged(whole: Uint8Array, faults: readonly FrameFault[], chance: Chance): readonly Damage[] {
  const steps: Damage[] = [];
  let bytes = whole;
  for (const fault of faults) {
    if (fault.is !== 'corrupt') continue;
    const bit = fault.bit ?? below(bytes.length * 8, chance.bit);
    if (bit >= bytes.length * 8) steps.push({ kind: 'spared', bit });
    else {
      bytes = flipped(bytes, bit);
      steps.push({ kind: 'corrupted', bit, bytes });
    }
  }
  for (const fault of faults) {
    if (fault.is !== 'truncate') continue;
    const left = fault.to ?? below(bytes.length, chance.length);
    if (left >= bytes.length) steps.push({ kind: 'spared', left });
    else {
      bytes = bytes.slice(0, left);
      steps.push({ kind: 'truncated', left, bytes });
    }
  }
  return steps;
}

/** Bits are counted from the highest of the first byte, as they are sent. */
function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  const byte = bit >> 3;
  changed[byte] = (changed[byte] ?? 0) ^ (0x80 >> (bit & 7));
  return changed;
}
