import type { Duration, FieldStrength, Length, Sound, Volume } from '../../shared/index.ts';
import type { Tip } from './catheter.ts';
import type { Solution } from './reservoir.ts';
import type { Sign } from './signs.ts';

/** A catheter by its length, or by what it holds. */
export type CatheterSize = { readonly length: Length } | { readonly volume: Volume };

/** What hands at the bedside can do. They never touch what the firmware believes. */
export type HandsAct =
  | { readonly type: 'drain' }
  | { readonly type: 'aspirate'; readonly volume: Volume }
  /** Into the reservoir, or beside it where the needle has missed; by force where it is full. */
  | {
      readonly type: 'inject';
      readonly volume: Volume;
      readonly solution: Solution | null;
      readonly into?: 'pocket';
      readonly force?: true;
    }
  /** Before a new pump is first filled: the water in its residual is washed out with what it will hold. */
  | { readonly type: 'prepare'; readonly solution: Solution }
  /** An empty reservoir filled and emptied again, `times` over. */
  | { readonly type: 'rinse'; readonly volume: Volume; readonly times: number; readonly solution: Solution }
  /** The valve that shut where too much flowed is opened again. */
  | { readonly type: 'resetValve' }
  /** Another pump of the same kind in this one's place, new and empty, on the catheter of this one. */
  | { readonly type: 'replace'; readonly serial: string }
  /** What was injected beside the pump is drawn up again, as far as it comes. */
  | { readonly type: 'aspiratePocket'; readonly volume: Volume }
  | { readonly type: 'aspiratePort'; readonly volume: Volume }
  | { readonly type: 'injectPort'; readonly volume: Volume; readonly solution: Solution }
  /** Contrast into the access port, and a look at where it goes. */
  | { readonly type: 'dyeStudy'; readonly volume: Volume }
  /** An X-ray of the rotor, to be compared with the one before. */
  | { readonly type: 'film' }
  | { readonly type: 'withdrawCsf'; readonly volume: Volume }
  | { readonly type: 'askPatient' }
  /** Listen to the pump for so long. */
  | { readonly type: 'listen'; readonly for: Duration }
  /** A new catheter, or the tip of the old one put in its place. */
  | { readonly type: 'catheter'; readonly size: CatheterSize; readonly tip: Tip }
  /** The pump on its catheter, or on none: on the table, or taken out. */
  | { readonly type: 'connectCatheter' | 'disconnectCatheter' }
  /** A laboratory mends a memory that an error has locked. */
  | { readonly type: 'resetMemory' }
  /** The patient into the field of a scanner, and out of it. */
  | { readonly type: 'enterScanner'; readonly field: FieldStrength }
  | { readonly type: 'leaveScanner' };

/** A tone of the pump, and how long it is until then. */
export interface Heard {
  readonly sound: Sound;
  readonly in: Duration;
}

export const HANDS_REFUSALS = {
  overfull: 'the reservoir has no room for this volume',
  unknownSolution: 'the first injection must say which drug at which concentration',
  notEmpty: 'the reservoir must be drained before it is rinsed',
  notShut: 'there is no valve that has shut',
  notNew: 'only a pump that was never filled is prepared: rinse it',
  unreachable: 'the pump has turned over in its pocket: the needle does not find its port',
  noReturn: 'nothing can be aspirated from the access port',
  noPassage: 'nothing can be injected into the access port',
  alreadySo: 'it is so already',
} as const;
export type HandsRefusal = keyof typeof HANDS_REFUSALS;

/** What hands may find out, beside what a syringe shows. */
export const FINDINGS = {
  contrastSpreads: 'the contrast runs up the catheter and spreads in the CSF',
  contrastAtPump: 'the contrast gathers around the pump: it gets out at the connector',
  contrastLeaks: 'the contrast leaks out half way along the catheter',
  contrastEpidural: 'the contrast gathers outside the dura',
  contrastSubdural: 'the contrast spreads in a thin layer under the dura',
  contrastUnderSkin: 'the contrast gathers under the skin: the tip has come out',
  contrastHalts: 'the contrast gathers in a clot around the tip',
  firstFilm: 'the rotor, to be compared with the next film',
  rotorTurned: 'the rotor has turned since the film before',
  rotorStill: 'the rotor has not turned since the film before',
  rotorUnclear: 'too soon after the film before to see whether the rotor turns',
  noComplaint: 'no complaint',
  noTone: 'the pump is silent',
  single: 'one tone',
  'two-tone': 'two tones, high and low',
  'four-tones': 'four tones',
  'four-double-tones': 'four double tones',
} as const;
export type Finding = keyof typeof FINDINGS | Sign;

export type HandsOutcome =
  | {
      readonly done: true;
      /** What the syringe shows. */
      readonly reading?: Volume;
      readonly found?: readonly Finding[];
      /** How far the rotor has turned since the film before, and how far it was asked to, in degrees. */
      readonly turned?: number;
      readonly asked?: number;
      /** How long ago that film was taken. */
      readonly since?: Duration;
    }
  | { readonly refused: HandsRefusal };
