export type { Branded } from './brand.ts';
export { type Kind, UnitError, type Written } from './kind.ts';
export {
  type Concentration,
  concentration,
  type DoseRate,
  doseRate,
  type Mass,
  mass,
  NL_PER_ML,
  type Proportion,
  proportion,
  type Rate,
  rate,
  VOLUME_PER_ML,
  VOLUME_PER_NL,
  type Volume,
  volume,
} from './quantities.ts';
export {
  after,
  between,
  type Duration,
  durationAgrees,
  earliest,
  formatDuration,
  formatDurationLike,
  type Instant,
  instant,
  MS_PER_DAY,
  parseDuration,
  parseWrittenDuration,
  span,
} from './time.ts';
