import type { Setting } from './worker/protocol.ts';

/** The patient with whom the page opens: somebody who has just been filled and programmed. As values, read without YAML. */
export const READY: Setting = {
  thecal: 'scenario/1',
  title: 'A patient with severe spasticity comes for a check',
  profile: 'synchromed-ii-like-20',
  clock: '2026-01-05 08:00',
  start: {
    fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
    prescribe: {
      constant: '200 mcg/day',
      patientBolus: { dose: '10 mcg', duration: '5min', lockout: '6h', maxPerDay: 2 },
      lowReservoir: '2 mL',
    },
  },
};
