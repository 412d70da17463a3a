import type { Line, ProfileSheet } from '../profile.ts';

const PCA = 'Open PCA Pump Requirements 1.0.0, Kansas State University, 2020';
const NARRATIVES = 'timed narratives of ovasicek/pca-pump-ec-artifacts (doi 10.5281/zenodo.15737761)';

const stated = (value: number | string, unit: string, source = PCA): Line => ({
  value,
  unit,
  status: 'verified',
  source,
});
const assumed = (value: number | string, unit: string, source: string): Line => ({
  value,
  unit,
  status: 'assumed',
  source,
});

export const genericPca: ProfileSheet = {
  name: 'generic-pca',
  title: 'Generic PCA pump',
  about:
    'The Open PCA Pump’s rules on an implant’s firmware, for requirement tests. Volumes are a hundred times an implant’s.',
  parameters: {
    reservoirCapacity: stated(100, 'mL', NARRATIVES),
    rateMaximum: stated(100, 'mL/h', NARRATIVES),
    basalMinimum: stated(1, 'mL/h'),
    basalMaximum: stated(10, 'mL/h'),
    minimumRate: stated(1, 'mL/h', NARRATIVES),
    strokeVolume: assumed(0.5, 'mcL', 'divides 0.5 mL exactly'),
    flowAccuracy: assumed(5, '%', 'Generic Infusion Pump requirement 1.2.1 (5 % over 72 h)'),
    lowReservoirDefault: stated(1, 'mL', NARRATIVES),
    lowReservoirPolicy: stated('minimumRate', 'choice'),
    emptyAt: stated(0.5, 'mL', NARRATIVES),
    emptyPolicy: stated('stop', 'choice'),
    lockoutOrigin: stated('end', 'choice', NARRATIVES),
    lockoutOnReprogram: assumed('longer', 'choice', 'not part of the requirements; the cautious reading'),
    bolusRateBelowBasal: stated('refuse', 'choice'),
    afterCommit: stated('waitForStart', 'choice'),
    onUpdateAbort: assumed('stayStopped', 'choice', 'not part of the requirements'),
    stoppedAlarm: assumed(15, 'min', 'Generic Infusion Pump requirement 2.2.1 (reminder every 15 min)'),
    sessionTimeout: assumed(15, 'min', 'not part of the requirements'),
    logCapacity: assumed(512, 'count', 'not part of the requirements'),

    stepsPerDay: assumed(13, 'count', 'not part of the requirements; as the implants have it'),
    datedSteps: assumed(13, 'count', 'not part of the requirements; as the steps of a day'),
    periodicDuringBolus: assumed('skip', 'choice', 'not part of the requirements'),
    bolusDurationStep: assumed(1, 'min', 'minutes are the unit of the narratives'),
    countWindow: assumed('rolling24h', 'choice', 'not part of the requirements; the cautious reading'),
    maxDoseDenied: stated('denyAndMinimumRate', 'choice'),
    clockTolerance: assumed(5, 'min', 'not part of the requirements'),
    lostClockPolicy: assumed('dailyMean', 'choice', 'not part of the requirements'),
    writeInterval: assumed(1, 'h', 'not part of the requirements'),
    safeState: assumed('minimumRate', 'choice', 'not part of the requirements; as the implant'),
    serviceLife: assumed(84, 'months', 'not part of the requirements; as the implant'),
    eriBeforeEnd: assumed(90, 'd', 'not part of the requirements; as the implant'),
    eriToEndOfService: assumed(90, 'd', 'not part of the requirements; as the implant'),
    atEndOfService: assumed('stop', 'choice', 'not part of the requirements; as the implant'),
    criticalToneInterval: assumed(15, 'min', 'Generic Infusion Pump requirement 2.2.1 (reminder every 15 min)'),
    criticalToneLength: assumed(3, 's', 'not part of the requirements; as the implant'),
    toneInterval: assumed(1, 'h', 'not part of the requirements; as the implant'),
    toneLength: assumed(1, 's', 'not part of the requirements; as the implant'),
    silenceLimit: assumed(2, 'min', 'Generic Infusion Pump requirement 3.2.1 (a silenced alarm returns within 2 min)'),
    clinicianBolusShortest: stated(30, 'min'),
    clinicianBolusLongest: stated(360, 'min'),
    clinicianBolusWhenStopped: stated('refuse', 'choice', NARRATIVES),
    patientBolusDuringClinicianBolus: stated('preempt', 'choice', NARRATIVES),
    clinicianOverLimit: stated('haltAtLimit', 'choice', NARRATIVES),
    tubingVolume: assumed(0.14, 'mL', 'not part of the requirements; as the implant'),
    catheterVolumePerLength: assumed(0.0022, 'mL/cm', 'not part of the requirements; as the implant'),
    primeRate: assumed(24, 'mL/day', 'not part of the requirements; as the implant'),
    historyCapacity: assumed(64, 'count', 'not part of the requirements'),
  },
};
