import { MessagePort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { EXECUTOR_NAMES, memoryStore } from '../../firmware-sim/index.ts';
import { Key, PROFILE_NAMES, profileNamed, readProfile, span } from '../../shared/index.ts';
import { LivePump } from './live-pump.ts';
import { workerPort } from './worker-port.ts';

/* A pump in a thread of its own; `workerData` says which, and is the other end of its antenna. */

const { port, profile, key, ...rest } = z
  .strictObject({
    port: z.instanceof(MessagePort),
    profile: z.enum(PROFILE_NAMES),
    serial: z.string().min(1).max(40),
    /** The pairing key, as hexadecimal digits. */
    key: z.string().regex(/^[\da-f]{64}$/),
    executor: z.enum(EXECUTOR_NAMES),
    wallClock: z
      .int()
      .min(0)
      .transform((n) => span(n)),
    speed: z.number().positive(),
  })
  .parse(workerData);

const sheet = profileNamed(profile);
if (sheet === undefined) throw new Error(`no profile ${profile}`);
const pump = new LivePump({
  ...rest,
  profile: readProfile(sheet),
  pairing: Key.parse(key),
  store: memoryStore(),
  failed: (error) => {
    throw error;
  },
});
const antenna = workerPort(port);
antenna.onFrame((frame) => {
  const answer = pump.take(frame);
  if (answer !== undefined) antenna.send(answer);
});
port.on('close', () => pump.stop());
