import type { Firmware, Plant, PumpOptions } from '../firmware-sim/index.ts';
import type { Party } from '../shared/index.ts';
import type { Tracer } from './trace.ts';

/** A pump as the workbench uses one, wherever it runs. */
export interface Pump {
  readonly firmware: Party &
    Pick<Firmware, 'powerOn' | 'status' | 'handled'> &
    Partial<Pick<Firmware, 'states' | 'pressed'>>;
  readonly plant: Party &
    Pick<Plant, 'act' | 'inflict' | 'truth' | 'reading' | 'readingTyped'> &
    Partial<Pick<Plant, 'doses'>>;
}

/** What a pump is given by the simulation it joins. */
export interface PumpSetting extends PumpOptions {
  readonly witness: Tracer;
}

/** Makes a pump, factory-new and not yet powered on. */
export type PumpMaker = (setting: PumpSetting) => Pump;
