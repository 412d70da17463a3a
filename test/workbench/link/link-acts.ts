import fc from 'fast-check';
import type { Act } from '../../../workbench/act.ts';
import { readAct } from '../../../workbench/scenario/written.ts';
import { LINK_FAULTS } from '../../lives/link-faults.ts';

/** What makes a link slow, noisy, or fail over one frame. */
export const linkActs = fc.oneof(
  ...(
    [
      ['noise', 3],
      ['latency', 1],
      ['frameFault', 6],
    ] as const
  ).map(([name, weight]) => ({
    weight,
    arbitrary: LINK_FAULTS[name].map((of): Act => {
      const world = JSON.parse(JSON.stringify({ [name]: of }));
      return readAct({ world });
    }),
  })),
);
