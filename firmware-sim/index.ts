export { names } from './firmware/chart/names.ts';
export { plainChart } from './firmware/chart/pump.chart.ts';
export { type PlainChart, type PlainRegion, transitionsOf } from './firmware/chart/spec.ts';
export { validateChart } from './firmware/chart/validate.ts';
export { factoryContext, type PumpContext } from './firmware/context.ts';
export { DEADLINES } from './firmware/deadlines.ts';
export type { Effect } from './firmware/effects.ts';
export type { EventType, PumpEvent } from './firmware/events.ts';
export {
  type Behaviour,
  EXECUTOR_NAMES,
  type Executor,
  type ExecutorName,
  type PumpState,
} from './firmware/executor/executor.ts';
export {
  type ChartObserver,
  type ChartTransition,
  chartTransitions,
  observed,
  transitionName,
} from './firmware/executor/observed.ts';
export { tableExecutor } from './firmware/executor/table.ts';
export { pumpMachine, xstateExecutor } from './firmware/executor/xstate.ts';
export { Firmware } from './firmware/firmware.ts';
export type { Hardware, MemoryFound, Store } from './firmware/hardware.ts';
export { BANKS, type Bank, judgeBank } from './firmware/memory/bank.ts';
export { type BankStorage, bankedStore } from './firmware/memory/banked-store.ts';
export { EventLog } from './firmware/memory/event-log.ts';
export { History } from './firmware/memory/history.ts';
export { readImage } from './firmware/memory/image.ts';
export { lastTime } from './firmware/memory/stored-time.ts';
export { memoryStorage } from './memory-storage.ts';
export { memoryStore } from './memory-store.ts';
export type { DrugInBody } from './plant/body.ts';
export { LEAK_PLACES, TIPS } from './plant/catheter.ts';
export { ACCESS_PORTS, FALSE_ALARMS, FAULTS, type Fault, MEMORY_FAULTS } from './plant/faults.ts';
export type { Truth } from './plant/fluid-path.ts';
export {
  type CatheterSize,
  FINDINGS,
  type Finding,
  HANDS_REFUSALS,
  type HandsAct,
  type HandsOutcome,
  type HandsRefusal,
} from './plant/hands.ts';
export { BODY, PHARMACOLOGY } from './plant/pharmacology.ts';
export { Plant } from './plant/plant.ts';
export type { Solution } from './plant/reservoir.ts';
export { SIGN_CODES, SIGNS, type Sign } from './plant/signs.ts';
export { createPump, type PumpOptions } from './pump.ts';
