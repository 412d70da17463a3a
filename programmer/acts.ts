import type { AlarmCode, Concentration, DoseRate, DrugName, Duration, Mass, Rate, Volume } from '../shared/index.ts';

/** What a clinician may enter for a patient bolus: a dose or a volume, how fast, how often. */
export interface BolusEntry {
  readonly dose: Mass | null;
  readonly volume: Volume | null;
  readonly duration: Duration;
  readonly lockout: Duration;
  readonly maxPerDay: number;
}

/** What a clinician enters to prescribe. What is left out stays as the pump has it. */
export interface PrescribeEntry {
  readonly type: 'prescribe';
  readonly drug: DrugName | null;
  readonly concentration: Concentration | null;
  /** Entered as a dose of the drug or as a volume per day. */
  readonly basal: { readonly dose: DoseRate } | { readonly rate: Rate } | null;
  /** null: as it is; 'none': no patient bolus. */
  readonly patientBolus: BolusEntry | 'none' | null;
  readonly ceiling: DoseRate | null;
  readonly lowReservoir: Volume | null;
  /** Whether a pump that a clinician stopped shall run afterwards. */
  readonly run: boolean;
}

/** What a clinician can do at the programmer. */
export type ClinicianAct =
  | { readonly type: 'interrogate' }
  | { readonly type: 'implant' }
  | { readonly type: 'refill'; readonly aspirated: Volume | null; readonly volume: Volume }
  | PrescribeEntry
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  | { readonly type: 'readHistory' }
  | { readonly type: 'readLog' }
  | { readonly type: 'endSession' }
  | { readonly type: 'silence'; readonly alarm: AlarmCode };

export const CLINICIAN_ACTS = [
  'interrogate',
  'implant',
  'refill',
  'prescribe',
  'stop',
  'resume',
  'readHistory',
  'readLog',
  'endSession',
  'silence',
] as const satisfies readonly ClinicianAct['type'][];

/** What a patient can do at the handset. */
export type PatientAct = { readonly type: 'requestBolus' };
