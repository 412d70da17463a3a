export * from './calendar.ts';
export { bytesToHex, digestOf, fromBytes, hexToBytes, toBytes } from './canonical.ts';
export * from './codes.ts';
export { crc32 } from './crc.ts';
export {
  DISCREPANCY_REASON_CODES,
  DISCREPANCY_REASONS,
  type Discrepancy,
  type DiscrepancyReason,
  discrepancySchema,
  LONGEST_NOTE,
  MOST_DISCREPANCIES,
  noteSchema,
} from './discrepancy.ts';
export * from './dosing.ts';
export * from './drug-limits.ts';
export { DRUGS, type DrugName, unitOf } from './drugs.ts';
export { found, keys, onlyKeys } from './exact-keys.ts';
export { brokenLink, type ChainLink, chainAfter } from './history-chain.ts';
export { fromJson, type Json, toJson } from './json.ts';
export { Key, nonceOf, roleKey, sessionKey, simulatedPairing, simulatedSecret } from './keys.ts';
export * from './messages/index.ts';
export { type Amount, mixed, rinsed } from './mixing.ts';
export { namesOf } from './names.ts';
export { didYouMean, expectedOne } from './nearest.ts';
export {
  type BolusSetting,
  type DayPart,
  isDivided,
  largestBolus,
  longestBolus,
  longestLockout,
  nextEdge,
  type PatientBolus,
  settingAt,
  settingsOf,
  shortestLockout,
} from './patient-bolus.ts';
export type { Handing, Port } from './port.ts';
export { type Impossible, impossible } from './possible-device.ts';
export {
  type Drug,
  type Filling,
  MOST_DRUGS,
  type Opening,
  type Prescription,
  prescriptionDigest,
  prescriptionSchema,
  strengthOf,
} from './prescription.ts';
export {
  type DeviceProfile,
  forParameters,
  type Line,
  PARAMETER_NAMES,
  PARAMETERS,
  type Parameter,
  type ParameterName,
  type ProfileSheet,
  profileLine,
  profileSheet,
  readProfile,
  STATUSES,
} from './profile.ts';
export { likeAnother, PROFILE_NAMES, PROFILES, profileNamed } from './profiles/index.ts';
export * from './program.ts';
export * from './status.ts';
export { sure } from './sure.ts';
export { type Clock, type Party, RANK, Timeline } from './timeline.ts';
export { Total } from './total.ts';
export * from './units/index.ts';
export { WIRE_KINDS, wire } from './wire.ts';
export { LAYERS, type Layer, silent, type Witness } from './witness.ts';
