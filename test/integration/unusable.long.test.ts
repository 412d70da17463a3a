import { endsUnusable } from './unusable.ts';

endsUnusable(1);
