import { after, instant, type Json, span, toJson } from '../../shared/index.ts';
import {
  CONTROL_ERRORS,
  type ControlError,
  type ControlRequest,
  controlRequest,
  MOST_CONTROL,
  profileDigest,
} from '../remote/messages.ts';
import { Trial } from '../remote/trial.ts';
import { truthToWire } from '../remote/truth.ts';
import { readBy } from '../scenario/issues.ts';
import { readAct, WrittenError } from '../scenario/written.ts';
import type { Address } from './address.ts';
import { GuardedServer, type Limits } from './guarded-server.ts';
import type { LivePump } from './live-pump.ts';
import { TrialStand, type Trials } from './trial-stand.ts';

const CONTROL_LIMITS: Limits = {
  connections: 8,
  message: MOST_CONTROL,
  waiting: 1000,
  backlog: 10_000_000,
  heartbeat: 15_000,
  patience: 5000,
};

/** Most that held time goes on at one request, so that none takes long. */
const MOST_ADVANCE = span(31 * 86_400_000);

interface ControlServerOptions {
  readonly address: Address;
  readonly pump: LivePump;
  readonly trials: Trials;
  readonly limits?: Partial<Limits>;
  /** Told after hands or the world have done something, or held time has gone on, before it is answered. */
  readonly acted?: () => void;
  readonly failed: (error: unknown) => void;
}

/** A request that is not done, and why. */
class Refusal extends Error {
  readonly code: ControlError;

  constructor(code: ControlError, message: string = CONTROL_ERRORS[code]) {
    super(message);
    this.code = code;
  }
}

/** Where hands, the world, time and onlookers reach the pump: JSON, a request a message, each answered. */
export function controlServer(options: ControlServerOptions): Promise<GuardedServer> {
  const { address, failed } = options;
  const holders = new Set<ControlDesk>();
  return GuardedServer.listen({
    address,
    kind: 'text',
    limits: { ...CONTROL_LIMITS, ...options.limits },
    failed,
    connected: ({ send }) => {
      const desk = new ControlDesk(options, holders, (answer) => send(JSON.stringify(answer)));
      return { take: (message) => desk.take(message), closed: () => desk.leave() };
    },
  });
}

/** One connection to the control channel. */
class ControlDesk {
  readonly #options: ControlServerOptions;
  /** The connections that time is held for: nobody leaves a pump behind whose time stands still. */
  readonly #holders: Set<ControlDesk>;
  readonly #answer: (answer: Json) => void;
  #trial: { readonly station: string; readonly stand: TrialStand } | undefined;

  constructor(options: ControlServerOptions, holders: Set<ControlDesk>, answer: (answer: Json) => void) {
    this.#options = options;
    this.#holders = holders;
    this.#answer = answer;
  }

  take(message: Uint8Array): void {
    const read = readRequest(message);
    if ('error' in read) {
      this.#answer({ id: read.id, error: 'malformed', message: read.error });
      return;
    }
    const { request } = read;
    const { id } = request;
    try {
      if (request.do === 'takeFrame') this.#takeFrame(request);
      else this.#answer({ id, done: this.#do(request) });
    } catch (error) {
      if (error instanceof Refusal) this.#answer({ id, error: error.code, message: error.message });
      else {
        this.#answer({ id, error: 'failed', message: error instanceof Error ? error.message : String(error) });
        this.#options.failed(error);
      }
    }
  }

  /** The connection has gone. */
  leave(): void {
    this.#endTrial();
    if (this.#holders.delete(this) && this.#holders.size === 0) this.#options.pump.release();
  }

  #endTrial(): void {
    if (this.#trial !== undefined) this.#options.trials.delete(this.#trial.station);
    this.#trial = undefined;
  }

  #do(request: Exclude<ControlRequest, { do: 'takeFrame' }>): Json {
    const { pump } = this.#options;
    switch (request.do) {
      case 'now':
        return this.#now();
      case 'hold':
        pump.hold();
        this.#holders.add(this);
        return this.#now();
      case 'release':
        this.#holders.clear();
        pump.release();
        return this.#now();
      case 'advanceTo':
        return this.#advanceTo(request.to);
      case 'act':
        return this.#act(request.act);
      case 'belief':
        return toJson(pump.belief());
      case 'truth':
        return truthToWire(pump.truth());
      case 'due':
        return { due: pump.due() ?? null };
      case 'trial':
        return this.#begin(request);
      case 'call': {
        const { call, now, last, cause } = request;
        return toJson(this.#stand({ now }).trial.do(call, { now, last, cause }));
      }
    }
  }

  #now(): Json {
    const { pump } = this.#options;
    const { serial } = pump.belief();
    const { name } = pump.profile;
    const { now, localTime, speed, held } = pump;
    return { now, localTime, speed, held, serial, profile: name };
  }

  #advanceTo(to: number): Json {
    const { pump } = this.#options;
    if (!pump.held) throw new Refusal('notHeld');
    if (to < pump.now) throw new Refusal('timeBack');
    if (to > after(pump.now, MOST_ADVANCE)) throw new Refusal('tooFar');
    pump.advanceTo(instant(to));
    this.#options.acted?.();
    return this.#now();
  }

  #act(written: Readonly<Record<string, unknown>>): Json {
    const outcome = this.#options.pump.act(readWrittenAct(written));
    if (outcome === undefined) throw new Refusal('notHere');
    this.#options.acted?.();
    return toJson(outcome);
  }

  #begin({ name, profile, serial, executor, station }: Extract<ControlRequest, { do: 'trial' }>): Json {
    const { pump, trials } = this.#options;
    if (profile !== profileDigest(pump.profile)) {
      const other = name === pump.profile.name ? `${name} with other parameters` : name;
      throw new Refusal(
        'wrongProfile',
        `the process there runs pumps of the profile ${pump.profile.name}, not ${other}`,
      );
    }
    if (trials.has(station) && this.#trial?.station !== station) throw new Refusal('busy');
    this.#endTrial();
    const stand = new TrialStand(new Trial(pump.profile, { profile, name, serial, executor }));
    this.#trial = { station, stand };
    trials.set(station, stand);
    return null;
  }

  #takeFrame({ id, now, last, cause }: Extract<ControlRequest, { do: 'takeFrame' }>): void {
    const stand = this.#stand({ now });
    const armed = stand.arm({ now, last, cause }, (answer) => this.#answer({ id, done: toJson(answer) }));
    if (!armed) throw new Refusal('busy');
  }

  #stand({ now }: { readonly now: number }): TrialStand {
    if (this.#trial === undefined) throw new Refusal('noTrial');
    if (this.#trial.stand.trial.isPast(instant(now))) throw new Refusal('timeBack');
    return this.#trial.stand;
  }
}

function readWrittenAct(written: Readonly<Record<string, unknown>>) {
  try {
    return readAct(written);
  } catch (error) {
    if (error instanceof WrittenError) throw new Refusal('malformed', error.message);
    throw error;
  }
}

type Read = { readonly request: ControlRequest } | { readonly error: string; readonly id: number | null };

function readRequest(message: Uint8Array): Read {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message));
  } catch {
    return { error: 'no JSON: expected an object such as { "id": 1, "do": "now" }', id: null };
  }
  const parsed = readBy(controlRequest, value);
  if (parsed.success) return { request: parsed.data };
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  const error = parsed.problems.map(({ message }) => message).join('; ');
  return { error: error.slice(0, 500), id: typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : null };
}
