import { endsUnusable } from './unusable.ts';

// The long run goes through them all.
endsUnusable(3);
