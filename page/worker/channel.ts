import type { Question, Told } from './protocol.ts';

/*
 * Windows of one browser that look at one pump: the learner's page, whose worker has the pump, and an instructor's beside
 * it. They speak over a channel of the browser, called by a name that the page draws when it is loaded.
 */

/** What an instructor's window says: that it is there, that it is gone, or a question. */
export type FromWindow = { readonly from: string } & (
  | { readonly is: 'here' | 'gone' }
  | { readonly question: Question }
);
/** What is said to one instructor's window: what a page is told, or that it is not let in; and to all, that the page is gone. */
export type ToWindow = { readonly to: string } & ({ readonly told: Told } | { readonly is: 'shut' | 'gone' });
export const ALL = 'all';
