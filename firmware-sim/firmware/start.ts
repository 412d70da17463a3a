import { type DeviceProfile, instant, type Witness } from '../../shared/index.ts';
import type { Hardware, MemoryFound } from './hardware.ts';
import { readImage } from './memory/image.ts';
import { keepSerial, readSerial } from './memory/serial.ts';
import { lastTime } from './memory/stored-time.ts';
import type { Processor } from './processor.ts';
import type { Radio } from './radio.ts';

/** What a start works on. */
export interface Startable {
  readonly profile: DeviceProfile;
  readonly hardware: Hardware;
  readonly witness: Witness;
  readonly processor: Processor;
  readonly radio: Radio;
  /** The serial number it goes by; engraved in the hardware, too. */
  readonly identity: { serial: string };
}

/** Whether a store holds a pump: one that was never powered on has nothing to start from. */
export const isLivedIn = ({ profile, hardware }: Startable): boolean =>
  readImage(hardware.store, profile) !== undefined;

/** A new pump in place of whatever there was. */
export function startNew(pump: Startable): void {
  const { hardware, processor, identity } = pump;
  keepSerial(hardware.store, identity.serial);
  processor.handle({ type: 'POWER_ON', at: processor.now });
  processor.readLevel();
}

/** Nothing of what was stored, and nothing of what was known. */
export function forget({ hardware, processor, radio }: Startable): void {
  hardware.store.clear();
  processor.takeUpNothing();
  radio.restart();
}

/** What a processor does when it starts: it takes what the store holds, and then the time. */
export function restart(pump: Startable, found: MemoryFound, timeLost: boolean, wasRunning: boolean): void {
  const { profile, hardware, processor, radio, identity } = pump;
  const image = found === 'failed' ? undefined : readImage(hardware.store, profile);
  if (image === undefined) {
    startWithoutMemory(pump, timeLost);
    return;
  }
  const { at: kept, ...state } = image;
  identity.serial = readSerial(hardware.store) ?? identity.serial;
  processor.takeUp(state);
  radio.restart();
  // The time is stored at every event, with every record of the log, and once an interval.
  const stored = Math.max(kept, lastTime(hardware.store, profile));
  const lost = timeLost || processor.now < stored;
  if (lost) {
    const intervals = wasRunning ? Math.floor((processor.now - kept) / profile.writeInterval) : 0;
    hardware.clock.countOnFrom(instant(Math.max(stored, kept + intervals * profile.writeInterval)));
  }
  processor.handle({ type: 'RESET', at: processor.now, timeLost: lost });
  if (found === 'healedA' || found === 'healedB')
    processor.handle({ type: 'MEMORY_HEALED', at: processor.now, bank: found === 'healedA' ? 'A' : 'B' });
}

/** No bank of the memory is whole. */
function startWithoutMemory(pump: Startable, timeLost: boolean): void {
  const { witness, hardware, processor, radio, identity } = pump;
  const told = witness.tell('firmware', 'memoryFailed', { timeLost });
  witness.because(told, () => {
    forget(pump);
    radio.forgetCommands();
    keepSerial(hardware.store, identity.serial);
    if (timeLost) hardware.clock.countOnFrom(instant(0));
    processor.handle({ type: 'MEMORY_FAILED', at: processor.now, timeLost });
  });
}
