/*
 * Every word of the page that the programmer does not say itself: one place, so that it can be translated. In files by
 * when they are wanted, as nobody waits for words that are read later.
 */
export * from './text/first.ts';
export * from './text/forms.ts';
export * from './text/panes.ts';
export * from './text/training.ts';
