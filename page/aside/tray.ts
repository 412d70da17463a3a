import { type Amount, amount, type FluidDraft } from '../parts/draft.ts';

/** A syringe: filled first, and only then is it asked where to. */
export interface SyringeDraft {
  readonly volume: Amount;
  /** Undefined until somebody has chosen. */
  readonly fluid: FluidDraft | undefined;
  readonly isFull: boolean;
}
export const SYRINGE: SyringeDraft = { volume: amount('mL'), fluid: undefined, isFull: false };

export const TIPS = ['intrathecal', 'epidural', 'subdural', 'dislodged'] as const;

/** Where to jump in time: nothing typed yet. */
export const NOWHERE = { days: '', hours: '', instant: '' } as const;

/** What lies ready at the bedside. */
export interface Tray {
  readonly syringe: SyringeDraft;
  /** Up to how much an empty syringe draws. */
  readonly draws: Amount;
  readonly contrast: Amount;
  readonly size: Amount;
  readonly tip: (typeof TIPS)[number];
  readonly serial: string;
  readonly isNewPump: boolean;
}
export const TRAY: Tray = {
  syringe: SYRINGE,
  draws: amount('mL'),
  contrast: amount('mL', '2'),
  size: amount('cm', '60'),
  tip: 'intrathecal',
  serial: 'THECAL-0002',
  isNewPump: false,
};
