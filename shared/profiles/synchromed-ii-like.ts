import type { Line, ProfileSheet } from '../profile.ts';

const assumed = (value: number | string, unit: string, source: string): Line => ({
  value,
  unit,
  status: 'assumed',
  source,
});
const choice = (value: string, source: string): Line => assumed(value, 'choice', source);

const MANUAL = 'general knowledge; the 8637 implant manual prints it, not read';

const REPLACEMENT = 'Medtronic, Getting a replacement (SynchroMed II, severe spasticity)';
const TONES = 'Medtronic product advisory, July 2011: two-tone 3 s critical, single tone 1 s non-critical';

const common: Omit<ProfileSheet['parameters'], 'reservoirCapacity'> = {
  residualVolume: {
    value: 1.4,
    unit: 'mL',
    status: 'unverified',
    source: `${MANUAL}; that there is one, which dilutes a first fill: Prialt label`,
  },
  rateMaximum: { value: 24, unit: 'mL/day', status: 'unverified', source: MANUAL },
  basalMinimum: { value: 0.048, unit: 'mL/day', status: 'unverified', source: MANUAL },
  basalMaximum: { value: 24, unit: 'mL/day', status: 'unverified', source: MANUAL },
  minimumRate: { value: 0.006, unit: 'mL/day', status: 'unverified', source: MANUAL },
  strokeVolume: assumed(0.5, 'mcL', 'no figure found; of the order of other implanted pumps'),
  reservoirGauge: {
    value: 'calculated',
    unit: 'choice',
    status: 'verified',
    source: 'Medtronic, urgent field safety notice FA596, October 2016: computed from what is programmed, not sensed',
  },
  gaugeInterval: assumed(6, 'h', 'has no fill sensor'),
  safetyValve: choice('notNeeded', 'a rotor that stands still lets nothing through'),
  flowAccuracy: {
    value: 14.5,
    unit: '%',
    status: 'verified',
    source: 'field safety notice on over-infusion, Hong Kong Medical Device Division, 18 Mar 2014',
  },
  lowReservoirDefault: {
    value: 2,
    unit: 'mL',
    status: 'secondary',
    source: 'Neurosurgery 2004 study on residual volume and withdrawal (earlier pump generation)',
  },
  lowReservoirBy: choice('pump', 'no source found; patient guides speak of alarms of the pump'),
  lowReservoirPolicy: choice('alarm', 'patient guides: delivery goes on during a non-critical alarm'),
  emptyAt: assumed(0, 'mL', 'no figure found; the calculated volume is used up'),
  emptyPolicy: choice('run', 'no source found; the pump cannot sense that it is dry'),
  lockoutOrigin: choice('start', 'no source found; start to start'),
  lockoutOnReprogram: choice('longer', 'no source found; the cautious reading'),
  bolusOverBasal: choice('add', 'no source found'),
  bolusRateBelowBasal: choice('allow', 'no source found'),
  afterCommit: {
    value: 'resume',
    unit: 'choice',
    status: 'verified',
    source: 'Hong Kong Medical Device Division, 8 Dec 2020: the pump restarts when the update completes',
  },
  onUpdateAbort: {
    value: 'stayStopped',
    unit: 'choice',
    status: 'verified',
    source: 'Singapore Health Sciences Authority, 27 Jan 2021: an incomplete update leaves the pump stopped',
  },
  stoppedAlarm: {
    value: 48,
    unit: 'h',
    status: 'verified',
    source: 'Gillette Children’s, intrathecal baclofen discharge information: pump stopped over 48 h',
  },
  sessionTimeout: assumed(15, 'min', 'no figure found'),
  logCapacity: assumed(512, 'count', 'no figure found'),

  stepsPerDay: {
    value: 13,
    unit: 'count',
    status: 'verified',
    source: 'Medtronic (UK), SynchroMed II patient page: up to 13 different doses through a day',
  },
  scheduleSteps: assumed(91, 'count', 'no figure found; 13 on each of seven days'),
  datedSteps: assumed(13, 'count', 'no figure found; as many as the steps of a day'),
  periodicDuringBolus: choice('skip', 'no source found'),
  hourlyMaximum: assumed(1, 'mL', 'no source found; an hour of the largest rate, which bounds no more'),
  bolusParts: assumed(2, 'count', 'no figure found; by day and by night'),
  handsetDrugs: assumed('any', 'drugs', 'no source found'),
  refillForecast: choice('lowReservoir', 'no source found; both dates are on the screen of the programmer'),
  bolusDurationStep: assumed(1, 'min', 'no figure found'),
  countWindow: choice('rolling24h', 'no source found; the cautious reading'),
  maxDoseDenied: choice('deny', 'no source found'),
  clockTolerance: assumed(5, 'min', 'no figure found'),
  lostClockPolicy: choice('dailyMean', 'no source found'),
  writeInterval: assumed(1, 'h', 'no figure found'),
  safeState: choice(
    'minimumRate',
    'recall Z-1694-2017: a pump with a memory error keeps delivering; at which rate is not said',
  ),
  defaultRate: assumed(0.048, 'mL/day', 'no figure found; the smallest basal rate'),
  batteryLife: assumed(4380, 'd', 'chosen so that a flow of 1 mL/day leaves 5 years; 5 to 7 years by flow are told of'),
  batteryPerMillilitre: assumed(33.6, 'h', 'chosen so that a flow of 1 mL/day leaves 5 years'),
  batteryPerSession: assumed(2, 'min', 'no figure found'),
  serviceLife: { value: 84, unit: 'months', status: 'verified', source: REPLACEMENT },
  eriBeforeEnd: assumed(90, 'd', 'no figure found; so that a pump that ages out warns as long as one that gives out'),
  eriToEndOfService: {
    value: 90,
    unit: 'd',
    status: 'verified',
    source: `${REPLACEMENT}; Hong Kong Medical Device Division, 20 Mar 2012`,
  },
  atEndOfService: {
    value: 'stop',
    unit: 'choice',
    status: 'verified',
    source: `${REPLACEMENT}: automatic shutdown`,
  },
  criticalToneInterval: assumed(10, 'min', 'programmable; 10 min is often quoted, no source found'),
  criticalTonePattern: { value: 'twoTone', unit: 'choice', status: 'verified', source: TONES },
  criticalToneLength: { value: 3, unit: 's', status: 'verified', source: TONES },
  toneInterval: {
    value: 1,
    unit: 'h',
    status: 'verified',
    source: 'Medtronic, Pump management (intrathecal baclofen therapy): about once per hour',
  },
  toneLength: { value: 1, unit: 's', status: 'verified', source: TONES },
  silenceLimit: assumed(2, 'min', 'Generic Infusion Pump requirement 3.2.1 (a silenced alarm returns within 2 min)'),
  clinicianBolusShortest: assumed(1, 'min', 'no figure found; the step of a bolus duration'),
  clinicianBolusLongest: assumed(24, 'h', 'no figure found; a day'),
  clinicianBolusWhenStopped: choice('allow', 'no source found; what follows the bolus is always said'),
  patientBolusDuringClinicianBolus: choice('deny', 'no source found; the cautious reading'),
  clinicianOverLimit: choice('refuse', 'no source found; the cautious reading'),
  stopWhileStopped: choice('refuse', 'no source found; an alarm has a command of its own'),
  startWithAlarm: choice('allow', 'no source found'),
  selfTest: assumed(0, 's', 'no figure found'),
  sensors: {
    value: 'rotation',
    unit: 'sensors',
    status: 'verified',
    source:
      'Medtronic, SynchroMed II MRI guidelines (2008): stall and recovery are detected; no flow sensor is told of',
  },
  stallDetectionDelay: assumed(20, 'min', 'exact latency unknown; the log is known to lag behind'),
  stallPolicy: {
    value: 'keepDriving',
    unit: 'choice',
    status: 'verified',
    source: 'Medtronic, SynchroMed II MRI guidelines (2008): the pump resumes its programme by itself',
  },
  stallAccounting: choice('believe', 'no source found; more is aspirated than expected after a stall'),
  conditionDelay: assumed(0, 's', 'senses no other condition'),
  conditionLatch: choice('untilGone', 'senses no other condition'),
  occlusionPolicy: choice('none', 'cannot be sensed'),
  overTemperaturePolicy: choice('none', 'cannot be sensed'),
  overFlowPolicy: choice('none', 'cannot be sensed'),
  underFlowPolicy: choice('none', 'cannot be sensed'),
  tubingVolume: {
    value: 0.14,
    unit: 'mL',
    status: 'verified',
    source: 'public recall notices on the update of the 8870 application card, 2016 to 2017 (0.199 mL before)',
  },
  catheterVolumePerLength: {
    value: 0.0022,
    unit: 'mL/cm',
    status: 'unverified',
    source: 'general knowledge of intrathecal catheters; the implant manuals print it, not read',
  },
  primeRate: assumed(24, 'mL/day', 'no figure found; the largest rate of the pump'),
  historyCapacity: assumed(64, 'count', 'no figure found'),
};

const sheet = (millilitres: number): ProfileSheet => ({
  name: `synchromed-ii-like-${millilitres}`,
  title: `SynchroMed-II-like, ${millilitres} mL`,
  about:
    'An implanted peristaltic pump without a flow sensor, after public sources on the SynchroMed II. No manufacturer’s data.',
  parameters: {
    reservoirCapacity: {
      value: millilitres,
      unit: 'mL',
      status: 'verified',
      source: 'FDA recall notice of 2013 on the SynchroMed II (models with 20 and 40 mL reservoirs)',
    },
    ...common,
  },
});

export const synchromedIILike20: ProfileSheet = sheet(20);
export const synchromedIILike40: ProfileSheet = sheet(40);
