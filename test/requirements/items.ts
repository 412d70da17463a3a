/*
 * What a pump must do, as public requirement sets and other simulators' bugs ask for it, in our own words. Each has
 * a test of its name in this folder, and a mutant that the test catches (mutants.ts).
 */

/** One requirement. */
export interface Item {
  readonly id: string;
  /** Which public set it was read from, and where in it. */
  readonly source: string;
  readonly says: string;
  /** Where profiles other than the generic PCA pump decide otherwise: the parameter, and why. */
  readonly otherwise?: { readonly parameter: string; readonly why: string };
  /** Where the generic PCA pump itself does not do all that the set asks for: what, and why. */
  readonly but?: string;
}

const item = (id: string, source: string, says: string, otherwise?: Item['otherwise'], but?: string): Item => ({
  id,
  source,
  says,
  ...(otherwise !== undefined && { otherwise }),
  ...(but !== undefined && { but }),
});

const IMPLANT = 'an implant runs for months between visits and has no nurse at its side';

/** The generic PCA pump's. UC, EC and R: Open PCA Pump Requirements 1.0.0; G: GPCA contracts; GIP: Generic Infusion Pump 1.0. */
const ACCEPTANCE: readonly Item[] = [
  item(
    'AT-01',
    'Open PCA UC1',
    'A program runs from its start to its stop, and gives exactly its rate times that time',
  ),
  item('AT-02', 'GPCA G21, G22', 'A stopped pump has no rate'),
  item('AT-03', 'GPCA G25', 'In basal delivery the rate is the programmed one, to the unit'),
  item('AT-04', 'GPCA G17, G24', 'A start without a program is refused and logged'),
  item('AT-05', 'Open PCA narratives', 'A start while running changes nothing'),
  item(
    'AT-06',
    'Open PCA narratives',
    'A stop while stopped changes nothing, or clears one alarm that can be cleared',
    {
      parameter: 'stopWhileStopped',
      why: IMPLANT,
    },
  ),
  item(
    'AT-07',
    'Open PCA narratives',
    'A start with an alarm active is refused until the alarm is cleared',
    { parameter: 'startWithAlarm', why: IMPLANT },
    'A low reservoir leads to the minimum rate instead, as AT-65 asks for; what only a start ends, such as the alarm of a pump stopped too long, and what nothing ends, such as that of elective replacement, would otherwise stop the pump for good',
  ),
  item('AT-08', 'Open PCA R5.1.0(2)', 'A basal rate at either end of its range is taken, one just outside is refused', {
    parameter: 'basalMinimum',
    why: 'an implant gives a hundredth of the volume',
  }),
  item('AT-09', 'GIP 1.1.7', 'Editing without a commit leaves delivery as it was'),
  item('AT-10', 'GIP 1.4.4', 'A bolus leaves the basal rate as it was'),
  item('AT-11', 'GIP 6.2.1, 6.2.2', 'Another drug or concentration stops delivery until an explicit start', {
    parameter: 'afterCommit',
    why: 'public notices say that the implant restarts when an update is complete',
  }),
  item('AT-13', 'Open PCA UC7', 'Nothing is given between a stop and the next start'),

  item('AT-15', 'Open PCA UC2', 'A granted patient bolus is given in full in its time, and basal goes on after it'),
  item('AT-16', 'Open PCA EC1', 'A request too soon after a bolus is denied, counted and logged, and gives nothing'),
  item('AT-21', 'GPCA model', 'Of requests every minute exactly one a lockout cycle is granted', {
    parameter: 'lockoutOrigin',
    why: 'no source tells from when an implant counts its lockout',
  }),
  item('AT-22', 'GPCA model', 'A request over the count of its period is denied for that reason'),
  item('AT-25', 'Open PCA UC7', 'A bolus cut by a stop gives what it had given, and its rest never comes'),
  item('AT-28', 'GPCA model', 'A request to a stopped pump is not kept for later'),
  item('AT-29', 'GIP 3.4.6', 'A request during the self-test is denied', {
    parameter: 'selfTest',
    why: 'no source tells of a self-test that holds back an implant',
  }),
  item('AT-31', 'Open PCA narratives', 'The volume of a bolus and of the basal beside it are each accounted exactly'),
  item('AT-32', 'GPCA G54', 'A bolus of rate 0, below the basal rate, of volume 0 or without a lockout is not taken', {
    parameter: 'bolusRateBelowBasal',
    why: 'an implant adds a bolus to its basal rate: a slow one is meaningful',
  }),
  item('AT-33', 'GPCA G54', 'A bolus that takes longer than its interval is not taken'),
  item('AT-34', 'UPenn, 500 ms', 'A bolus begins within half a second of the request'),
  item('AT-35', 'GPCA model', 'A bolus lasts exactly as long as programmed'),
  item('AT-36', 'GPCA G20', 'Without a request no patient bolus is ever given'),

  item('AT-37', 'Open PCA UC3', 'A clinician bolus is added to basal, for exactly its time'),
  item('AT-39', 'Open PCA R5.3.0(5), (6)', 'A clinician bolus shorter or longer than its range is refused', {
    parameter: 'clinicianBolusShortest',
    why: 'no source tells a range of an implant’s single bolus: it takes any that a patient’s bolus may take',
  }),
  item('AT-40', 'GIP 1.4.7', 'A clinician bolus is given evenly'),
  item('AT-41', 'GIP 1.4.8', 'A second clinician bolus during one is refused'),
  item(
    'AT-42',
    'Open PCA narratives',
    'A clinician bolus is refused on a pump that is stopped or at its minimum rate',
    {
      parameter: 'clinicianBolusWhenStopped',
      why: 'an implant’s single bolus is a mode of its own, after which it may stay stopped',
    },
  ),
  item('AT-43', 'Open PCA UC7', 'What a stop leaves of a clinician bolus never comes'),
  item('AT-46', 'GIP 1.1.6', 'A daily schedule changes its rate at exact times, and its volume is exact'),
  item(
    'AT-47',
    'GPCA model',
    'A scheduled dose due during a patient bolus follows the written rule, and no volume is lost',
  ),

  item('AT-48', 'Open PCA EC13', 'A request over the dose limit is denied, warned of, and leads to the minimum rate', {
    parameter: 'maxDoseDenied',
    why: 'taking basal away from an implant’s patient over a press is withdrawal',
  }),
  item('AT-49', 'Open PCA EC13', 'A clinician bolus ends where the window reaches the dose limit', {
    parameter: 'clinicianOverLimit',
    why: 'a bolus that cannot be given whole is better refused, and the clinician told',
  }),
  item(
    'AT-56',
    'GPCA model',
    'A dose limit below what basal alone gives, or a window shorter than a bolus, is not taken',
  ),
  item('AT-57', 'GPCA model', 'The minimum rate after a denial over the limit lasts until a clinician’s act', {
    parameter: 'maxDoseDenied',
    why: 'as AT-48',
  }),
  item('AT-58', 'ICLP 2024 study', 'Whatever is requested, no window holds more than the limit'),
  item('AT-59', 'Open PCA EC13', 'A denial over the limit starts no lockout, and counts as a denial'),

  item('AT-60', 'Open PCA EC20', 'The low-reservoir alarm comes at the exact instant, once'),
  item('AT-61', 'Open PCA EC20', 'A bolus is cut where the reservoir runs low', {
    parameter: 'lowReservoirPolicy',
    why: 'patient guides say that delivery goes on during a non-critical alarm',
  }),
  item('AT-63', 'Open PCA EC21', 'Low, then minimum rate, then empty, then a stop with its alarm', {
    parameter: 'emptyPolicy',
    why: 'a pump that cannot sense that it is dry goes on turning',
  }),
  item('AT-64', 'Open PCA narratives', 'The total given before an empty reservoir is what was there, to the unit'),
  item(
    'AT-65',
    'Open PCA narratives',
    'A start on a low reservoir runs at the minimum rate, on an empty one not at all',
    {
      parameter: 'lowReservoirPolicy',
      why: 'as AT-61',
    },
  ),
  item('AT-67', 'GIP 1.5', 'What was filled is what was given and what is left, to the unit, and never below 0'),
  item('AT-69', 'GPCA G13', 'With a low reservoir there is no bolus', {
    parameter: 'lowReservoirPolicy',
    why: 'as AT-61',
  }),
  item('AT-70', 'GIP 1.5.2 to 1.5.4', 'The time to empty follows every change of rate, to 3 min'),
  item(
    'AT-71',
    'GIP 1.5.1',
    'Only a refill entered by a clinician clears an empty reservoir; nothing starts by itself',
  ),

  item(
    'AT-72',
    'Open PCA EC9 to EC11',
    'Stall, occlusion and over-temperature stop every kind of delivery at once and latch',
    {
      parameter: 'sensors',
      why: 'an implant has no sensor of occlusion or temperature, and keeps driving a stalled rotor',
    },
  ),
  item('AT-74', 'Open PCA EC7', 'Free flow alarms at once and leads to the minimum rate', {
    parameter: 'sensors',
    why: 'an implant has no flow sensor',
  }),
  item('AT-75', 'Open PCA EC8', 'Flow below tolerance warns and changes nothing', {
    parameter: 'sensors',
    why: 'an implant has no flow sensor',
  }),
  item('AT-78', 'GPCA model', 'Of several conditions the highest is shown first, and the most restrictive rate holds'),
  item('AT-79', 'GPCA model', 'Of two conditions the second stays when the first is cleared'),
  item(
    'AT-83',
    'GPCA model',
    'A start with a serious condition active is refused',
    { parameter: 'startWithAlarm', why: 'as AT-07' },
    'as AT-07',
  ),
  item('AT-86', 'GIP 3.2.2', 'An alarm of the highest level can’t be silenced for good'),
  item('AT-87', 'Open PCA R6.4.4(2)', 'A silence set over the link ends with the link'),
  item('AT-89', 'GIP 5.1.4, 5.1.6', 'A battery gives out in two stages, in order, never back', {
    parameter: 'atEndOfService',
    why: 'the built-in end of delivery came with a later implant; the one before only alarms',
  }),
  item('AT-92', 'Open PCA R7.2.0(1), (6)', 'A commanded stop completes the stroke under way, a fault’s does not'),
  item('AT-94', 'GIP 2.2.1, 2.2.2', 'A pump stopped too long alarms, and again at its interval', {
    parameter: 'stoppedAlarm',
    why: 'public discharge information of the implant says 48 h',
  }),

  item(
    'AT-95',
    'Open PCA EC2, EC3',
    'Above a soft limit a value needs confirmation, above a hard one it is refused; both are logged',
  ),
  item('AT-97', 'Open PCA R6.7.0(6)', 'The minimum rate and its end are acknowledged; a lost link changes no delivery'),
  item('AT-98', 'Open PCA R8.1.0(1)', 'A command without authentication is refused, logged and changes nothing'),
  item('AT-100', 'Open PCA R6.6.0', 'History, counters and log outlast a reset and 96 h without power'),
];

const SEEN = 'seen in another simulator';

/** Bugs of other simulators, which no profile of ours may have. */
const REGRESSIONS: readonly Item[] = [
  item('R1', SEEN, 'A dose limit holds in every window, with the basal still to come'),
  item('R2', SEEN, 'A dose too small for the pump is refused, never raised'),
  item('R3', SEEN, 'The volume stays between 0 and the capacity, and empty is found inside a step'),
  item('R4', SEEN, 'Rate times time is exact over the whole range of every parameter'),
  item('R5', SEEN, 'Bolus, basal and schedule step at once lose no volume'),
  item('R6', SEEN, 'What a cancelled bolus had given is known: delivered and undelivered make what was ordered'),
  item('R7', SEEN, 'A step of rate 0 is a program: logged, with the stopped-pump deadline running'),
  item('R8', SEEN, 'A payload of another length is refused by its code and changes nothing'),
  item('R9', SEEN, 'Whatever bytes arrive, the pump lives on'),
  item('R10', SEEN, 'No status shows a condition that stops delivery beside a flow'),
  item('R11', SEEN, 'No clock change makes a dose negative or given twice'),
  item('R12', SEEN, 'What happens one millisecond off an hour happens once, then'),
  item('R13', SEEN, 'Reading changes nothing but what is read'),
  item('R14', SEEN, 'Deadlines outlive a snapshot, a long jump, 25 days, and keep their order at one instant'),
  item('R15', SEEN, 'Every edge of an alarm is exactly one record'),
  item('R16', SEEN, 'A command repeated is carried out once and answered alike'),
  item('R17', SEEN, 'Every refusal tells its own reason'),
  item('R18', SEEN, 'Cancel, stop and reset shorten no lockout and no count'),
  item('R19', SEEN, 'Every alarm can be raised, and cleared where its row says'),
  item('R20', SEEN, 'What a patient’s bolus interrupts of a clinician’s is given in full, where it interrupts at all', {
    parameter: 'patientBolusDuringClinicianBolus',
    why: 'no source tells what an implant does: denying is the cautious reading',
  }),
];

export const ITEMS: readonly Item[] = [...ACCEPTANCE, ...REGRESSIONS];
export const IDS: readonly string[] = ITEMS.map(({ id }) => id);
