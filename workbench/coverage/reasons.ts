import type { Left } from './report.ts';

/** What no shipped scenario exercises because nothing but a change of the product could: a reason, and what it explains. */
const UNREACHABLE: readonly Left[] = [
  {
    because: 'the programmer judges it first and asks nothing of the pump',
    items: ['refusal pump concentrationZero'],
  },
  {
    because: 'a command that is refused never reaches the chart',
    items: ['guard stageAllowed false', 'guard beginAllowed false', 'guard commitToStopped false'],
  },
  {
    because: 'a bolus is granted in state ready alone, every deadline having been kept before anybody asks',
    items: ['guard bolusDenied false'],
  },
  {
    because: 'only another programmer, or another pump, could send or answer it',
    items: [
      'transition infusion.updating STOP -> stopped',
      'refusal pump wrongSerial',
      'refusal pump roleTooLow',
      'refusal pump malformed',
      'refusal pump tooLong',
      'refusal pump notUpdating',
      'refusal pump notStaged',
      'refusal programmer otherPump',
      'refusal programmer digestMismatch',
      'refusal programmer verifyFailed',
      'message openSession refusal',
      'message beginUpdate refusal',
      'message commitUpdate refusal',
    ],
  },
  {
    because: 'no shipped profile has the policy that leads there',
    items: [
      'transition infusion.updating UPDATE_COMMIT [commitToMinimum] -> minimumRate',
      'transition infusion.updating SESSION_CLOSED [abortToMinimum] -> minimumRate',
      'transition infusion.updating SESSION_CLOSED [abortToBasal] -> basal',
      'transition infusion.basal RESERVOIR_EMPTY [emptyToMinimum] -> minimumRate',
      'transition infusion.patientBolus RESERVOIR_LOW [lowEndsBolus] -> basal',
      'transition infusion.patientBolus RESERVOIR_EMPTY [emptyToMinimum] -> minimumRate',
      'guard commitToMinimum true',
      'guard abortToBasal true',
      'guard abortToMinimum true',
      'guard lowEndsBolus true',
      'guard emptyToMinimum true',
    ],
  },
  {
    because: 'no shipped profile lets a running pump command a rate of 0',
    items: ['transition infusion.basal STOPPED_TOO_LONG', 'transition infusion.minimumRate STOPPED_TOO_LONG'],
  },
  {
    because: 'the link of a scenario never fails: no frame is lost, late or damaged',
    items: [
      'transition infusion.updating SESSION_CLOSED [abortToStopped] -> stopped',
      'transition infusion.updating STOPPED_TOO_LONG',
      'guard abortToBasal false',
      'guard abortToMinimum false',
      'guard abortToStopped true',
      'guard abortToStopped false',
      'refusal pump noSession',
      'refusal pump updating',
      'refusal programmer busy',
      'refusal programmer noAnswer',
      'refusal programmer updateUncertain',
      'message closeSession refusal',
      'message interrogate refusal',
      'message readHistory refusal',
      'message readLog refusal',
      'log updateInterrupted',
      'log frameRejected',
    ],
  },
];

/** What a scenario could exercise and none does yet. Whoever writes one deletes its lines here. */
const NO_SCENARIO_YET: readonly string[] = [
  // infusion.stopped
  'transition infusion.stopped RESUME [resumeToMinimum] -> minimumRate',
  // infusion.updating
  'transition infusion.updating UPDATE_COMMIT [commitToStopped] -> stopped',
  // infusion.basal
  'transition infusion.basal RESERVOIR_LOW [lowToMinimum] -> minimumRate',
  'transition infusion.basal RESERVOIR_EMPTY [emptyToStopped] -> stopped',
  'transition infusion.basal ENTER_RESERVOIR [entryToStopped] -> stopped',
  'transition infusion.basal ENTER_RESERVOIR [entryToMinimum] -> minimumRate',
  // infusion.patientBolus
  'transition infusion.patientBolus UPDATE_BEGIN [beginAllowed] -> updating',
  'transition infusion.patientBolus STOP -> stopped',
  'transition infusion.patientBolus RESERVOIR_LOW [lowToMinimum] -> minimumRate',
  'transition infusion.patientBolus RESERVOIR_EMPTY [emptyToStopped] -> stopped',
  'transition infusion.patientBolus RESERVOIR_EMPTY -> basal',
  'transition infusion.patientBolus ENTER_RESERVOIR [entryToStopped] -> stopped',
  'transition infusion.patientBolus ENTER_RESERVOIR [entryToMinimum] -> minimumRate',
  'transition infusion.patientBolus ENTER_RESERVOIR [entryEndsBolus] -> basal',
  // infusion.minimumRate
  'transition infusion.minimumRate RESUME [resumeToBasal] -> basal',
  'transition infusion.minimumRate UPDATE_BEGIN [beginAllowed] -> updating',
  'transition infusion.minimumRate STOP -> stopped',
  'transition infusion.minimumRate RESERVOIR_EMPTY [emptyToStopped] -> stopped',
  'transition infusion.minimumRate ENTER_RESERVOIR [entryToStopped] -> stopped',
  // patientControl.off
  'transition patientControl.off UPDATE_COMMIT [commitPatientLockedOut] -> lockedOut',
  'transition patientControl.off UPDATE_COMMIT [commitPatientCountUsed] -> countUsed',
  // patientControl.ready
  'transition patientControl.ready UPDATE_COMMIT [commitPatientOff] -> off',
  'transition patientControl.ready UPDATE_COMMIT [commitPatientLockedOut] -> lockedOut',
  'transition patientControl.ready UPDATE_COMMIT [commitPatientCountUsed] -> countUsed',
  // patientControl.lockedOut
  'transition patientControl.lockedOut UPDATE_COMMIT [commitPatientOff] -> off',
  'transition patientControl.lockedOut UPDATE_COMMIT [commitPatientReady] -> ready',
  'transition patientControl.lockedOut UPDATE_COMMIT [commitPatientCountUsed] -> countUsed',
  // patientControl.countUsed
  'transition patientControl.countUsed UPDATE_COMMIT [commitPatientOff] -> off',
  'transition patientControl.countUsed UPDATE_COMMIT [commitPatientReady] -> ready',
  'transition patientControl.countUsed UPDATE_COMMIT [commitPatientLockedOut] -> lockedOut',
  // reservoir.normal
  'transition reservoir.normal RESERVOIR_EMPTY -> empty',
  'transition reservoir.normal ENTER_RESERVOIR [entryLow] -> low',
  'transition reservoir.normal ENTER_RESERVOIR [entryEmpty] -> empty',
  'transition reservoir.normal UPDATE_COMMIT [commitLow] -> low',
  'transition reservoir.normal UPDATE_COMMIT [commitEmpty] -> empty',
  // reservoir.low
  'transition reservoir.low RESERVOIR_EMPTY -> empty',
  'transition reservoir.low ENTER_RESERVOIR [entryLow]',
  'transition reservoir.low ENTER_RESERVOIR [entryEmpty] -> empty',
  'transition reservoir.low UPDATE_COMMIT [commitNormal] -> normal',
  'transition reservoir.low UPDATE_COMMIT [commitEmpty] -> empty',
  // reservoir.empty
  'transition reservoir.empty ENTER_RESERVOIR [entryLow] -> low',
  'transition reservoir.empty ENTER_RESERVOIR [entryEmpty]',
  'transition reservoir.empty UPDATE_COMMIT [commitNormal] -> normal',
  'transition reservoir.empty UPDATE_COMMIT [commitLow] -> low',
  'transition reservoir.empty UPDATE_COMMIT [commitEmpty]',
  // telemetry.session
  'transition telemetry.session SESSION_OPENED',
  'transition telemetry.session SESSION_CLOSED',
  // guard
  'guard commitToBasal false',
  'guard commitToMinimum false',
  'guard commitToStopped true',
  'guard resumeToBasal false',
  'guard resumeToMinimum true',
  'guard resumeToMinimum false',
  'guard commitPatientOff true',
  'guard commitPatientOff false',
  'guard commitPatientLockedOut true',
  'guard commitPatientCountUsed true',
  'guard lowToMinimum true',
  'guard lowEndsBolus false',
  'guard emptyToStopped true',
  'guard emptyToStopped false',
  'guard emptyToMinimum false',
  'guard entryToStopped true',
  'guard entryToMinimum true',
  'guard entryEndsBolus true',
  'guard entryEndsBolus false',
  'guard entryNormal false',
  'guard entryLow true',
  'guard entryLow false',
  'guard entryEmpty true',
  'guard entryEmpty false',
  'guard commitNormal true',
  'guard commitNormal false',
  'guard commitLow true',
  'guard commitEmpty true',
  // refusal pump
  'refusal pump onShelf',
  'refusal pump alreadyImplanted',
  'refusal pump alreadyStopped',
  'refusal pump alreadyRunning',
  'refusal pump noPrescription',
  'refusal pump overCapacity',
  'refusal pump bolusTooSmall',
  'refusal pump bolusRateZero',
  'refusal pump bolusRateBelowBasal',
  'refusal pump countZero',
  'refusal pump thresholdAboveCapacity',
  'refusal pump lowReservoir',
  'refusal pump emptyReservoir',
  'refusal pump tooLittleLeft',
  'refusal pump minimumRate',
  'refusal pump bolusRunning',
  // refusal programmer
  'refusal programmer unknownDrug',
  'refusal programmer unknownBasal',
  'refusal programmer unknownBolus',
  'refusal programmer concentrationZero',
  'refusal programmer bolusDurationZero',
  'refusal programmer tooMuch',
  'refusal programmer notMeasured',
  // refusal hands
  'refusal hands overfull',
  'refusal hands unknownSolution',
  'refusal hands wouldMix',
  // alarm
  'alarm emptyReservoir raised',
  'alarm emptyReservoir cleared',
  // message
  'message implant refusal',
  'message enterReservoir refusal',
  'message stop refusal',
  'message resume refusal',
  'message readLog request',
  'message readLog reply',
  // log
  'log minimumRateStarted',
  // fault
  'fault syringeError',
];

/** Everything the shipped scenarios leave, with the reason. */
export const LEFT: readonly Left[] = [...UNREACHABLE, { because: 'no scenario yet', items: NO_SCENARIO_YET }];
