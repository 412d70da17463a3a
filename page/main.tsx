import { render } from 'preact';
import { Desk } from './desk.ts';
import { Page } from './page.tsx';
import { READY } from './ready.ts';

declare global {
  /** The page's way to its worker, for whoever drives the page: a test, or somebody in the console of the browser. */
  var thecal: Desk;
}

const root = document.getElementById('page');
if (root === null) throw new Error('the page has no #page');
const worker = new Worker(new URL('./worker/main.ts', import.meta.url), { type: 'module' });
const words = { drugs: [], faults: {}, alarms: {} };
let draw = (): void => {};
const desk = new Desk(worker, (shown) => {
  draw = () => render(<Page shown={shown} words={words} desk={desk} />, root);
  draw();
});
globalThis.thecal = desk;
Object.assign(words, await desk.ask('words', null));
await desk.ask('open', { scenario: READY });
