import type { Left } from './report.ts';

/** What no shipped scenario exercises because nothing but a change of the product could: a reason, and what it explains. */
export const LEFT: readonly Left[] = [
  {
    because: 'the programmer judges it first and asks nothing of the pump',
    items: ['refusal pump concentrationZero', 'refusal pump drugNotByHandset'],
  },
  {
    because: 'the programmer names a drug once, and prescribes the minimum rate the pump has told it',
    items: ['refusal pump drugTwice', 'refusal pump notMinimumRate'],
  },
  {
    because: 'a command that is refused never reaches the chart',
    items: [
      'guard stageAllowed false',
      'guard implantAllowed false',
      'guard beginAllowed false',
      'guard commitToStopped false',
      'guard minimumAllowed false',
      'guard clockAllowed false',
      'guard resumeToMinimum false',
      'guard entryEmpty false',
      'guard silenceAllowed false',
      'guard clinicianBolusAllowed false',
      'guard clearAllowed false',
      'guard intervalAllowed false',
      'guard noteAllowed false',
      'guard stopClears false',
    ],
  },
  {
    because: 'a bolus is granted in state ready alone, every deadline having been kept before anybody asks',
    items: ['guard bolusDenied false'],
  },
  {
    because: 'nothing is halted at the dose limit but a clinician’s bolus that runs',
    items: ['guard clinicianBolusRuns false'],
  },
  {
    because:
      'no shipped profile that begins what a prescription begins with changes delivery beside a low or empty reservoir',
    items: [
      ...['prime', 'bridge'].flatMap((state) => [
        `transition infusion.${state} RESERVOIR_LOW [lowToMinimum] -> minimumRate`,
        `transition infusion.${state} RESERVOIR_LOW [lowEndsBolus] -> basal`,
      ]),
      'transition infusion.delayed RESERVOIR_LOW [lowToMinimum] -> minimumRate',
      ...['prime', 'bridge', 'delayed'].flatMap((state) => [
        `transition infusion.${state} RESERVOIR_EMPTY [emptyToStopped] -> stopped`,
        `transition infusion.${state} RESERVOIR_EMPTY [emptyToMinimum] -> minimumRate`,
        `transition infusion.${state} ENTER_RESERVOIR [entryToStopped] -> stopped`,
        `transition infusion.${state} ENTER_RESERVOIR [entryToMinimum] -> minimumRate`,
      ]),
    ],
  },
  {
    because:
      'no shipped profile that begins what a prescription begins with does more about a condition than end boluses',
    items: ['prime', 'bridge', 'delayed'].flatMap((state) => [
      `transition infusion.${state} CONDITION_DECLARED [declaredToStopped] -> stopped`,
      `transition infusion.${state} CONDITION_DECLARED [${state === 'delayed' ? 'declaredReduces' : 'declaredToMinimum'}] -> minimumRate`,
    ]),
  },
  {
    because: 'the end of service does to a prime, a bridge or a delayed start what it does to basal delivery',
    items: ['prime', 'bridge', 'delayed'].map(
      (state) => `transition infusion.${state} END_OF_SERVICE [endStops] -> stopped`,
    ),
  },
  {
    because: 'no threshold makes a reservoir empty, or not: only what is delivered and what is typed',
    items: [
      'transition reservoir.normal UPDATE_COMMIT [commitEmpty] -> empty',
      'transition reservoir.low UPDATE_COMMIT [commitEmpty] -> empty',
      'transition reservoir.empty UPDATE_COMMIT [commitNormal] -> normal',
      'transition reservoir.empty UPDATE_COMMIT [commitLow] -> low',
    ],
  },
  {
    because: 'the alarm of a pump to be replaced lasts as long as the pump',
    items: ['alarm eri cleared', 'alarm endOfService cleared', 'alarm memoryError cleared'],
  },
  {
    because: 'what a pump takes it can tell in one frame, and what a plausible visit orders fits one',
    items: ['refusal pump tooLong'],
  },
  {
    because: 'only another programmer, or another pump, could send or answer it',
    items: [
      'transition infusion.updating STOP -> stopped',
      'refusal pump wrongSerial',
      'refusal pump roleTooLow',
      'refusal pump malformed',
      'refusal pump notUpdating',
      'refusal pump notStaged',
      'refusal programmer digestMismatch',
      'refusal programmer verifyFailed',
      'message openSession refusal',
      'message beginUpdate refusal',
      'message commitUpdate refusal',
      'message noteLimit refusal',
    ],
  },
  {
    because: 'in a scenario everybody has a key',
    items: ['log emergencySessions'],
  },
  {
    because: 'no shipped profile has lowReservoirPolicy basalOnly',
    items: [
      'transition infusion.basal RESERVOIR_LOW [lowEndsPeriodic]',
      'transition infusion.patientBolus RESERVOIR_LOW [lowEndsBolus] -> basal',
      'transition infusion.clinicianBolus RESERVOIR_LOW [lowEndsBolus] -> basal',
      'guard lowEndsPeriodic true',
    ],
  },
  {
    because: 'no shipped profile has emptyPolicy minimumRate',
    items: [
      'transition infusion.basal RESERVOIR_EMPTY [emptyToMinimum] -> minimumRate',
      'transition infusion.patientBolus RESERVOIR_EMPTY [emptyToMinimum] -> minimumRate',
      'transition infusion.clinicianBolus RESERVOIR_EMPTY [emptyToMinimum] -> minimumRate',
      'guard emptyToMinimum true',
    ],
  },
  {
    because: 'the one shipped profile whose patients preempt a clinician’s bolus stops when it is empty',
    items: ['transition infusion.patientBolus RESERVOIR_EMPTY [thenStops] -> stopped'],
  },
  {
    because: 'no shipped profile has onUpdateAbort resumeOld',
    items: [
      'transition infusion.updating SESSION_CLOSED [abortToMinimum] -> minimumRate',
      'transition infusion.updating SESSION_CLOSED [abortToBasal] -> basal',
      'guard abortToBasal true',
      'guard abortToMinimum true',
    ],
  },
  {
    because: 'no shipped profile has lockoutOnReprogram new',
    items: [
      'transition patientControl.lockedOut UPDATE_COMMIT [commitPatientReady] -> ready',
      'transition patientControl.lockedOut UPDATE_COMMIT [commitPatientCountUsed] -> countUsed',
    ],
  },
  {
    because: 'no shipped profile has countWindow calendarDay: neither clock nor reset moves a count of 24 h',
    items: [
      'transition patientControl.ready CLOCK_SET [clockToCountUsed] -> countUsed',
      'transition patientControl.ready RESET [resetToCountUsed] -> countUsed',
      'transition patientControl.countUsed CLOCK_SET [clockToReady] -> ready',
      'guard clockToReady true',
      'guard clockToCountUsed true',
      'guard resetToCountUsed true',
    ],
  },
  {
    because: 'no shipped profile has periodicDuringBolus defer: no periodic bolus waits, and none begins late',
    items: [
      'transition periodicBolus.waiting PERIODIC_DUE [periodicDefers] -> deferred',
      'transition periodicBolus.deferred PERIODIC_DUE',
      'transition periodicBolus.deferred BOLUS_END [clinicianBolusWaits]',
      'transition periodicBolus.deferred CLINICIAN_BOLUS_END [periodicFollows] -> running',
      'transition periodicBolus.deferred CLINICIAN_BOLUS_END [clinicianBolusRuns] -> waiting',
      'transition periodicBolus.deferred CLINICIAN_BOLUS_HALT [clinicianBolusRuns] -> waiting',
      'transition periodicBolus.deferred BOLUS_REQUEST [limitToMinimum] -> waiting',
      'transition periodicBolus.deferred BOLUS_END [periodicStarts] -> running',
      'transition periodicBolus.deferred BOLUS_END -> waiting',
      'transition periodicBolus.deferred STOP -> waiting',
      'transition periodicBolus.deferred UPDATE_BEGIN [beginAllowed] -> waiting',
      'transition periodicBolus.deferred RESERVOIR_LOW [lowEndsBolus] -> waiting',
      'transition periodicBolus.deferred RESERVOIR_EMPTY -> waiting',
      'transition periodicBolus.deferred ENTER_RESERVOIR [entryEndsBolus] -> waiting',
      'transition periodicBolus.deferred MINIMUM_RATE [minimumAllowed] -> waiting',
      'transition periodicBolus.deferred CONDITION_DECLARED [declaredEndsBolus] -> waiting',
      'transition periodicBolus.deferred END_OF_SERVICE [endStops] -> off',
      'transition periodicBolus.deferred RESET -> waiting',
      'transition periodicBolus.running PERIODIC_DUE',
      'guard periodicDefers true',
      'guard periodicFollows true',
      'guard periodicFollows false',
    ],
  },
  {
    because: 'no shipped profile has periodicDuringBolus add',
    items: [
      'transition infusion.patientBolus PERIODIC_DUE [periodicStarts]',
      'transition infusion.clinicianBolus PERIODIC_DUE [periodicStarts]',
    ],
  },
  {
    because: 'no shipped profile takes its time to declare a condition, but for a stall, which is then all it senses',
    items: [
      'transition motor.turning CONDITION_GONE',
      'transition motor.noRotation CONDITION_DECLARED',
      'transition motor.noRotation CONDITION_GONE [goneWasDeclared]',
      'transition motor.noRotation CONDITION_GONE',
      'transition motor.stalled CONDITION_GONE',
      'guard goneWasDeclared false',
      'guard stallDeclared false',
    ],
  },
  {
    because: 'a pump that a stall has stopped is not started before its alarm is cleared',
    items: ['transition motor.turning CONDITION_SENSED [stallSensedAgain] -> stalled', 'guard stallSensedAgain true'],
  },
  {
    because: 'no shipped profile has another underFlowPolicy than none',
    items: ['refusal pump underFlow'],
  },
  {
    because: 'no shipped profile has safeState stop',
    items: [
      'transition infusion.stopped MEMORY_FAILED',
      'guard safeAtDefault false',
      'transition infusion.basal BATTERY_RESET [safeToStopped] -> stopped',
      'transition infusion.minimumRate BATTERY_RESET [safeToStopped] -> stopped',
      'transition infusion.defaultSchedule BATTERY_RESET [safeToStopped] -> stopped',
      'transition infusion.delayed BATTERY_RESET [safeToStopped] -> stopped',
      'guard safeToStopped true',
    ],
  },
  {
    because: 'no shipped profile has a condition whose policy is the default schedule',
    items: [
      'transition infusion.stopped RESUME [resumeToDefault] -> defaultSchedule',
      'transition infusion.minimumRate RESUME [resumeToDefault] -> defaultSchedule',
      'transition infusion.updating UPDATE_COMMIT [commitToDefault] -> defaultSchedule',
      'transition infusion.updating SESSION_CLOSED [abortToDefault] -> defaultSchedule',
      ...['basal', 'patientBolus', 'clinicianBolus', 'prime', 'bridge'].map(
        (state) => `transition infusion.${state} CONDITION_DECLARED [declaredToDefault] -> defaultSchedule`,
      ),
      'guard resumeToDefault true',
      'guard commitToDefault true',
      'guard abortToDefault true',
      'guard declaredToDefault true',
      'guard declaredReduces true',
      'guard declaredReduces false',
    ],
  },
  {
    because:
      'no shipped profile whose safe state is the default schedule has another, or does more about its reservoir or a condition',
    items: [
      'transition infusion.defaultSchedule BATTERY_RESET [safeToMinimum] -> minimumRate',
      'transition infusion.defaultSchedule RESERVOIR_LOW [lowToMinimum] -> minimumRate',
      'transition infusion.defaultSchedule RESERVOIR_EMPTY [emptyToStopped] -> stopped',
      'transition infusion.defaultSchedule RESERVOIR_EMPTY [emptyToMinimum] -> minimumRate',
      'transition infusion.defaultSchedule ENTER_RESERVOIR [entryToStopped] -> stopped',
      'transition infusion.defaultSchedule ENTER_RESERVOIR [entryToMinimum] -> minimumRate',
      'transition infusion.defaultSchedule CONDITION_DECLARED [declaredToStopped] -> stopped',
      'transition infusion.defaultSchedule CONDITION_DECLARED [declaredToMinimum] -> minimumRate',
    ],
  },
  {
    because: 'no shipped profile has a minimum rate of 0',
    items: [
      'transition infusion.minimumRate STOPPED_TOO_LONG',
      'transition infusion.minimumRate SCHEDULE_STEP [stepToZero]',
      'transition infusion.minimumRate SCHEDULE_STEP [stepFromZero]',
    ],
  },
  {
    because: 'the stations of a scenario are paired with its pumps',
    items: ['refusal pump notPaired', 'message authenticate refusal'],
  },
  {
    because: 'an act of a scenario is answered, or given up, before the next begins',
    items: ['refusal programmer busy'],
  },
  {
    because: 'no entry that was damaged on the link is taken for whole: the CRC of its frame finds it',
    items: ['refusal programmer historyBroken'],
  },
  {
    because: 'every act begins with a fresh reading: that is what finds no session, and opens one',
    items: [
      'message testAlarm refusal',
      'message readHistory refusal',
      'message readLog refusal',
      'message recall refusal',
    ],
  },
];
