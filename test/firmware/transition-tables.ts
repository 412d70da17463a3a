/*
 * The chart as tables: for each region, what each event does in each state when all is well and the policies
 * are the default ones. A state's name: the region goes there. "stays": it acts in place. "-": nothing happens.
 */

export const TABLES = {
  service: `
                      shelf      inService  eri           endOfService
POWER_ON              stays      -          -             -
IMPLANT               inService  -          -             -
SESSION_OPENED        -          -          -             -
SESSION_CLOSED        -          -          -             -
STAGE                 -          -          -             -
UPDATE_BEGIN          -          -          -             -
UPDATE_COMMIT         -          -          -             -
STOP                  -          -          -             -
RESUME                -          -          -             -
ENTER_RESERVOIR       -          -          -             -
NOTE_DISCREPANCY      -          -          -             -
BOLUS_REQUEST         -          -          -             -
BOLUS_END             -          -          -             -
CLINICIAN_BOLUS       -          -          -             -
CLINICIAN_BOLUS_END   -          -          -             -
CLINICIAN_BOLUS_HALT  -          -          -             -
OPENING_END           -          -          -             -
LOCKOUT_END           -          -          -             -
COUNT_RELEASED        -          -          -             -
RESERVOIR_LOW         -          -          -             -
RESERVOIR_EMPTY       -          -          -             -
LEVEL_READ            -          -          -             -
LEVEL_MISREAD         -          -          -             -
STOPPED_TOO_LONG      -          -          -             -
SCHEDULE_STEP         -          -          -             -
PERIODIC_DUE          -          -          -             -
PERIODIC_END          -          -          -             -
MINIMUM_RATE          -          -          -             -
CLOCK_SET             -          -          -             -
RESET                 -          -          -             -
MEMORY_HEALED         -          -          -             -
MEMORY_FAILED         inService  -          -             -
MEMORY_LOCKED         -          -          -             -
MEMORY_UNLOCKED       -          -          -             -
BATTERY_LOW           stays      stays      -             -
BATTERY_EMPTY         stays      stays      stays         -
BATTERY_RESET         -          stays      stays         -
ERI                   -          eri        -             -
END_OF_SERVICE        -          -          endOfService  -
SILENCE_ALARM         -          -          -             -
SILENCE_END           -          -          -             -
CONDITION_SENSED      -          -          -             -
CONDITION_GONE        -          -          -             -
CONDITION_DECLARED    -          -          -             -
CLEAR_ALARM           -          -          -             -
SET_ALARM_INTERVAL    -          -          -             -
TEST_ALARM            -          -          -             -
`,
  memory: `
                      sound   degraded  failed
POWER_ON              -       -         -
IMPLANT               -       -         -
SESSION_OPENED        -       -         -
SESSION_CLOSED        -       -         -
STAGE                 -       -         -
UPDATE_BEGIN          -       -         -
UPDATE_COMMIT         -       -         -
STOP                  -       -         -
RESUME                -       -         -
ENTER_RESERVOIR       -       -         -
NOTE_DISCREPANCY      -       -         -
BOLUS_REQUEST         -       -         -
BOLUS_END             -       -         -
CLINICIAN_BOLUS       -       -         -
CLINICIAN_BOLUS_END   -       -         -
CLINICIAN_BOLUS_HALT  -       -         -
OPENING_END           -       -         -
LOCKOUT_END           -       -         -
COUNT_RELEASED        -       -         -
RESERVOIR_LOW         -       -         -
RESERVOIR_EMPTY       -       -         -
LEVEL_READ            -       -         -
LEVEL_MISREAD         -       -         -
STOPPED_TOO_LONG      -       -         -
SCHEDULE_STEP         -       -         -
PERIODIC_DUE          -       -         -
PERIODIC_END          -       -         -
MINIMUM_RATE          -       -         -
CLOCK_SET             -       -         -
RESET                 -       -         -
MEMORY_HEALED         stays   stays     stays
MEMORY_FAILED         failed  -         -
MEMORY_LOCKED         degraded -        -
MEMORY_UNLOCKED       -       sound     -
BATTERY_LOW           -       -         -
BATTERY_EMPTY         -       -         -
BATTERY_RESET         -       -         -
ERI                   -       -         -
END_OF_SERVICE        -       -         -
SILENCE_ALARM         -       -         -
SILENCE_END           -       -         -
CONDITION_SENSED      -       -         -
CONDITION_GONE        -       -         -
CONDITION_DECLARED    -       -         -
CLEAR_ALARM           -       -         -
SET_ALARM_INTERVAL    -       -         -
TEST_ALARM            -       -         -
`,
  motor: `
                      turning     noRotation  stalled
POWER_ON              -           -           -
IMPLANT               -           -           -
SESSION_OPENED        -           -           -
SESSION_CLOSED        -           -           -
STAGE                 -           -           -
UPDATE_BEGIN          -           -           -
UPDATE_COMMIT         -           -           -
STOP                  -           -           -
RESUME                -           -           -
ENTER_RESERVOIR       -           -           -
NOTE_DISCREPANCY      -           -           -
BOLUS_REQUEST         -           -           -
BOLUS_END             -           -           -
CLINICIAN_BOLUS       -           -           -
CLINICIAN_BOLUS_END   -           -           -
CLINICIAN_BOLUS_HALT  -           -           -
OPENING_END           -           -           -
LOCKOUT_END           -           -           -
COUNT_RELEASED        -           -           -
RESERVOIR_LOW         -           -           -
RESERVOIR_EMPTY       -           -           -
LEVEL_READ            -           -           -
LEVEL_MISREAD         -           -           -
STOPPED_TOO_LONG      -           -           -
SCHEDULE_STEP         -           -           -
PERIODIC_DUE          -           -           -
PERIODIC_END          -           -           -
MINIMUM_RATE          -           -           -
CLOCK_SET             -           -           -
RESET                 -           -           -
MEMORY_HEALED         -           -           -
MEMORY_FAILED         -           -           -
MEMORY_LOCKED         -           -           -
MEMORY_UNLOCKED       -           -           -
BATTERY_LOW           -           -           -
BATTERY_EMPTY         -           -           -
BATTERY_RESET         -           -           -
ERI                   -           -           -
END_OF_SERVICE        -           -           -
SILENCE_ALARM         -           -           -
SILENCE_END           -           -           -
CONDITION_SENSED      noRotation  -           -
CONDITION_GONE        -           turning     turning
CONDITION_DECLARED    stays       stalled     stays
CLEAR_ALARM           -           -           -
SET_ALARM_INTERVAL    -           -           -
TEST_ALARM            -           -           -
`,
  patientControl: `
                      off    ready      lockedOut  countUsed
POWER_ON              -      -          -          -
IMPLANT               -      -          -          -
SESSION_OPENED        -      -          -          -
SESSION_CLOSED        -      -          -          -
STAGE                 -      -          -          -
UPDATE_BEGIN          -      -          -          -
UPDATE_COMMIT         ready  -          -          -
STOP                  -      -          -          -
RESUME                -      -          -          -
ENTER_RESERVOIR       -      -          -          -
NOTE_DISCREPANCY      -      -          -          -
BOLUS_REQUEST         stays  lockedOut  stays      stays
BOLUS_END             -      -          -          -
CLINICIAN_BOLUS       -      -          -          -
CLINICIAN_BOLUS_END   -      -          -          -
CLINICIAN_BOLUS_HALT  -      -          -          -
OPENING_END           -      -          -          -
LOCKOUT_END           -      -          ready      -
COUNT_RELEASED        -      -          -          ready
RESERVOIR_LOW         -      -          -          -
RESERVOIR_EMPTY       -      -          -          -
LEVEL_READ            -      -          -          -
LEVEL_MISREAD         -      -          -          -
STOPPED_TOO_LONG      -      -          -          -
SCHEDULE_STEP         -      -          -          -
PERIODIC_DUE          -      -          -          -
PERIODIC_END          -      -          -          -
MINIMUM_RATE          -      -          -          -
CLOCK_SET             -      -          -          -
RESET                 -      -          -          -
MEMORY_HEALED         -      -          -          -
MEMORY_FAILED         -      -          -          -
MEMORY_LOCKED         -      -          -          -
MEMORY_UNLOCKED       -      -          -          -
BATTERY_LOW           -      -          -          -
BATTERY_EMPTY         -      -          -          -
BATTERY_RESET         -      -          -          -
ERI                   -      -          -          -
END_OF_SERVICE        -      -          -          -
SILENCE_ALARM         -      -          -          -
SILENCE_END           -      -          -          -
CONDITION_SENSED      -      -          -          -
CONDITION_GONE        -      -          -          -
CONDITION_DECLARED    -      -          -          -
CLEAR_ALARM           -      -          -          -
SET_ALARM_INTERVAL    -      -          -          -
TEST_ALARM            -      -          -          -
`,
  periodicBolus: `
                      off  waiting  deferred  running
POWER_ON              -    -        -         -
IMPLANT               -    -        -         -
SESSION_OPENED        -    -        -         -
SESSION_CLOSED        -    -        -         -
STAGE                 -    -        -         -
UPDATE_BEGIN          -    -        waiting   waiting
UPDATE_COMMIT         -    off      -         -
STOP                  -    -        waiting   waiting
RESUME                -    -        -         -
ENTER_RESERVOIR       -    -        -         -
NOTE_DISCREPANCY      -    -        -         -
BOLUS_REQUEST         -    -        -         -
BOLUS_END             -    -        running   -
CLINICIAN_BOLUS       -    -        -         -
CLINICIAN_BOLUS_END   -    -        running   -
CLINICIAN_BOLUS_HALT  -    -        waiting   waiting
OPENING_END           -    -        -         -
LOCKOUT_END           -    -        -         -
COUNT_RELEASED        -    -        -         -
RESERVOIR_LOW         -    -        -         -
RESERVOIR_EMPTY       -    -        waiting   waiting
LEVEL_READ            -    -        -         -
LEVEL_MISREAD         -    -        -         -
STOPPED_TOO_LONG      -    -        -         -
SCHEDULE_STEP         -    -        -         -
PERIODIC_DUE          -    running  stays     stays
PERIODIC_END          -    -        -         waiting
MINIMUM_RATE          -    -        waiting   waiting
CLOCK_SET             -    -        -         -
RESET                 -    -        waiting   waiting
MEMORY_HEALED         -    -        -         -
MEMORY_FAILED         -    -        -         -
MEMORY_LOCKED         -    -        -         -
MEMORY_UNLOCKED       -    -        -         -
BATTERY_LOW           -    -        -         -
BATTERY_EMPTY         -    -        -         -
BATTERY_RESET         -    -        -         -
ERI                   -    -        -         -
END_OF_SERVICE        -    -        -         -
SILENCE_ALARM         -    -        -         -
SILENCE_END           -    -        -         -
CONDITION_SENSED      -    -        -         -
CONDITION_GONE        -    -        -         -
CONDITION_DECLARED    -    -        -         -
CLEAR_ALARM           -    -        -         -
SET_ALARM_INTERVAL    -    -        -         -
TEST_ALARM            -    -        -         -
`,
  infusion: `
                      stopped         updating  basal           patientBolus  clinicianBolus  prime        bridge       delayed      defaultSchedule  minimumRate
POWER_ON              -               -         -               -             -               -            -            -            -                -
IMPLANT               -               -         -               -             -               -            -            -            -                -
SESSION_OPENED        -               -         -               -             -               -            -            -            -                -
SESSION_CLOSED        -               stopped   -               -             -               -            -            -            -                -
STAGE                 -               -         -               -             -               -            -            -            -                -
UPDATE_BEGIN          updating        -         updating        updating      updating        updating     updating     updating     updating         updating
UPDATE_COMMIT         -               basal     -               -             -               -            -            -            -                -
STOP                  -               stopped   stopped         stopped       stopped         stopped      stopped      stopped      stopped          stopped
RESUME                basal           -         -               -             -               -            -            -            basal            basal
ENTER_RESERVOIR       -               -         -               -             -               -            -            -            -                -
NOTE_DISCREPANCY      -               -         -               -             -               -            -            -            -                -
BOLUS_REQUEST         -               -         patientBolus    -             -               -            -            -            -                -
BOLUS_END             -               -         -               basal         -               -            -            -            -                -
CLINICIAN_BOLUS       clinicianBolus  -         clinicianBolus  -             -               -            -            -            -                -
CLINICIAN_BOLUS_END   -               -         -               -             basal           -            -            -            -                -
CLINICIAN_BOLUS_HALT  -               -         -               -             minimumRate     -            -            -            -                -
OPENING_END           -               -         -               -             -               basal        basal        basal        -                -
LOCKOUT_END           -               -         -               -             -               -            -            -            -                -
COUNT_RELEASED        -               -         -               -             -               -            -            -            -                -
RESERVOIR_LOW         -               -         -               -             -               -            -            -            -                -
RESERVOIR_EMPTY       -               -         -               basal         basal           basal        basal        -            -                -
LEVEL_READ            -               -         -               -             -               -            -            -            -                -
LEVEL_MISREAD         -               -         -               -             -               -            -            -            -                -
STOPPED_TOO_LONG      stays           stays     stays           -             -               -            -            stays        stays            stays
SCHEDULE_STEP         -               -         stays           stays         stays           -            -            stays        stays            stays
PERIODIC_DUE          -               -         -               -             -               -            -            -            -                -
PERIODIC_END          -               -         stays           stays         stays           -            -            -            -                -
MINIMUM_RATE          minimumRate     -         minimumRate     minimumRate   minimumRate     minimumRate  minimumRate  minimumRate  minimumRate      -
CLOCK_SET             stays           -         stays           stays         stays           stays        stays        stays        stays            stays
RESET                 stays           -         stays           basal         basal           basal        basal        stays        stays            stays
MEMORY_HEALED         -               -         -               -             -               -            -            -            -                -
MEMORY_FAILED         minimumRate     -         -               -             -               -            -            -            -                -
MEMORY_LOCKED         -               -         -               -             -               -            -            -            -                -
MEMORY_UNLOCKED       -               -         -               -             -               -            -            -            -                -
BATTERY_LOW           -               -         -               -             -               -            -            -            -                -
BATTERY_EMPTY         -               -         -               -             -               -            -            -            -                -
BATTERY_RESET         -               -         minimumRate     -             -               -            -            minimumRate  -                -
ERI                   -               -         -               -             -               -            -            -            -                -
END_OF_SERVICE        -               -         -               -             -               -            -            -            -                -
SILENCE_ALARM         -               -         -               -             -               -            -            -            -                -
SILENCE_END           -               -         -               -             -               -            -            -            -                -
CONDITION_SENSED      -               -         -               -             -               -            -            -            -                -
CONDITION_GONE        -               -         -               -             -               -            -            -            -                -
CONDITION_DECLARED    -               -         -               -             -               -            -            -            -                -
CLEAR_ALARM           -               -         -               -             -               -            -            -            -                -
SET_ALARM_INTERVAL    -               -         -               -             -               -            -            -            -                -
TEST_ALARM            -               -         -               -             -               -            -            -            -                -
`,
  reservoir: `
                      normal  low     empty
POWER_ON              -       -       -
IMPLANT               -       -       -
SESSION_OPENED        -       -       -
SESSION_CLOSED        -       -       -
STAGE                 -       -       -
UPDATE_BEGIN          -       -       -
UPDATE_COMMIT         -       -       -
STOP                  -       -       -
RESUME                -       -       -
ENTER_RESERVOIR       stays   normal  normal
NOTE_DISCREPANCY      stays   stays   stays
BOLUS_REQUEST         -       -       -
BOLUS_END             -       -       -
CLINICIAN_BOLUS       -       -       -
CLINICIAN_BOLUS_END   -       -       -
CLINICIAN_BOLUS_HALT  -       -       -
OPENING_END           -       -       -
LOCKOUT_END           -       -       -
COUNT_RELEASED        -       -       -
RESERVOIR_LOW         low     -       -
RESERVOIR_EMPTY       empty   empty   -
LEVEL_READ            stays   normal  normal
LEVEL_MISREAD         -       -       -
STOPPED_TOO_LONG      -       -       -
SCHEDULE_STEP         -       -       -
PERIODIC_DUE          -       -       -
PERIODIC_END          -       -       -
MINIMUM_RATE          -       -       -
CLOCK_SET             -       -       -
RESET                 -       -       -
MEMORY_HEALED         -       -       -
MEMORY_FAILED         -       -       -
MEMORY_LOCKED         -       -       -
MEMORY_UNLOCKED       -       -       -
BATTERY_LOW           -       -       -
BATTERY_EMPTY         -       -       -
BATTERY_RESET         -       -       -
ERI                   -       -       -
END_OF_SERVICE        -       -       -
SILENCE_ALARM         -       -       -
SILENCE_END           -       -       -
CONDITION_SENSED      -       -       -
CONDITION_GONE        -       -       -
CONDITION_DECLARED    -       -       -
CLEAR_ALARM           -       -       -
SET_ALARM_INTERVAL    -       -       -
TEST_ALARM            -       -       -
`,
  telemetry: `
                      closed   session
POWER_ON              -        -
IMPLANT               -        -
SESSION_OPENED        session  stays
SESSION_CLOSED        stays    closed
STAGE                 -        stays
UPDATE_BEGIN          -        -
UPDATE_COMMIT         -        -
STOP                  -        -
RESUME                -        -
ENTER_RESERVOIR       -        -
NOTE_DISCREPANCY      -        -
BOLUS_REQUEST         -        -
BOLUS_END             -        -
CLINICIAN_BOLUS       -        -
CLINICIAN_BOLUS_END   -        -
CLINICIAN_BOLUS_HALT  -        -
OPENING_END           -        -
LOCKOUT_END           -        -
COUNT_RELEASED        -        -
RESERVOIR_LOW         -        -
RESERVOIR_EMPTY       -        -
LEVEL_READ            -        -
LEVEL_MISREAD         stays    -
STOPPED_TOO_LONG      -        -
SCHEDULE_STEP         -        -
PERIODIC_DUE          -        -
PERIODIC_END          -        -
MINIMUM_RATE          -        -
CLOCK_SET             -        -
RESET                 -        -
MEMORY_HEALED         -        -
MEMORY_FAILED         -        -
MEMORY_LOCKED         -        -
MEMORY_UNLOCKED       -        -
BATTERY_LOW           -        -
BATTERY_EMPTY         -        -
BATTERY_RESET         -        -
ERI                   -        -
END_OF_SERVICE        -        -
SILENCE_ALARM         -        -
SILENCE_END           -        -
CONDITION_SENSED      -        -
CONDITION_GONE        -        -
CONDITION_DECLARED    -        -
CLEAR_ALARM           -        -
SET_ALARM_INTERVAL    -        stays
TEST_ALARM            -        stays
`,
} as const;

export type Region = keyof typeof TABLES;

/** A table as rows of region, state, event and outcome. */
export function rowsOf(region: Region): { state: string; event: string; outcome: string }[] {
  const [head = '', ...lines] = TABLES[region].trim().split('\n');
  const states = head.trim().split(/\s+/);
  return lines.flatMap((line) => {
    const [event = '', ...outcomes] = line.split(/\s+/);
    return states.map((state, i) => ({ state, event, outcome: outcomes[i] ?? '' }));
  });
}
