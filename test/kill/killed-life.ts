import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { BANKS, judgeBank } from '../../firmware-sim/index.ts';
import type { ClinicianAct } from '../../programmer/index.ts';
import { volume } from '../../shared/index.ts';
import { readCard } from '../../workbench/node/pump-folder.ts';
import { Random } from '../../workbench/random.ts';
import { prescribe, profileOf } from '../harness.ts';
import { type PumpProcess, startingPump } from '../integration/pump-process.ts';
import { controlOf } from '../node/control.ts';
import { Acknowledged } from './acknowledged.ts';
import { Station } from './station.ts';

/** The end of a process, told to whoever acts without pause. */
interface Moment {
  killed: boolean;
}

/** What came of a life that was ended and begun again. */
export interface Told {
  kills: number;
  /** Times it was asked to end in the middle of traffic, and did. */
  ended: number;
  restarts: number;
  acknowledged: number;
  /** Kills after which the banks were not alike, or one was being written. */
  unequal: number;
  cutInAWrite: number;
  healed: number;
  readouts: number;
  readonly problems: string[];
}

export interface LifeOptions {
  readonly folder: string;
  readonly seed: number;
  readonly kills: number;
}

/** Ten hours in a minute: lockouts run out and boluses end between the kills. */
const SPEED = '600';
const BOLUS = { dose: '2 mcg', duration: '30 s', lockout: '2min', maxPerDay: 100 };

const RARER: Readonly<Record<number, 'minimumRate' | 'readLog' | 'endSession'>> = {
  11: 'minimumRate',
  12: 'readLog',
  13: 'endSession',
};

const prescription = (daily: number) =>
  prescribe({
    drug: 'baclofen',
    concentration: '500 mcg/mL',
    basal: `${daily} mcg/day`,
    bolus: BOLUS,
    ceiling: '700 mcg/day',
    lowReservoir: '1 mL',
    run: true,
  });

/** A pump that is programmed without pause and killed at random moments, always on the same folder. */
export async function killedLife({ folder, seed, kills }: LifeOptions): Promise<Told> {
  return new KilledLife(folder, seed).live(kills);
}

class KilledLife {
  readonly #memory: string;
  readonly #random: Random;
  readonly #ledger = new Acknowledged();
  readonly #told: Told = {
    kills: 0,
    ended: 0,
    restarts: 0,
    acknowledged: 0,
    unequal: 0,
    cutInAWrite: 0,
    healed: 0,
    readouts: 0,
    problems: [],
  };
  #station: Station | undefined;
  #acting: Promise<void>[] = [];
  #end: () => Promise<unknown> = async () => undefined;
  #entered = 0;

  constructor(folder: string, seed: number) {
    this.#memory = join(folder, 'pump');
    this.#random = new Random(seed);
  }

  async live(kills: number): Promise<Told> {
    try {
      return await this.#live(kills);
    } finally {
      await this.#end();
      await this.#station?.close();
    }
  }

  async #live(kills: number): Promise<Told> {
    await this.#implant();
    while (this.#told.kills < kills && this.#told.problems.length === 0) await this.#round();
    const pump = await this.#start();
    await this.#readOut(pump);
    await pump.end();
    this.#told.problems.push(...this.#leftovers());
    this.#told.acknowledged = this.#ledger.count;
    this.#told.healed = this.#ledger.logged('memoryHealed');
    return this.#told;
  }

  /** What a pump that has ended keeps, and nothing that a kill has left half done. */
  #leftovers(): string[] {
    const kept = ['bank-a', 'bank-b', 'card.json', 'memory', 'world.json'];
    const there = [this.#memory, join(this.#memory, 'memory')].flatMap((folder) => readdirSync(folder));
    return there.filter((name) => !kept.includes(name)).map((name) => `${name} was left behind`);
  }

  /** Filled, implanted and programmed; ended as a user would. */
  async #implant(): Promise<void> {
    const pump = await this.#start();
    const { ask, socket } = await controlOf(pump.control);
    await ask({ do: 'act', act: { hands: { inject: { volume: '20 mL', baclofen: '500 mcg/mL' } } } });
    socket.close();
    for (const act of [this.#refill(), { type: 'implant' } as const, prescription(200)]) await this.#clinician(act);
    await this.#readOut(pump);
    await pump.end();
  }

  /** From one kill to the next. */
  async #round(): Promise<void> {
    const kind = this.#random.between(0, 4);
    if (kind === 0) {
      // While it is starting: locks, banks and world are read and written.
      const starting = this.#spawn();
      starting.ready.catch(() => undefined);
      await passed(this.#random.between(0, 900));
      await starting.end('SIGKILL');
      this.#afterKill();
      return;
    }
    const pump = await this.#start();
    // Sometimes at once again, while what was under way goes on.
    if (kind > 1) await this.#readOut(pump);
    const until = { killed: false };
    const [before] = [this.#acting];
    this.#acting = [this.#clinicianActs, this.#patientActs].map(async (acting, i) => {
      await before[i];
      await acting(until);
    });
    await passed(this.#random.between(0, kind === 1 ? 100 : 600));
    // Now and then as a user would: that is no kill, and nothing may be left half done.
    const asked = this.#random.between(0, 9) === 0;
    const code = await pump.end(asked ? 'SIGTERM' : 'SIGKILL');
    until.killed = true;
    if (!asked) this.#afterKill();
    else if (code === 0) this.#told.ended += 1;
    else this.#told.problems.push(`asked to end in the middle of traffic it ended with ${code}: ${pump.err.join()}`);
  }

  get #args(): readonly string[] {
    return ['--memory', this.#memory, '--speed', SPEED, '--clock', '2026-01-05 08:00'];
  }

  /** A process that does not outlive the test, however that ends. */
  #spawn() {
    const starting = startingPump(this.#args);
    this.#end = () => starting.end('SIGKILL');
    return starting;
  }

  async #start(): Promise<PumpProcess> {
    const pump = await this.#spawn().ready;
    this.#told.restarts += 1;
    this.#station ??= new Station(profileOf('synchromed-ii-like-20'), readCard(join(this.#memory, 'card.json')));
    await this.#station.join(pump.telemetry);
    return pump;
  }

  #afterKill(): void {
    this.#told.kills += 1;
    const bankOf = (bank: string) => join(this.#memory, 'memory', `bank-${bank.toLowerCase()}`);
    const banks = BANKS.map((bank) => readFileSync(bankOf(bank)));
    const [a, b] = banks;
    for (const bytes of banks)
      if (judgeBank(bytes).state !== 'whole') this.#told.problems.push('a bank is torn, though it is replaced whole');
    if (a === undefined || b === undefined || !a.equals(b)) this.#told.unequal += 1;
    if (BANKS.some((bank) => existsSync(`${bankOf(bank)}.new`))) this.#told.cutInAWrite += 1;
  }

  /** Waits for what is under way, and reads everything there is, at one instant. */
  async #readOut(pump: PumpProcess): Promise<void> {
    await Promise.all(this.#acting);
    this.#acting = [];
    const { ask, socket } = await controlOf(pump.control);
    try {
      await ask({ do: 'hold' });
      for (const type of ['interrogate', 'readHistory', 'readLog', 'interrogate'] as const) {
        const outcome = await this.#read(type);
        if (!('done' in outcome)) this.#told.problems.push(`${type}: ${outcome.refused} by ${outcome.by}`);
      }
      const { status, history, log } = this.#at.programmer.knows;
      const { done } = (await ask({ do: 'truth' })) as { done: { delivered: string; reservoir: number } };
      await ask({ do: 'release' });
      if (status === null) {
        this.#told.problems.push('the pump was read, and nothing is known of it');
        return;
      }
      const { reservoir } = done;
      const found = this.#ledger.judge({ status, history, log, delivered: BigInt(done.delivered), reservoir });
      this.#told.problems.push(...found);
      if (pump.err.length > 0) this.#told.problems.push(`said: ${pump.err.join('; ')}`);
      this.#told.readouts += 1;
    } finally {
      socket.close();
    }
  }

  /** Reads, and where a busy machine lets the hasty station wait too long, reads again. */
  async #read(type: 'interrogate' | 'readHistory' | 'readLog') {
    let outcome = await this.#at.clinician({ type });
    for (let again = 0; again < 3 && !('done' in outcome); again++) outcome = await this.#at.clinician({ type });
    return outcome;
  }

  get #at(): Station {
    if (this.#station === undefined) throw new Error('nobody is there yet');
    return this.#station;
  }

  readonly #clinicianActs = async (until: Moment): Promise<void> => {
    while (!until.killed) await this.#clinician(this.#next());
  };

  readonly #patientActs = async (until: Moment): Promise<void> => {
    while (!until.killed) {
      const outcome = await this.#at.press();
      this.#ledger.note('patient', { act: { type: 'press' }, outcome }, null);
    }
  };

  /** A clinician's act, and what its programmer showed afterwards. */
  async #clinician(act: ClinicianAct): Promise<void> {
    const outcome = await this.#at.clinician(act);
    const { status, log } = this.#at.programmer.knows;
    const isPrescribed = act.type === 'prescribe' && 'done' in outcome;
    this.#ledger.note('clinician', { act, outcome, ...(isPrescribed && { record: status?.record }) }, status);
    if (act.type === 'readLog' && 'done' in outcome) this.#told.problems.push(...this.#ledger.seen(log));
  }

  #next(): ClinicianAct {
    const drawn = this.#random.between(0, 13);
    if (drawn < 4) return prescription(this.#random.between(100, 400));
    if (drawn < 7) return { type: 'resume' };
    if (drawn < 9) return this.#refill();
    if (drawn < 11) return { type: 'stop' };
    return { type: RARER[drawn] ?? 'interrogate' };
  }

  /** A volume that nobody has entered before. */
  #refill(): ClinicianAct {
    this.#entered += 1;
    return { type: 'refill', aspirated: null, volume: volume.parse(`${10 + this.#entered / 1000} mL`) };
  }
}
