import type { Reply } from '../session/session.ts';

/** What a lesson answers by itself: no act has come to anything. */
export const told = (text: string): Reply => ({ text, problem: undefined, outcome: undefined, quit: false });
export const refusal = (problem: string): Reply => ({ text: '', problem, outcome: undefined, quit: false });
export const OVER = refusal('the case is over: expected nothing more');
