import { describe } from 'vitest';
import { MOUSE } from '../hands.ts';
import { KEYBOARD } from '../keyboard.ts';
import { everyWorkflow } from './every-workflow.ts';

describe('by mouse at 1280 × 800', () => everyWorkflow({ hands: MOUSE, width: 1280, height: 800 }));
describe('by mouse at 1024 × 768', () => everyWorkflow({ hands: MOUSE, width: 1024, height: 768 }));
describe('by keyboard at 1280 × 800', () => everyWorkflow({ hands: KEYBOARD, width: 1280, height: 800 }));
describe('by keyboard at 1024 × 768', () => everyWorkflow({ hands: KEYBOARD, width: 1024, height: 768 }));
