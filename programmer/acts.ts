import type {
  AfterBolus,
  AlarmCode,
  DiscrepancyReason,
  DoseRate,
  Drug,
  DrugName,
  Duration,
  Length,
  Mass,
  Proportion,
  Rate,
  Volume,
  WallClock,
} from '../shared/index.ts';

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
  readonly parts: readonly DayPartEntry[];
}

/** A part of the local day with a patient bolus of its own, or none. Times count from midnight. */
export interface DayPartEntry {
  readonly from: Duration;
  readonly to: Duration;
  readonly bolus: (AmountEntry & { readonly lockout: Duration }) | null;
}

/** A program as entered. Times of day count from midnight; days count from 0, Monday. */
export type ProgramEntry =
  | { readonly type: 'minimumRate' }
  /** The program in the pump, every rate of it by so much more, or less. */
  | { readonly type: 'changed'; readonly by: Proportion }
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

/** A catheter, by its length or by what it holds. */
export type CatheterEntry = { readonly length: Length } | { readonly volume: Volume };

/** Which dead space a priming bolus fills. */
export const CATHETER_PRIMES = ['pumpAndCatheter', 'catheterOnly'] as const;

/** What comes once before the program, as entered. A bridge is worked out from the prescription in the pump. */
export type OpeningEntry =
  | { readonly type: 'prime'; readonly fill: 'pumpOnly' }
  | { readonly type: 'prime'; readonly fill: (typeof CATHETER_PRIMES)[number]; readonly catheter: CatheterEntry }
  /** The dose is that of the old drug; null: as it is in the pump. */
  | { readonly type: 'bridge'; readonly catheter: CatheterEntry; readonly dose: DoseRate | null }
  | { readonly type: 'delayed'; readonly until: WallClock };

/** What an update does to an opening that is under way: gives it up, or begins anew with what is left of it. */
export const UNDERWAY = ['cancel', 'recompute'] as const;

/** What a clinician enters of a prescription. What is left out stays as the pump has it. */
export interface PrescriptionEntry {
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
  /** null: none; what a prescription began with is not done again with the next. */
  readonly opening: OpeningEntry | null;
  readonly underway: (typeof UNDERWAY)[number] | null;
  /** What a change of the fluid leaves in it is worked out with; an opening that fills it says so itself. */
  readonly catheter?: CatheterEntry;
  /** Whether a pump that a clinician stopped shall run afterwards. */
  readonly run: boolean;
  /** Accepts that what was given already exceeds the dose limit together with the program. */
  readonly override: boolean;
}

/** Edits, reviews and confirms in one act; `aboveLimits` answers beforehand what is asked where a limit is exceeded. */
export type PrescribeEntry = PrescriptionEntry & { readonly type: 'prescribe'; readonly aboveLimits?: 'accept' };

/** What to do about limits of the drug library that a reviewed prescription exceeds. */
export const LIMIT_CHOICES = ['accept', 'decline'] as const;
export type LimitChoice = (typeof LIMIT_CHOICES)[number];

/** Adds to what has been entered and not programmed yet; null leaves as it was entered before. */
export type EditEntry = Omit<PrescriptionEntry, 'run' | 'override'> & {
  readonly type: 'edit';
  readonly run: boolean | null;
  readonly override: boolean | null;
};

/** What to do about a pump whose clock differs: set it, be asked again next time, or leave it for this session. */
export const CLOCK_CHOICES = ['now', 'later', 'keep'] as const;
type ClockChoice = (typeof CLOCK_CHOICES)[number];

/** A single bolus as entered: how much, how fast, and what follows it. */
export interface BolusOrderEntry extends AmountEntry {
  readonly then: AfterBolus;
}

/** What a clinician can do at the programmer. */
export type ClinicianAct =
  | { readonly type: 'interrogate' }
  | { readonly type: 'implant' }
  /** A difference above the usual takes a reason. */
  | {
      readonly type: 'refill';
      readonly aspirated: Volume | null;
      readonly volume: Volume;
      readonly reason?: DiscrepancyReason;
      readonly note?: string;
      /**
       * Whether it is another drug or strength than the pump is programmed for, which is then still to be told; unless
       * said, as it was before.
       */
      readonly otherFluid?: boolean;
    }
  | PrescribeEntry
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  | { readonly type: 'minimumRate' }
  | EditEntry
  /** Orders a single bolus in one act; `aboveLimits` answers beforehand, as when prescribing. */
  | ({ readonly type: 'bolus'; readonly aboveLimits?: 'accept' } & BolusOrderEntry)
  /** Enters a single bolus; nothing is ordered before it is confirmed. */
  | ({ readonly type: 'editBolus' } & BolusOrderEntry)
  /** Reads the pump afresh and shows the Finish screen of what has been entered. */
  | { readonly type: 'review' }
  /** Programs or orders exactly what was reviewed; where it exceeds limits of the drug library, only if that is accepted. */
  | { readonly type: 'confirm'; readonly limits?: LimitChoice }
  /** Forgets what has been entered. */
  | { readonly type: 'discard' }
  /** Gives the pump the local time of the programmer, unless another choice is made. */
  | { readonly type: 'setClock'; readonly choice?: ClockChoice }
  /** Puts the pump under the head on the patient's record. */
  | { readonly type: 'registerPump' }
  | { readonly type: 'readHistory' }
  /** Shows what changed between two prescriptions of the history read, by their numbers. */
  | { readonly type: 'compare'; readonly from: number; readonly to: number }
  | { readonly type: 'readLog' }
  /** Reads the event log for how the patient has used the handset. */
  | { readonly type: 'readUsage' }
  | { readonly type: 'endSession' }
  /** Quiets the tone of an alarm for a while. */
  | { readonly type: 'silence'; readonly alarm: AlarmCode }
  /** Clears the alarm of a condition that is gone. */
  | { readonly type: 'clearAlarm'; readonly alarm: AlarmCode }
  /** How often critical alarms sound. */
  | { readonly type: 'setAlarmInterval'; readonly interval: Duration }
  /** Sounds both tones once. */
  | { readonly type: 'testAlarm' };

export const CLINICIAN_ACTS = [
  'interrogate',
  'implant',
  'refill',
  'prescribe',
  'edit',
  'review',
  'confirm',
  'discard',
  'stop',
  'resume',
  'minimumRate',
  'setClock',
  'registerPump',
  'readHistory',
  'compare',
  'readLog',
  'readUsage',
  'endSession',
  'silence',
  'bolus',
  'editBolus',
  'clearAlarm',
  'setAlarmInterval',
  'testAlarm',
] as const satisfies readonly ClinicianAct['type'][];

/** What a patient can do at the handset. */
export type PatientAct = { readonly type: 'requestBolus' };
