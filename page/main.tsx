import { render } from 'preact';
import { Desk } from './desk.ts';
import { READY } from './ready.ts';
import { ScreenText } from './screen-text.tsx';

declare global {
  /** The page's way to its worker, for whoever drives the page: a test, or somebody in the console of the browser. */
  var thecal: Desk;
}

const page = document.getElementById('page');
if (page === null) throw new Error('the page has no #page');
const worker = new Worker(new URL('./worker/main.ts', import.meta.url), { type: 'module' });
const desk = new Desk(worker, (shown) => render(<ScreenText {...shown} />, page));
globalThis.thecal = desk;
await desk.ask('open', { scenario: READY });
