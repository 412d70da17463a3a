import { type BankStorage, bankedStore, type Store } from '../../../firmware-sim/index.ts';
import {
  answerBytes,
  decodeFrame,
  encodeFrame,
  type Key,
  type Port,
  type Role,
  readAnswer,
  readRequest,
  roleKey,
  sessionKey,
  simulatedPairing,
} from '../../../shared/index.ts';
import type { PumpMaker, PumpSetting } from '../../../workbench/pump.ts';
import { type Parts, WHOLE } from './live.ts';

const changed =
  (change: (store: Store) => Partial<Store>) =>
  (storage: BankStorage): Store => {
    const store = bankedStore(storage);
    return { ...store, ...change(store) };
  };
const given =
  (change: (setting: PumpSetting) => Partial<PumpSetting>) =>
  (pump: PumpMaker): PumpMaker =>
  (setting) =>
    pump({ ...setting, ...change(setting) });

/** The last command of a clinician goes with the power. */
export const FORGETS_COMMANDS: Parts = {
  ...WHOLE,
  store: changed((store) => ({
    write: (cell, bytes) => {
      if (cell !== 'radio/clinician') store.write(cell, bytes);
    },
  })),
};

/** Each cell lasts by itself, and not with all that was written together. */
export const CELL_BY_CELL: Parts = {
  ...WHOLE,
  store: changed((store) => ({
    write: (cell, bytes) => {
      store.write(cell, bytes);
      store.commit();
    },
  })),
};

/** What is answered lasts only after the answer has left. */
export const ANSWERS_FIRST: Parts = {
  ...WHOLE,
  around: given(({ store, antenna }) => {
    if (store === undefined) throw new Error('a store is given to every pump of a story');
    const send = (frame: Uint8Array) => {
      antenna.send(frame);
      store.commit();
    };
    return { store: { ...store, commit: () => undefined }, antenna: { ...antenna, send } };
  }),
};

/** An interrupted update does what another profile wants. */
export const OTHER_PROFILE: Parts = {
  ...WHOLE,
  around: given(({ profile }) => ({
    profile: { ...profile, onUpdateAbort: profile.onUpdateAbort === 'stayStopped' ? 'resumeOld' : 'stayStopped' },
  })),
};

/** Believes in one denied bolus more than it says. */
export const SAYS_OTHERWISE: Parts = {
  ...WHOLE,
  around: (make) => (setting) => {
    const pump = make(setting);
    const { firmware } = pump;
    const status = () => ({ ...firmware.status(), denied: firmware.status().denied + 1 });
    return {
      plant: pump.plant,
      firmware: {
        name: firmware.name,
        rank: firmware.rank,
        due: () => firmware.due(),
        wake: (now) => firmware.wake(now),
        save: () => firmware.save(),
        load: (state) => firmware.load(state),
        powerOn: () => firmware.powerOn(),
        status,
        handled: firmware.handled,
      },
    };
  },
};

/**
 * Nobody asks the pump what became of a command: each such question is answered on the way, that it never arrived. To
 * the pump that is a station that sends again without asking; to the station, a radio that knows no last commands.
 */
export const NEVER_ASKED: Parts = {
  ...WHOLE,
  around: given(({ serial, antenna }) => ({ antenna: between(serial, antenna) })),
};

function between(serial: string, antenna: Port): Port {
  const keys = new Map<number, Key | null>();
  let asking: { readonly role: Role; readonly nonce: string } | undefined;
  return {
    send(bytes) {
      const frame = decodeFrame(bytes);
      const answer = 'error' in frame ? frame : readAnswer('openSession', frame.type, frame.payload);
      if ('reply' in answer && answer.reply.name === 'openSession' && asking !== undefined) {
        const { session, nonce } = answer.reply.payload;
        const own = roleKey(simulatedPairing(serial), asking.role);
        keys.set(session, sessionKey(own, { session, station: asking.nonce, pump: nonce }));
      }
      antenna.send(bytes);
    },
    onFrame: (take) =>
      antenna.onFrame((bytes) => {
        const frame = decodeFrame(bytes);
        const request = 'error' in frame ? frame : readRequest(frame.type, frame.payload);
        if ('name' in request && request.name === 'openSession') asking = request.payload;
        if ('error' in frame || !('name' in request) || request.name !== 'recall') {
          take(bytes);
          return;
        }
        const { session, sequence } = frame;
        const reply = { name: 'recall', payload: { became: 'neverArrived', answer: null } } as const;
        antenna.send(encodeFrame({ session, sequence, ...answerBytes({ reply }) }, keys.get(session) ?? null));
      }),
  };
}
