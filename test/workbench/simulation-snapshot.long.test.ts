import { goesOnFromSnapshots } from './restored-life.ts';

goesOnFromSnapshots(1);
