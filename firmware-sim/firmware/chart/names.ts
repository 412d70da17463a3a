import { effects } from '../behaviour/effects.ts';
import { guards } from '../behaviour/guards.ts';
import { updates } from '../behaviour/updates.ts';
import type { ChartSpec } from './spec.ts';

/** What the chart may name: the guards, updates and effects of behaviour/. */
export const names = { guards, updates, effects } as const;

export type PumpChart = ChartSpec<typeof names>;
export type Region = PumpChart['regions'][string];
export type States = Region['states'];
