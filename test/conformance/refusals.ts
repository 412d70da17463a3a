import type { Json } from '../../shared/index.ts';
import type { Bedside } from './bedside.ts';
import { at, isList, numberAt, textAt } from './json.ts';

/** No reservoir can be counted above 104 mL. */
const MOST = 104 * 86_400_000_000_000;
/** By force a quarter more goes in. */
const FORCED = 1.25;

/** Why hands are refused what they try; undefined where they are not. */
export function reasonAgainst(act: Json, bedside: Bedside): string | undefined {
  const { beyond, motor } = bedside;
  const type = textAt(act, 'type');
  const isBeside = at(act, 'into') === 'pocket';
  if (bedside.isFlipped && ['drain', 'aspirate', 'inject', 'rinse'].includes(type) && !isBeside) return 'unreachable';
  switch (type) {
    case 'inject': {
      if (!isList(at(act, 'solution')) && !bedside.isFluidKnown) return 'unknownSolution';
      const room = Math.min(bedside.capacity * (at(act, 'force') === true ? FORCED : 1), MOST);
      return !isBeside && Number(bedside.reservoir) + numberAt(act, 'volume') > room ? 'overfull' : undefined;
    }
    case 'prepare':
      return bedside.isNew ? undefined : 'notNew';
    case 'rinse':
      if (bedside.reservoir > 0n) return 'notEmpty';
      return numberAt(act, 'volume') > bedside.capacity ? 'overfull' : undefined;
    case 'resetValve':
      return motor.shut ? undefined : 'notShut';
    case 'aspiratePort':
      return beyond.port !== 'open' || motor.has('occlusion') || !beyond.returns(bedside.now) ? 'noReturn' : undefined;
    case 'injectPort':
    case 'dyeStudy':
      return beyond.port === 'blocked' || motor.has('occlusion') ? 'noPassage' : undefined;
    case 'connectCatheter':
    case 'disconnectCatheter':
      return beyond.isConnected === (type === 'connectCatheter') ? 'alreadySo' : undefined;
    case 'enterScanner':
    case 'leaveScanner':
      return bedside.inScanner === (type === 'enterScanner') ? 'alreadySo' : undefined;
    default:
      return undefined;
  }
}
