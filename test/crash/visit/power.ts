import { createPump } from '../../../firmware-sim/index.ts';
import type { Port } from '../../../shared/index.ts';
import type { Pump, PumpMaker } from '../../../workbench/pump.ts';
import { type CrashingStorage, PowerLost } from '../crashing-storage.ts';

/** The trace records, by their numbers, that a processor told in the entry in which its power went. */
export interface Unfinished {
  readonly from: number;
  readonly to: number;
}

/**
 * Makes pumps whose power can go while their storage is written: at the rim of the processor, where frames come in and
 * deadlines fall due, whatever it was doing is over, its answer never leaves, and it starts anew on what is left.
 */
export const onFailingPower =
  (storage: CrashingStorage, timeLost: boolean, lost: (entry: Unfinished) => void): PumpMaker =>
  (setting): Pump => {
    const { witness } = setting;
    const powered = (entry: () => void): void => {
      const from = witness.last + 1;
      try {
        entry();
      } catch (error) {
        if (!(error instanceof PowerLost)) throw error;
        lost({ from, to: witness.last });
        storage.powerReturns();
        plant.inflict({ type: 'reset', timeLost });
      }
    };
    const antenna: Port = {
      send: (frame) => setting.antenna.send(frame),
      onFrame: (take) => setting.antenna.onFrame((frame) => powered(() => take(frame))),
    };
    const { firmware, plant } = createPump({ ...setting, antenna });
    return {
      plant,
      firmware: {
        name: firmware.name,
        rank: firmware.rank,
        due: () => firmware.due(),
        wake: () => powered(() => firmware.wake()),
        save: () => firmware.save(),
        load: (state) => firmware.load(state),
        powerOn: () => powered(() => firmware.powerOn()),
        status: () => firmware.status(),
        get handled() {
          return firmware.handled;
        },
      },
    };
  };
