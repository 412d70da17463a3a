import { createPump, memoryStore } from '../../dist/firmware-sim/index.js';
import {
  decodeFrame,
  encodeFrame,
  instant,
  nonceOf,
  profileNamed,
  readAnswer,
  readProfile,
  requestBytes,
  roleKey,
  sessionKey,
  simulatedPairing,
  Timeline,
} from '../../dist/shared/index.js';

const SERIAL = 'FUZZ-1';
const PAIRING = simulatedPairing(SERIAL);
const WALL = 1_767_600_000_000;
const DAY = 86_400_000;

const prescription = (basal) => ({
  drugs: [{ name: 'morphine', concentration: 25_000_000 }],
  program: { type: 'constant', rate: basal },
  patientBolus: { rate: 14_400_000, duration: 120_000, lockout: 3_600_000, maxPerDay: 4, parts: [] },
  doseLimit: null,
  ceiling: 40_000_000,
  lowReservoir: 2 * 86_400_000_000_000,
  opening: null,
});

/**
 * A pump on the bench that runs, with somebody of each role in session and a new prescription staged. It keeps what it
 * was told and what it wrote, so that a frame can be seen to change nothing.
 */
export class FuzzedPump {
  /** Every frame that was ever right, in hexadecimal digits: sent, or ready to be sent next. */
  valid = new Set();
  frames = [];
  /** Those of them that are ready and were never sent. */
  unsent = new Set();
  /** What happened since `settle`, but for records of rejected frames. */
  told = [];
  #take = () => undefined;
  #sent = undefined;
  #timeline = new Timeline();
  #stations = [];

  constructor() {
    const store = memoryStore();
    const write = (cell, bytes) => {
      if (!cell.startsWith('log/')) this.told.push({ kind: 'write', data: { cell } });
      store.write(cell, bytes);
    };
    const tell = (_, kind, data) => {
      if (!(kind === 'log' && data.kind === 'frameRejected')) this.told.push({ kind, data });
      return 0;
    };
    const { firmware, plant } = createPump({
      profile: readProfile(profileNamed('synchromed-ii-like-20')),
      serial: SERIAL,
      clock: this.#timeline,
      antenna: {
        send: (bytes) => {
          this.#sent = bytes;
        },
        onFrame: (take) => {
          this.#take = take;
        },
      },
      executor: 'table',
      witness: { cause: 0, hears: () => true, tell, because: (_, work) => work() },
      store: { ...store, write },
    });
    this.firmware = firmware;
    this.#timeline.join(plant);
    this.#timeline.join(firmware);
    firmware.powerOn();
  }

  give(bytes) {
    this.#sent = undefined;
    this.#take(bytes);
    return this.#sent;
  }

  pass(ms) {
    this.#timeline.advanceTo(instant(this.#timeline.now + ms));
  }

  /** Asks for a session; who is only `greeted` has not answered the challenge. */
  station(role) {
    const made = { role, session: 0, sequence: 100 * this.#stations.length, key: null };
    this.#stations.push(made);
    const nonce = nonceOf(PAIRING, 1_000_000 + this.#stations.length);
    const { session, nonce: pump } = this.ask(made, 'openSession', { role, nonce });
    made.key = sessionKey(roleKey(PAIRING, role), { session, station: nonce, pump });
    made.session = session;
    return made;
  }

  open(role) {
    const made = this.station(role);
    this.ask(made, 'authenticate');
    return made;
  }

  /** The next frame of a station, kept as one that is right. */
  frame({ session, sequence, key }, name, payload = {}) {
    const bytes = encodeFrame({ session, sequence: sequence + 1, ...requestBytes({ name, payload }) }, key);
    const hex = Buffer.from(bytes).toString('hex');
    this.valid.add(hex);
    this.unsent.add(hex);
    this.frames.push(bytes);
    return bytes;
  }

  ask(station, name, payload = {}) {
    const asked = this.frame(station, name, payload);
    this.unsent.delete(Buffer.from(asked).toString('hex'));
    station.sequence += 1;
    const { type, payload: said } = decodeFrame(this.give(asked));
    const answer = readAnswer(name, type, said);
    if (answer.reply === undefined) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer.reply.payload;
  }

  /** From now on, what happens is noted. */
  settle() {
    this.told.length = 0;
  }

  /** All a pump is, but for the log and the count of rejected frames, as one text. */
  state() {
    const { processor, radio, serial } = this.firmware.save();
    return JSON.stringify({ processor: { ...processor, log: null }, radio: { ...radio, rejected: null }, serial });
  }

  get rejected() {
    return this.firmware.rejected;
  }
}

function implanted() {
  const pump = new FuzzedPump();
  const clinician = pump.open('clinician');
  pump.ask(clinician, 'enterReservoir', { serial: SERIAL, volume: 20 * 86_400_000_000_000, aspirated: null });
  pump.ask(clinician, 'implant', { serial: SERIAL, wall: WALL });
  program(pump, clinician, 400_000);
  pump.pass(60_000);
  return { pump, clinician };
}

function program(pump, clinician, basal) {
  const { digest } = stage(pump, clinician, basal);
  pump.ask(clinician, 'beginUpdate', { digest });
  pump.ask(clinician, 'commitUpdate', { digest, library: null });
}

const stage = (pump, clinician, basal) =>
  pump.ask(clinician, 'stagePrescription', {
    serial: SERIAL,
    prescription: prescription(basal),
    run: true,
    override: false,
    endOpening: false,
  });

/** A pump in sessions that need a key: frames of the past, and what each station could say next and does not. */
export function pumpWithKeys() {
  const { pump, clinician } = implanted();
  for (const name of ['interrogate', 'stop', 'resume', 'closeSession']) pump.ask(clinician, name);
  pump.pass(60_000);
  const next = pump.open('clinician');
  const patient = pump.open('patient');
  const refill = pump.open('refill');
  pump.ask(refill, 'interrogate');
  pump.ask(patient, 'requestBolus');
  pump.pass(DAY / 2);
  const [late, again, filling] = ['clinician', 'patient', 'refill'].map((role) => pump.open(role));
  for (const name of ['interrogate', 'stop', 'resume']) pump.ask(late, name);
  pump.ask(filling, 'interrogate');
  pump.ask(again, 'interrogate');
  const { digest } = stage(pump, late, 500_000);
  const waiting = pump.station('clinician');
  // Right as they are, and not sent.
  for (const name of ['stop', 'minimumRate', 'interrogate', 'closeSession', 'requestBolus']) pump.frame(late, name);
  pump.frame(late, 'beginUpdate', { digest });
  pump.frame(late, 'setClock', { wall: WALL });
  pump.frame(late, 'readLog', { from: 1 });
  for (const name of ['requestBolus', 'closeSession']) pump.frame(again, name);
  pump.frame(filling, 'enterReservoir', { serial: SERIAL, volume: 0, aspirated: null });
  pump.frame(waiting, 'authenticate');
  for (const old of [clinician, next, patient, refill]) pump.frame(old, 'interrogate');
  // Those that go without a tag have a run of their own.
  pump.frames = pump.frames.filter((bytes) => Buffer.from(bytes).readUInt32BE(5) !== 0);
  pump.settle();
  return pump;
}

/** A pump with a clinician in session and somebody in an emergency beside: all frames that need no key. */
export function pumpWithout() {
  const { pump, clinician } = implanted();
  stage(pump, clinician, 500_000);
  pump.open('patient');
  const passerBy = pump.open('emergency');
  pump.ask(passerBy, 'interrogate');
  const untagged = pump.frames.filter((bytes) => bytes.subarray(-12, -4).every((byte) => byte === 0));
  pump.frames = [...untagged];
  const named = ['stop', 'interrogate', 'closeSession', 'resume', 'minimumRate', 'requestBolus', 'authenticate'];
  for (const name of named) pump.frame(passerBy, name);
  pump.frame(passerBy, 'setClock', { wall: WALL });
  pump.frame(passerBy, 'enterReservoir', { serial: SERIAL, volume: 0, aspirated: null });
  pump.frame(pump.station('emergency'), 'authenticate');
  for (const [i, role] of ['patient', 'refill', 'clinician', 'emergency'].entries())
    pump.frame({ session: 0, sequence: 0, key: null }, 'openSession', { role, nonce: `${i}`.repeat(32) });
  pump.settle();
  return pump;
}
