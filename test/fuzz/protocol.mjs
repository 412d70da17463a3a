/*
 * Bytes that no station sent, given to a pump: whatever arrives, it does not crash, and nothing but its log and its
 * counters changes. Frames that need no key have a run of their own, where an emergency stop is all that may come of
 * them.
 *
 *   node test/fuzz/protocol.mjs [--seed n] [--random n] [--mutated n] [--untagged n]
 *
 * Exits 1 at the first frame that breaks this, and prints it with the seed.
 */
import { parseArgs } from 'node:util';
import { mutated, randomBytes, randomFrom, WAY_NAMES } from './bytes.mjs';
import { pumpWithKeys, pumpWithout } from './pump.mjs';

const MILLION = '1000000';
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: `${Math.floor(Math.random() * 2 ** 31)}` },
    random: { type: 'string', default: MILLION },
    mutated: { type: 'string', default: MILLION },
    untagged: { type: 'string', default: MILLION },
  },
});
const [seed, ...counts] = [values.seed, values.random, values.mutated, values.untagged].map(Number);
if ([seed, ...counts].some((n) => !Number.isSafeInteger(n) || n < 0)) {
  process.stderr.write('expected whole numbers\n');
  process.exit(2);
}
const [randomCount, mutatedCount, untaggedCount] = counts;
const random = randomFrom(seed);
const say = (line) => process.stdout.write(`${line}\n`);
const hexOf = (bytes) => Buffer.from(bytes).toString('hex');

class Broken extends Error {}

const sumOf = (rejected) => Object.values(rejected).reduce((sum, count) => sum + count, 0);

/** The next mutation that is no right frame, by one way after the other; a way that leads to none gives way. */
function another(pump, i) {
  for (let way = i; ; way++) {
    const bytes = mutated(random, pump.frames, WAY_NAMES[way % WAY_NAMES.length]);
    if (!pump.valid.has(hexOf(bytes))) return bytes;
  }
}

/** Gives frames to a pump that must stay as it is; how many were not rejected because they only came at a wrong time. */
function unchanging(pump, count, next) {
  const before = pump.state();
  let [rejected, untimely] = [sumOf(pump.rejected), 0];
  for (let i = 0; i < count; i++) {
    const bytes = next(i);
    attempt(bytes, () => {
      const answer = pump.give(bytes);
      const now = sumOf(pump.rejected);
      if (now - rejected > 1) throw new Broken('counted more than once');
      if (now === rejected) {
        if (!isRefusal(answer)) throw new Broken('neither rejected nor refused');
        untimely += 1;
      }
      rejected = now;
      if (pump.told.length > 0) throw new Broken(`this happened: ${JSON.stringify(pump.told)}`);
      if (pump.state() !== before) throw new Broken('the pump is another');
    });
  }
  return untimely;
}

const isRefusal = (answer) => answer !== undefined && answer[13] === 0xff;

function attempt(bytes, what) {
  try {
    what();
  } catch (error) {
    say(`BROKEN by ${hexOf(bytes)}\nseed ${seed}: ${error instanceof Broken ? error.message : error.stack}`);
    process.exit(1);
  }
}

/** The frames of the past again, each some times. */
function replays(pump) {
  const before = pump.state();
  const sent = pump.frames.filter((bytes) => !pump.unsent.has(hexOf(bytes)));
  for (const bytes of [...sent, ...sent.toReversed()]) {
    attempt(bytes, () => {
      pump.give(bytes);
      if (pump.told.length > 0) throw new Broken(`this happened: ${JSON.stringify(pump.told)}`);
      if (pump.state() !== before) throw new Broken('the pump is another');
    });
  }
  return 2 * sent.length;
}

/** What may come of a frame without a key: sessions of the emergency role, and a stop. */
const MAY_HAPPEN = {
  write: ({ cell }) => /^(state|radio\/(sessions|emergency))/.test(cell),
  event: ({ type }) => ['SESSION_OPENED', 'SESSION_CLOSED', 'STOP'].includes(type),
  log: ({ kind, data }) =>
    ['sessionOpened', 'sessionClosed'].includes(kind)
      ? data.role === 'emergency'
      : kind === 'deliveryStopped' || (kind === 'commandRefused' && ['roleTooLow'].includes(data.code)),
  rate: ({ rate }) => rate === 0,
  stroke: () => true,
  flow: () => true,
  ledger: () => true,
};

/** What a stop by an emergency session changes of a status, and nothing else does; it completes the stroke under way. */
function comparable(pump) {
  const { infusion, stopped, rate, accepts, patientControl, ...rest } = pump.firmware.status();
  const strokes = pump.told.filter(({ kind, data }) => kind === 'stroke' && data.ledger === undefined);
  const completed = sumOf(strokes.map(({ data }) => data.volume));
  rest.volume += completed;
  for (const since of ['sinceSession', 'sinceFill'])
    rest[since] = { ...rest[since], commanded: rest[since].commanded - completed };
  const others = pump.firmware.save().radio.sessions.filter(({ role }) => role !== 'emergency');
  return { delivery: { infusion, stopped, rate }, rest: JSON.stringify({ ...rest, others }) };
}

/** Gives frames that need no key; how often the pump was stopped by one. */
function emergencies(pump, count) {
  const saved = pump.firmware.save();
  const [state, before] = [pump.state(), comparable(pump)];
  const codes = {};
  let [stops, sessions] = [0, 0];
  const restore = () => {
    tally(codes, pump.rejected, saved);
    pump.firmware.load(saved);
    pump.settle();
  };
  for (let i = 0; i < count; i++) {
    const bytes = another(pump, i);
    attempt(bytes, () => {
      pump.give(bytes);
      if (pump.told.length === 0 && pump.state() === state) return;
      for (const { kind, data } of pump.told)
        if (MAY_HAPPEN[kind]?.(data) !== true) throw new Broken(`this happened: ${kind} ${JSON.stringify(data)}`);
      const after = comparable(pump);
      if (after.rest !== before.rest) throw new Broken(`more than delivery is another: ${after.rest}, ${before.rest}`);
      if (JSON.stringify(after.delivery) !== JSON.stringify(before.delivery)) {
        const { infusion, stopped, rate } = after.delivery;
        if (infusion !== 'stopped' || stopped.why !== 'clinician' || rate !== 0)
          throw new Broken(`delivery is another: ${JSON.stringify(after.delivery)}`);
        stops += 1;
      } else sessions += 1;
      restore();
    });
  }
  restore();
  return { stops, sessions, codes };
}

function tally(codes, rejected, { radio }) {
  const earlier = Object.fromEntries(radio.rejected.map(({ error, count }) => [error, count]));
  for (const [code, count] of Object.entries(rejected)) codes[code] = (codes[code] ?? 0) + count - (earlier[code] ?? 0);
}

const listed = (codes) =>
  Object.entries(codes)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');

function timed(what, count, run) {
  const begin = performance.now();
  const lines = run();
  const seconds = (performance.now() - begin) / 1000;
  say(`${what}: ${count} in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)}/s`);
  for (const line of lines) say(`  ${line}`);
}

say(`seed ${seed}`);
timed('random bytes', randomCount, () => {
  const pump = pumpWithKeys();
  const untimely = unchanging(pump, randomCount, () => randomBytes(random));
  return [`rejected: ${listed(pump.rejected)}`, `refused as untimely: ${untimely}`];
});
timed('mutated frames', mutatedCount, () => {
  const pump = pumpWithKeys();
  const untimely = unchanging(pump, mutatedCount, (i) => another(pump, i));
  const rejected = listed(pump.rejected);
  const again = replays(pump);
  return [
    `rejected: ${rejected}`,
    `refused as untimely: ${untimely}`,
    `old frames again, unchanged: ${again}, with them rejected: ${listed(pump.rejected)}`,
  ];
});
timed('mutated frames that need no key', untaggedCount, () => {
  const { stops, sessions, codes } = emergencies(pumpWithout(), untaggedCount);
  return [`rejected: ${listed(codes)}`, `sessions asked for, used or closed: ${sessions}, stops: ${stops}`];
});
