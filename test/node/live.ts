import { onTestFinished } from 'vitest';
import { memoryStore } from '../../firmware-sim/index.ts';
import { Key, simulatedPairing, span } from '../../shared/index.ts';
import { controlServer } from '../../workbench/node/control-server.ts';
import { Desk } from '../../workbench/node/desk.ts';
import { LivePump, type LivePumpOptions } from '../../workbench/node/live-pump.ts';
import type { Card } from '../../workbench/node/pump-folder.ts';
import { type TELEMETRY_LIMITS, telemetryServer } from '../../workbench/node/telemetry-server.ts';
import type { Trials } from '../../workbench/node/trial-stand.ts';
import { profileOf } from '../harness.ts';

const PROFILE = profileOf('synchromed-ii-like-20');
/** The card of the pump of these tests. */
export const CARD: Card = {
  thecal: 'card/1',
  serial: 'LIVE-1',
  profile: PROFILE.name,
  key: simulatedPairing('LIVE-1').hex,
};
const ADDRESS = { host: '127.0.0.1', port: 0 };

/** A live pump with both its servers on free ports; `failures` are errors of its own. */
export async function livePump(limits: Partial<typeof TELEMETRY_LIMITS> = {}, options: Partial<LivePumpOptions> = {}) {
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const pump = new LivePump({
    profile: PROFILE,
    serial: CARD.serial,
    pairing: Key.parse(CARD.key),
    executor: 'table',
    wallClock: span(0),
    speed: 1,
    store: memoryStore(),
    failed,
    ...options,
  });
  const trials: Trials = new Map();
  const telemetry = await telemetryServer({ address: ADDRESS, pump, trials, limits, failed });
  const control = await controlServer({ address: ADDRESS, pump, trials, failed });
  onTestFinished(async () => {
    pump.stop();
    await Promise.all([telemetry.close(), control.close()]);
  });
  return { pump, trials, failures, telemetry: telemetry.url, control: control.url };
}

/** A programmer and a handset at a live pump. */
export async function deskAt(url: string, card: Card | undefined = CARD): Promise<Desk> {
  const failed = (error: unknown) => {
    throw error;
  };
  const desk = await Desk.open({ url, profile: PROFILE, card, wallClock: undefined, failed });
  onTestFinished(() => desk.close());
  return desk;
}
