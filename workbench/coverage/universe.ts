import { chartTransitions, HANDS_REFUSALS, names, plainChart, transitionName } from '../../firmware-sim/index.ts';
import { PROGRAMMER_REFUSALS } from '../../programmer/index.ts';
import { ALARM_CODES, LOG_KINDS, MESSAGE_NAMES, REFUSAL_CODES } from '../../shared/index.ts';
import { WORLD_ACTS } from '../act.ts';
import { CRASHES, FRAME_FATES } from '../link/fates.ts';

/** What a scenario can exercise, kind by kind. */
export const COVERAGE_KINDS = ['transition', 'guard', 'refusal', 'alarm', 'message', 'log', 'fault'] as const;
export type CoverageKind = (typeof COVERAGE_KINDS)[number];

/**
 * Everything there is to exercise, in the order of the tables it comes from. An item is its kind and its name:
 * `transition infusion.basal STOP -> stopped`, `guard bolusGranted true`, `refusal pump lockedOut`,
 * `alarm lowReservoir raised`, `message openSession request`, `log powerOn`, `fault flowBias`, `fault answer lost`,
 * `fault crash before`.
 */
export const COVERAGE_ITEMS: Readonly<Record<CoverageKind, readonly string[]>> = {
  transition: chartTransitions(plainChart).map((each) => `transition ${transitionName(each)}`),
  guard: Object.keys(names.guards).flatMap((name) => [`guard ${name} true`, `guard ${name} false`]),
  refusal: [
    ...REFUSAL_CODES.map((code) => `refusal pump ${code}`),
    ...[...Object.keys(PROGRAMMER_REFUSALS), 'notMeasured'].map((code) => `refusal programmer ${code}`),
    ...Object.keys(HANDS_REFUSALS).map((code) => `refusal hands ${code}`),
  ],
  alarm: ALARM_CODES.flatMap((code) => [`alarm ${code} raised`, `alarm ${code} cleared`]),
  message: MESSAGE_NAMES.flatMap((name) => ['request', 'reply', 'refusal'].map((part) => `message ${name} ${part}`)),
  log: LOG_KINDS.map((kind) => `log ${kind}`),
  fault: [
    ...Object.keys(WORLD_ACTS).map((name) => `fault ${name}`),
    ...FRAME_FATES.flatMap((fate) => [`fault request ${fate}`, `fault answer ${fate}`]),
    ...CRASHES.map((when) => `fault crash ${when}`),
  ],
};
