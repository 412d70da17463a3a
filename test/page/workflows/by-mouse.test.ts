import { MOUSE } from '../hands.ts';
import { everyWorkflow } from './every-workflow.ts';

// The others by mouse are long tests; by keyboard all of them are done every day.
everyWorkflow({ hands: MOUSE, width: 1280, height: 800 }, ['refill']);
