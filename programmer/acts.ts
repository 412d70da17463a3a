import type { DoseRate, Drug, DrugName, Duration, Mass, Rate, Volume, WallClock } from '../shared/index.ts';

/** A basal rate as entered: a dose of the primary drug, or a volume, in a time. */
export type BasalEntry = { readonly dose: DoseRate } | { readonly rate: Rate };

/** A bolus as entered: a dose of the primary drug or a volume, and how long it takes. */
export interface AmountEntry {
  readonly dose: Mass | null;
  readonly volume: Volume | null;
  readonly duration: Duration;
}

/** What a clinician may enter for a patient bolus: how much, how fast, how often. */
export interface BolusEntry extends AmountEntry {
  readonly lockout: Duration;
  readonly maxPerDay: number;
}

/** A program as entered. Times of day count from midnight; days count from 0, Monday. */
export type ProgramEntry =
  | { readonly type: 'minimumRate' }
  | { readonly type: 'constant'; readonly basal: BasalEntry }
  | {
      readonly type: 'daily';
      readonly groups: readonly {
        readonly days: readonly number[];
        readonly steps: readonly { readonly at: Duration; readonly basal: BasalEntry }[];
      }[];
    }
  | {
      readonly type: 'periodic';
      readonly basal: BasalEntry;
      readonly bolus: AmountEntry;
      readonly interval: Duration;
    }
  | {
      readonly type: 'dated';
      readonly first: BasalEntry;
      readonly steps: readonly { readonly at: WallClock; readonly basal: BasalEntry }[];
    };

/** What a clinician enters to prescribe. What is left out stays as the pump has it. */
export interface PrescribeEntry {
  readonly type: 'prescribe';
  /** What the fluid holds; none is a diluent. */
  readonly drugs: readonly Drug[] | null;
  /** The drug doses are of. */
  readonly primary: DrugName | null;
  readonly program: ProgramEntry | null;
  /** null: as it is; 'none': no patient bolus. */
  readonly patientBolus: BolusEntry | 'none' | null;
  /** null: as it is; 'none': no dose limit. */
  readonly doseLimit: { readonly dose: Mass; readonly window: Duration } | 'none' | null;
  readonly ceiling: DoseRate | null;
  readonly lowReservoir: Volume | null;
  /** Whether a pump that a clinician stopped shall run afterwards. */
  readonly run: boolean;
  /** Accepts that what was given already exceeds the dose limit together with the program. */
  readonly override: boolean;
}

/** What a clinician can do at the programmer. */
export type ClinicianAct =
  | { readonly type: 'interrogate' }
  | { readonly type: 'implant' }
  | { readonly type: 'refill'; readonly aspirated: Volume | null; readonly volume: Volume }
  | PrescribeEntry
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  | { readonly type: 'minimumRate' }
  /** Gives the pump the local time of the programmer. */
  | { readonly type: 'setClock' }
  /** Puts the pump under the head on the patient's record. */
  | { readonly type: 'registerPump' }
  | { readonly type: 'readHistory' }
  | { readonly type: 'readLog' }
  | { readonly type: 'endSession' };

export const CLINICIAN_ACTS = [
  'interrogate',
  'implant',
  'refill',
  'prescribe',
  'stop',
  'resume',
  'minimumRate',
  'setClock',
  'registerPump',
  'readHistory',
  'readLog',
  'endSession',
] as const satisfies readonly ClinicianAct['type'][];

/** What a patient can do at the handset. */
export type PatientAct = { readonly type: 'requestBolus' };
