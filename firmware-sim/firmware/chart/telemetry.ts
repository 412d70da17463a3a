import type { Region } from './names.ts';

const opened = { effects: ['logSessionOpened'] } as const;
const closed = { effects: ['logSessionClosed'] } as const;

export const telemetry = {
  about: 'Whether a clinician is talking to the pump',
  initial: 'closed',
  states: {
    closed: {
      on: {
        SESSION_OPENED: [{ target: 'session', guard: 'byClinician', ...opened }, opened],
        SESSION_CLOSED: closed,
        LEVEL_MISREAD: { updates: ['misreadLevel'] },
      },
    },
    session: {
      on: {
        SESSION_OPENED: opened,
        SESSION_CLOSED: [
          {
            target: 'closed',
            guard: 'byClinician',
            updates: ['dropStaged', 'markSession', 'endAllSilences'],
            ...closed,
          },
          closed,
        ],
        STAGE: { guard: 'stageAllowed', updates: ['stage'] },
        SILENCE_ALARM: { guard: 'silenceAllowed', updates: ['silenceAlarm'] },
        SILENCE_END: { updates: ['endSilences'] },
        CLEAR_ALARM: { guard: 'clearAllowed', updates: ['clearAlarm'] },
        SET_ALARM_INTERVAL: { guard: 'intervalAllowed', updates: ['setCriticalInterval'], effects: ['logIntervalSet'] },
        TEST_ALARM: { effects: ['logTested'] },
      },
    },
  },
} as const satisfies Region;
