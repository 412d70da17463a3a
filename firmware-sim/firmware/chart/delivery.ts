/* What more than one state of delivery makes of an event. */

export const beginUpdate = { target: 'updating', guard: 'beginAllowed', updates: ['beginUpdate'] } as const;
export const startUpdate = { ...beginUpdate, effects: ['drive', 'logUpdateStarted', 'logOverridden'] } as const;
export const resume = [
  {
    target: 'basal',
    guard: 'resumeToBasal',
    updates: ['forgetBatteryReset', 'runBasal'],
    effects: ['drive', 'logStarted'],
  },
] as const;
const minimum = {
  target: 'minimumRate',
  updates: ['runMinimum'],
  effects: ['drive', 'logMinimum', 'logZeroStep'],
} as const;
const schedule = {
  target: 'defaultSchedule',
  updates: ['runDefault'],
  effects: ['drive', 'logDefault', 'logZeroStep'],
} as const;
export const stop = {
  target: 'stopped',
  updates: ['stopByClinician'],
  effects: ['stroke', 'drive', 'logStopped'],
} as const;

export const orderBolus = {
  target: 'clinicianBolus',
  guard: 'clinicianBolusAllowed',
  updates: ['startClinicianBolus'],
  effects: ['drive', 'logClinicianStarted'],
} as const;

/** What the end of service makes of delivery, where the profile wants it to stop. */
export const endNow = { target: 'stopped', guard: 'endStops' } as const;

/** What a low or empty reservoir makes of delivery, where the guard finds that the profile wants it. */
export const stopEmpty = <const G extends string>(guard: G) =>
  ({ target: 'stopped', guard, updates: ['stopEmpty'], effects: ['drive', 'logStopped'] }) as const;
export const goMinimum = <const G extends string>(guard: G) => ({ ...minimum, guard }) as const;
export const goDefault = <const G extends string>(guard: G) => ({ ...schedule, guard }) as const;
export const resumeToDefault = {
  ...goDefault('resumeToDefault'),
  updates: ['forgetBatteryReset', 'runDefault'],
} as const;

/** What changes the rate within a mode of delivery. */
export const run = { updates: ['runProgram'], effects: ['drive', 'logZeroStep'] } as const;
export const step = [
  { guard: 'stepToZero', updates: ['runProgram'], effects: ['drive', 'logZeroStep'] },
  { guard: 'stepFromZero', updates: ['runProgram'], effects: ['drive', 'logStarted'] },
  { updates: ['runProgram'], effects: ['drive'] },
] as const;
export const periodicStarts = { guard: 'periodicStarts', updates: ['runProgram'], effects: ['drive'] } as const;
export const clockHeld = { guard: 'clockAllowed', updates: ['setClock'], effects: ['logClockSet'] } as const;
export const clockMoves = {
  guard: 'clockAllowed',
  updates: ['setClock', 'runProgram'],
  effects: ['drive', 'logClockSet', 'logZeroStep'],
} as const;
export const restartHeld = { updates: ['restart'], effects: ['drive', 'logReset'] } as const;
export const restarts = { updates: ['restart', 'runProgram'], effects: ['drive', 'logReset', 'logZeroStep'] } as const;
