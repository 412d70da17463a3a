import type { ExecutorName, Store } from '../../firmware-sim/index.ts';
import {
  digestOf,
  Key,
  type ProfileSheet,
  profileNamed,
  readProfile,
  simulatedPairing,
  span,
  toJson,
  type WallClock,
} from '../../shared/index.ts';
import { type Address, isLoopback } from '../node/address.ts';
import { controlServer } from '../node/control-server.ts';
import { Deferred } from '../node/deferred.ts';
import type { GuardedServer } from '../node/guarded-server.ts';
import { LivePump } from '../node/live-pump.ts';
import { openMemory } from '../node/open-memory.ts';
import { type Card, newCard, PumpFolder } from '../node/pump-folder.ts';
import { thisRoom } from '../node/room.ts';
import { telemetryServer } from '../node/telemetry-server.ts';
import type { Trials } from '../node/trial-stand.ts';
import { asUnusable } from './elsewhere.ts';
import { EXIT, Unusable } from './exit.ts';
import { liveTrace } from './live-trace.ts';
import { note, out } from './print.ts';
import { sheetCalled } from './sheets.ts';

export interface PumpFlags {
  readonly profile: string;
  readonly listen: Address;
  readonly control?: Address;
  readonly memory?: string;
  readonly speed: number;
  readonly serial?: string;
  readonly clock?: WallClock;
  readonly executor: ExecutorName;
  readonly trace?: string;
  readonly openToNetwork?: true;
}

const FIRST_SERIAL = 'THECAL-0001';
/** How often the world is kept where nothing happens, in milliseconds. */
const KEEP_EVERY = 60_000;

/** Lives until it is told to end; the exit code. Throws Unusable. */
export async function pumpLive(flags: PumpFlags): Promise<number> {
  try {
    return await live(flags);
  } catch (error) {
    throw asUnusable(error);
  }
}

async function live(flags: PumpFlags): Promise<number> {
  const { listen, control, openToNetwork = false } = flags;
  if (!isLoopback(listen) && !openToNetwork)
    throw new Unusable(
      `--listen ${listen.host}: other machines can reach it: expected 127.0.0.1, or --open-to-network`,
    );
  if (control !== undefined && !isLoopback(control))
    throw new Unusable(`--control ${control.host}: expected an address of this machine, such as 127.0.0.1`);
  if (!isLoopback(listen)) note(`warning: anybody who can reach ${listen.host} can send this pump frames`);
  const sheet = sheetCalled(flags.profile);
  const folder = flags.memory === undefined ? undefined : new PumpFolder(flags.memory);
  try {
    const card = cardOf(folder, sheet, flags.serial);
    const memory = openMemory(folder?.path);
    // No bank at all is a new pump's memory; that of one that has lived is somewhere else.
    if (memory.isNew && (folder?.world()?.now ?? 0) > 0)
      throw new Unusable(
        `${folder?.path}: the pump has lived, and its memory is not there: expected both its banks, or a new folder`,
      );
    return await serve(flags, sheet, card, memory.store, folder);
  } finally {
    folder?.release();
  }
}

/** The card in the folder, or a new one. Throws Unusable where it is another pump's. */
function cardOf(folder: PumpFolder | undefined, sheet: ProfileSheet, serial: string | undefined): Card {
  const there = folder?.card();
  const { name } = sheet;
  const digest = digestOfOwn(sheet);
  const own = digest === undefined ? {} : { sheet: digest };
  if (there === undefined) {
    const number = serial ?? FIRST_SERIAL;
    // Without a folder there is nowhere to look for a card: such a pump keeps nothing secret.
    if (folder === undefined) return newCard(number, name, simulatedPairing(number).hex);
    const card = { ...newCard(number, name), ...own };
    folder.keepCard(card);
    return card;
  }
  if (there.profile !== name)
    throw new Unusable(`${folder?.path}: holds a ${there.profile}: expected --profile ${there.profile}, or its file`);
  // A pump goes on as the device it was made as: its state means nothing to another.
  if (there.sheet !== undefined && there.sheet !== digest)
    throw new Unusable(
      `${folder?.path}: holds a ${name} of other values: expected its profile as it was when the pump was made, or a new folder`,
    );
  if (serial !== undefined && serial !== there.serial)
    throw new Unusable(`${folder?.path}: holds the pump ${there.serial}: expected no other --serial`);
  return there;
}

/** Digest of the values of a device that is not shipped; undefined of a shipped one, whose name says all. */
const digestOfOwn = (sheet: ProfileSheet): string | undefined =>
  profileNamed(sheet.name) === undefined ? digestOf(toJson(readProfile(sheet))) : undefined;

async function serve(
  flags: PumpFlags,
  sheet: ProfileSheet,
  card: Card,
  store: Store,
  folder: PumpFolder | undefined,
): Promise<number> {
  const { speed, executor, listen, control } = flags;
  const ended = new Deferred<void>();
  const world = folder?.world();
  const before = world?.last ?? 0;
  const trace =
    flags.trace === undefined ? undefined : liveTrace(flags.trace, sheet, { serial: card.serial, executor, before });
  const pump = new LivePump({
    profile: readProfile(sheet),
    serial: card.serial,
    pairing: Key.parse(card.key),
    executor,
    speed,
    wallClock: world === undefined ? (flags.clock ?? thisRoom().wall) : span(world.clock),
    store,
    world,
    ...(trace !== undefined && { sink: trace.sink }),
    keepWorld: (kept) => folder?.keepWorld(kept),
    failed: ended.reject,
  });
  if (world !== undefined && flags.clock !== undefined) pump.setLocalTime(flags.clock);
  const keep = () => {
    if (folder === undefined) return;
    // Another pump may have been put in its place.
    const { serial } = pump.belief();
    folder.keepWorld(pump.world());
    if (serial !== card.serial) folder.keepCard({ ...card, serial });
  };
  const timer = setInterval(() => {
    try {
      keep();
    } catch (error) {
      ended.reject(error);
    }
  }, KEEP_EVERY);
  const trials: Trials = new Map();
  const failed = (error: unknown) => {
    // A pump that cannot keep what it knows, or tell it, answers nobody any more.
    if (asUnusable(error) instanceof Unusable) ended.reject(error);
    else note(`internal error: ${error instanceof Error ? error.stack : error}`);
  };
  const servers: GuardedServer[] = [];
  const closeAll = () => Promise.all(servers.splice(0).map((server) => server.close()));
  const end = () => ended.resolve();
  try {
    const telemetry = await telemetryServer({ address: listen, pump, trials, failed });
    servers.push(telemetry);
    const desk = control && (await controlServer({ address: control, pump, trials, failed, acted: keep }));
    if (desk !== undefined) servers.push(desk);
    keep();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    out(`pump ${card.serial}, ${sheet.name}${speed === 1 ? '' : `, ${speed} times as fast`}`);
    out(`telemetry ${telemetry.url}`);
    if (desk !== undefined) out(`control ${desk.url}`);
    await ended.promise.catch((error: unknown) => {
      note(`pump ${card.serial} ends, and answers nobody any more: it cannot go on without its folder or trace`);
      throw error;
    });
    await closeAll();
    keep();
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, end);
    clearInterval(timer);
    pump.stop();
    await closeAll();
    trace?.close();
  }
  return EXIT.met;
}
