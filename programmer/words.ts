import type { AlarmCode, BolusEnd, InfusionState, LogKind, ReservoirState } from '../shared/index.ts';

/** Every word a clinician or patient reads stands here, by the code it belongs to. */
export const INFUSION_WORDS: Readonly<Record<InfusionState, string>> = {
  stopped: 'stopped',
  updating: 'stopped for an update',
  basal: 'basal delivery',
  patientBolus: 'patient bolus running',
  minimumRate: 'minimum rate',
  clinicianBolus: 'single bolus running',
  prime: 'priming bolus running',
  bridge: 'bridge bolus running',
  delayed: 'minimum rate until its delayed start',
};

export const RESERVOIR_WORDS: Readonly<Record<ReservoirState, string>> = {
  normal: 'normal',
  low: 'low',
  empty: 'empty',
};

export const ALARM_WORDS: Readonly<Record<AlarmCode, string>> = {
  lowReservoir: 'Low reservoir: refill the pump',
  emptyReservoir: 'Reservoir calculated empty: refill the pump now',
  stoppedPump: 'Pump stopped too long: no drug is being delivered',
  eri: 'Elective replacement: replace the pump by its date',
  endOfService: 'End of service: the pump must be replaced',
  memoryError: 'Memory error: the pump has lost its prescription and cannot be programmed',
};

export const BOLUS_END_WORDS: Readonly<Record<BolusEnd, string>> = {
  complete: 'complete',
  stop: 'cut short by a stop',
  update: 'cut short by an update',
  lowReservoir: 'cut short by a low reservoir',
  emptyReservoir: 'cut short by an empty reservoir',
  minimumRate: 'cut short by the minimum rate',
  reset: 'cut short by a reset',
  endOfService: 'cut short by the end of service',
  doseLimit: 'halted at the dose limit',
};

export const LOG_WORDS: Readonly<Record<LogKind, string>> = {
  powerOn: 'power on',
  implanted: 'put in service',
  sessionOpened: 'telemetry session opened',
  sessionClosed: 'telemetry session closed',
  reservoirEntered: 'reservoir volume entered',
  updateStarted: 'prescription update started, delivery stopped',
  updateInterrupted: 'prescription update interrupted',
  prescriptionCommitted: 'prescription in force',
  deliveryStarted: 'basal delivery started',
  deliveryStopped: 'delivery stopped',
  minimumRateStarted: 'minimum rate started',
  bolusGranted: 'patient bolus granted',
  bolusEnded: 'patient bolus ended',
  bolusDenied: 'patient bolus denied',
  commandRefused: 'command refused',
  frameRejected: 'telemetry frame rejected',
  alarmRaised: 'alarm raised',
  alarmCleared: 'alarm cleared',
  zeroStep: 'the program asks for no delivery',
  periodicStarted: 'periodic bolus started',
  periodicEnded: 'periodic bolus ended',
  periodicSkipped: 'periodic bolus skipped',
  limitOverridden: 'dose limit overridden by a clinician',
  clockSet: 'clock set',
  reset: 'the pump started anew',
  alarmSilenced: 'alarm silenced',
  silenceEnded: 'silence over',
  memoryHealed: 'one bank of the memory made anew from the other',
  memoryFailed: 'memory failed: nothing of what was stored is left',
  clinicianBolusStarted: 'single bolus started',
  clinicianBolusSuspended: 'single bolus suspended by a patient bolus',
  clinicianBolusResumed: 'single bolus goes on',
  clinicianBolusEnded: 'single bolus ended',
  openingStarted: 'prime, bridge or delayed start begun',
  openingEnded: 'prime, bridge or delayed start ended',
};
