import { MOUSE } from '../hands.ts';
import { everyWorkflow } from './every-workflow.ts';

everyWorkflow({ hands: MOUSE, width: 1280, height: 800 });
