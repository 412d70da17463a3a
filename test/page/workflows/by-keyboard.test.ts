import { KEYBOARD } from '../keyboard.ts';
import { everyWorkflow } from './every-workflow.ts';

everyWorkflow({ hands: KEYBOARD, width: 1024, height: 768 });
