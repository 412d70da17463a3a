export * from './calendar.ts';
export { bytesToHex, digestOf, fromBytes, hexToBytes, toBytes } from './canonical.ts';
export * from './codes.ts';
export { crc32 } from './crc.ts';
export * from './dosing.ts';
export { DRUGS, type DrugName, unitOf } from './drugs.ts';
export { brokenLink, type ChainLink, chainAfter } from './history-chain.ts';
export { fromJson, type Json, toJson } from './json.ts';
export { Key, nonceOf, roleKey, sessionKey, simulatedPairing, simulatedSecret } from './keys.ts';
export * from './messages/index.ts';
export type { Port } from './port.ts';
export {
  type Drug,
  type Filling,
  MOST_DRUGS,
  type Opening,
  type PatientBolus,
  type Prescription,
  prescriptionDigest,
  prescriptionSchema,
  strengthOf,
} from './prescription.ts';
export {
  type DeviceProfile,
  PARAMETER_NAMES,
  PARAMETERS,
  type ParameterName,
  type ProfileSheet,
  profileSheet,
  readProfile,
  STATUSES,
} from './profile.ts';
export { PROFILE_NAMES, PROFILES, profileNamed } from './profiles/index.ts';
export * from './program.ts';
export * from './status.ts';
export { type Clock, type Party, RANK, Timeline } from './timeline.ts';
export * from './units/index.ts';
export { WIRE_KINDS, type WireKind, wire } from './wire.ts';
export { LAYERS, type Layer, silent, type Witness } from './witness.ts';
