import { MOST_FRAME } from '../../shared/index.ts';
import type { Address } from './address.ts';
import { Bucket } from './bucket.ts';
import { CLOSE, GuardedServer, type Limits } from './guarded-server.ts';
import type { LivePump } from './live-pump.ts';
import { roomHeader } from './room.ts';
import type { Trials } from './trial-stand.ts';

export const TELEMETRY_LIMITS: Limits & { readonly burst: number; readonly perSecond: number } = {
  connections: 16,
  message: MOST_FRAME,
  // A station waits for its answer before it asks again.
  waiting: 32,
  backlog: 1_000_000,
  heartbeat: 15_000,
  patience: 5000,
  /** Frames of one connection at once, and a second after that. */
  burst: 500,
  perSecond: 200,
};

interface TelemetryServerOptions {
  readonly address: Address;
  readonly pump: LivePump;
  readonly trials: Trials;
  readonly limits?: Partial<typeof TELEMETRY_LIMITS>;
  readonly failed: (error: unknown) => void;
}

/** The pump's antenna for other processes: a station is a connection, a frame is one binary message. */
export function telemetryServer(options: TelemetryServerOptions): Promise<GuardedServer> {
  const { address, pump, trials, failed } = options;
  const limits = { ...TELEMETRY_LIMITS, ...options.limits };
  return GuardedServer.listen({
    address,
    kind: 'binary',
    limits,
    failed,
    headers: () => [roomHeader({ wall: pump.localTime, speed: pump.held ? 0 : pump.speed })],
    connected: ({ send, close }, query) => {
      const bucket = new Bucket(limits.burst, limits.perSecond, performance.now());
      const station = query.get('station') ?? '';
      const flood = () => close(CLOSE.unwanted, 'too many frames');
      return {
        take: (frame) => {
          const stand = trials.get(station);
          if (stand !== undefined) {
            if (!stand.offer(frame, send)) flood();
          } else if (!bucket.passes(performance.now())) flood();
          else {
            const answer = pump.take(frame);
            if (answer !== undefined) send(answer);
          }
        },
      };
    },
  });
}
