import { render } from 'preact';
import type { Before } from './aside/session.tsx';
import { dress, kept } from './aside/settings.ts';
import { Desk, wayTo } from './desk.ts';
import { keepFocus } from './focus.ts';
import { Keeper } from './keeper.ts';
import { keepVisit, keptVisit } from './kept-visit.ts';
import { fetchLater } from './later.tsx';
import { fragment } from './link.ts';
import { Page } from './page.tsx';
import { READY } from './ready.ts';
import { drawnName, sayGone } from './windows.ts';
import type { Words } from './worker/protocol.ts';

declare global {
  /** The page's way to its worker, for whoever drives the page: a test, or somebody in the console of the browser. */
  var thecal: Desk;
}

/** The programmer with a pump behind it, or the patient's controller alone. */
async function openPage(root: Element): Promise<void> {
  // The channel over which this page can be watched; its worker is called as it is.
  const name = drawnName();
  sayGone(name);
  const worker = new Worker(new URL('./worker/main.ts', import.meta.url), { type: 'module', name });
  const words: Words = { drugs: [], alarms: {}, reasons: {} };
  /** What came of a link, and how many have been opened since the page is there. */
  let [told, links] = ['', 0];
  /** The visit that a page before this one kept, until it is gone on with. */
  let before: Before | undefined;
  const draw = (): void => {
    const { shown } = desk;
    const { isPatient } = fragment(location.hash);
    if (shown === undefined) return;
    // The patient's controller alone keeps nothing: the visit is the programmer's.
    if (!isPatient) keeper.see(shown);
    const props = { shown, words, desk, isPatient, told, before, channel: name };
    render(<Page key={links} {...props} />, root);
  };
  const desk = new Desk(wayTo(worker), draw);
  const keeper = new Keeper(desk, keepVisit);
  globalThis.thecal = desk;

  /** Opens the visit that the fragment of the address holds, where it holds one. */
  async function openFragment(): Promise<void> {
    const { isPatient, visit } = fragment(location.hash);
    if (visit !== undefined) {
      told = await (await import('./aside/opening.ts')).openLink(desk, visit);
      links += 1;
    }
    // A patient has real time.
    if (isPatient) await desk.ask('run', { pace: 1 });
    draw();
  }

  const last = keptVisit();
  Object.assign(words, await desk.ask('words', null));
  const visit = await last;
  const goOn = (scenario: string): Promise<string> =>
    keeper.hold(async () => {
      before = undefined;
      return (await import('./aside/opening.ts')).openKept(desk, scenario);
    });
  if (visit !== undefined) before = { at: visit.at, goOn: () => goOn(visit.scenario) };
  await desk.ask('setting', READY);
  await openFragment();
  // What is asked for meanwhile is fetched first.
  setTimeout(fetchLater, 1000);
  addEventListener('hashchange', () => void openFragment());
  // Now that the patient is there. Where it cannot be kept, the page is as good with a network.
  void navigator.serviceWorker?.register('./service-worker.js').catch(() => {});
}

const root = document.getElementById('page');
if (root === null) throw new Error('the page has no #page');
dress(kept());
keepFocus(root);
const { instructor } = fragment(location.hash);
if (instructor === undefined) await openPage(root);
else (await import('./instructor/instructor.tsx')).watch(root, instructor);
