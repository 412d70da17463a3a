import {
  between,
  type Clock,
  type DeviceProfile,
  type Key,
  type Port,
  simulatedPairing,
  type Witness,
} from '../shared/index.ts';
import type { ExecutorName } from './firmware/executor/executor.ts';
import type { ChartObserver } from './firmware/executor/observed.ts';
import { Firmware } from './firmware/firmware.ts';
import type { Store } from './firmware/hardware.ts';
import { memoryStore } from './memory-store.ts';
import { Plant } from './plant/plant.ts';

export interface PumpOptions {
  readonly profile: DeviceProfile;
  readonly serial: string;
  /** The pairing key of a pump of a serial number; that of a simulated pump unless given. */
  readonly pairing?: (serial: string) => Key;
  readonly clock: Clock;
  readonly antenna: Port;
  readonly executor: ExecutorName;
  readonly witness: Witness;
  readonly store?: Store;
  /** Noise for what must never come twice; that of the simulated hardware unless given. */
  readonly random?: () => string;
  /** Told what the chart decides. */
  readonly observer?: ChartObserver;
}

/** A store in a pump: what the plant has spoiled of it is found when the memory is next opened. */
function inPump(store: Store, plant: Plant): Store {
  return {
    read: (cell) => store.read(cell),
    write: (cell, bytes) => store.write(cell, bytes),
    clear: () => store.clear(),
    commit: () => store.commit(),
    open() {
      const found = store.open();
      const spoiled = plant.foundSpoiled;
      if (spoiled === 'oneBank' && found === 'sound') return 'healedA';
      if (spoiled !== 'bothBanks') return found;
      store.clear();
      return 'failed';
    },
  };
}

/** An implanted pump, not yet powered on: the device, and the physics it drives without seeing them. */
export function createPump({ profile, serial, clock, antenna, executor, witness, ...rest }: PumpOptions) {
  const { store = memoryStore(), pairing = simulatedPairing, random, ...observing } = rest;
  const plant = new Plant(profile, clock, witness);
  const memory = inPump(store, plant);
  const hardware = {
    clock: plant.oscillator,
    store: memory,
    antenna,
    random: random ?? plant.random.bind(plant),
    fillLevel: plant.fillLevel.bind(plant),
    falseAlarm: plant.falseAlarm.bind(plant),
    drive: plant.drive.bind(plant),
    completeStroke: plant.completeStroke.bind(plant),
    onBattery: plant.onBattery.bind(plant),
    onMemoryLocked: plant.onMemoryLocked.bind(plant),
    onSeen: plant.onSeen.bind(plant),
    onReset: plant.onReset.bind(plant),
    interrogated: plant.interrogated.bind(plant),
  };
  const firmware = new Firmware({ profile, serial, pairing, hardware, executor, witness, ...observing });
  plant.onHeard(() => {
    const { nextTone, now } = firmware.status();
    return nextTone === null ? undefined : { sound: nextTone.sound, in: between(now, nextTone.at) };
  });
  plant.onReplaced((other) => firmware.becomeAnother(other));
  return { firmware, plant, memory };
}
