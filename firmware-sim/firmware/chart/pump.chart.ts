import { infusion } from './infusion.ts';
import { memory } from './memory.ts';
import { motor } from './motor.ts';
import type { PumpChart } from './names.ts';
import { patientControl } from './patient-control.ts';
import { periodicBolus } from './periodic-bolus.ts';
import { reservoir } from './reservoir.ts';
import { service } from './service.ts';
import type { PlainChart } from './spec.ts';
import { telemetry } from './telemetry.ts';

/*
 * The pump's firmware on a page, a region a file. Read a region top to bottom: in this state, on that event, if
 * the guard holds, go there; then the updates, then the effects. What a name means stands in behaviour/ and,
 * one idea a file, in rules/.
 */
const pumpChart = {
  id: 'pump',
  // Updates and effects of one event happen in this order.
  regions: {
    service,
    // Before what delivery makes of it: the safe state is that of a pump whose memory has failed.
    memory,
    // Before what delivery makes of it: from here on a condition counts as declared.
    motor,
    // Before what a request does to delivery: a denial is told with the reason it had.
    patientControl,
    periodicBolus,
    infusion,
    reservoir,
    telemetry,
  },
} as const satisfies PumpChart;

/** The chart with its names as strings, for executors, validator and diagram. */
export const plainChart: PlainChart = pumpChart;
