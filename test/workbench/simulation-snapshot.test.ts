import { goesOnFromSnapshots } from './restored-life.ts';

// The long run restores them all.
goesOnFromSnapshots(4);
