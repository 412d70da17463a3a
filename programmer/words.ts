import type { AlarmCode, BolusEnd, InfusionState, LogKind, ReservoirState } from '../shared/index.ts';

/** Every word a clinician or patient reads stands here, by the code it belongs to. */
export const INFUSION_WORDS: Readonly<Record<InfusionState, string>> = {
  stopped: 'stopped',
  updating: 'stopped for an update',
  basal: 'basal delivery',
  patientBolus: 'patient bolus running',
  minimumRate: 'minimum rate',
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
  lowBatteryReset: 'Low battery reset: prescribe or resume, and replace the pump',
  stall: 'Motor stall: the pump does not deliver what it is asked for',
  occlusion: 'Catheter occluded: nothing reaches the patient',
  overTemperature: 'Pump too warm',
  overFlow: 'Flow too high: the patient gets more than is prescribed',
  underFlow: 'Flow too low: the patient gets less than is prescribed',
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
  stall: 'cut short by a motor stall',
  occlusion: 'cut short by an occluded catheter',
  overTemperature: 'cut short by a pump too warm',
  overFlow: 'cut short by a flow too high',
  underFlow: 'cut short by a flow too low',
};

export const LOG_WORDS: Readonly<Record<LogKind, string>> = {
  powerOn: 'power on',
  implanted: 'put in service',
  sessionOpened: 'telemetry session opened',
  sessionClosed: 'telemetry session closed',
  emergencySessions: 'what emergency sessions did again',
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
  conditionDeclared: 'a sensed condition declared',
  conditionGone: 'a declared condition gone',
  alarmIntervalSet: 'interval of critical alarms set',
  batteryReset: 'the battery faltered and the pump started anew',
  alarmTested: 'both tones sounded for a test',
};
