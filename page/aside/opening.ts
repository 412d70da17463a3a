import type { Desk } from '../desk.ts';
import { unpacked } from '../link.ts';
import { SESSION } from '../text.ts';
import { kept } from './settings.ts';

/** Most bytes of a file that is looked at: a scenario has a million characters at most. */
const MOST_BYTES = 4_000_000;

const isScenario = (text: string): boolean => /^thecal:\s*["']?scenario\//m.test(text);
const isCase = (text: string): boolean => /^thecal:\s*["']?case\//m.test(text);

/** Opens a scenario beside what is open, and says what came of it: what is open stays as it is either way. */
async function opened(desk: Desk, scenario: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  try {
    const { text } = await desk.ask('open', { scenario, files, beside: true });
    return `${SESSION.opened} ${text.split('\n')[0]}`;
  } catch (error) {
    return `${SESSION.notOpened} ${error instanceof Error ? error.message : error}`;
  }
}

/** Adds a training case to those that can be taken, and says what came of it. */
async function added(desk: Desk, name: string, text: string, files: Readonly<Record<string, string>>): Promise<string> {
  try {
    const { title } = await desk.ask('addCase', { name: name.replace(/\.[^.]+$/, ''), text, files });
    return SESSION.added(title);
  } catch (error) {
    return `${SESSION.notOpened} ${error instanceof Error ? error.message : error}`;
  }
}

/** Opens the scenario among some files, or adds the case; the others are those that it may name. */
export async function openFiles(desk: Desk, list: Iterable<File>): Promise<string> {
  const files = [...list];
  if (files.some(({ size }) => size > MOST_BYTES)) return `${SESSION.notOpened} ${SESSION.tooLong}`;
  const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))).catch(
    () => undefined,
  );
  // It may be gone, or not to be read by this browser.
  if (read === undefined) return `${SESSION.notOpened} ${SESSION.unreadable}`;
  // What is dropped alone is meant, whatever it is: what is wrong with it is then said.
  const scenario =
    read.find(({ text }) => isScenario(text) || isCase(text)) ?? (read.length === 1 ? read[0] : undefined);
  if (scenario === undefined) return `${SESSION.notOpened} ${SESSION.noScenario}`;
  const others = read.filter((each) => each !== scenario);
  // A dropped file has no folder: it is found by its name, however the scenario writes its path.
  const named = [...scenario.text.matchAll(/[^\s"']+\.(?:yaml|yml|json)/g)].flatMap(([path]) => {
    const other = others.find(({ name }) => path.split('/').at(-1) === name);
    return other === undefined ? [] : [[path, other.text] as const];
  });
  const { name, text } = scenario;
  return isCase(text)
    ? added(desk, name, text, Object.fromEntries(named))
    : opened(desk, text, Object.fromEntries(named));
}

/** Opens a visit as it was left: its story is what was done in it, and is played to its end. */
export async function openKept(desk: Desk, scenario: string): Promise<string> {
  const lives = desk.shown?.lives;
  const told = await opened(desk, scenario);
  if (desk.shown?.lives === lives) return told;
  while (desk.shown?.story.next !== undefined) {
    const { problem } = await desk.ask('line', 'next');
    if (problem !== undefined) return `${told} ${problem}`;
  }
  // Whoever is in a session has real time, as before.
  if (desk.shown?.isOpen === true && kept().realTime) await desk.ask('run', { pace: 1 });
  return told;
}

/** Opens what a link holds. */
export async function openLink(desk: Desk, code: string): Promise<string> {
  let scenario: string;
  try {
    scenario = await unpacked(code);
  } catch {
    return `${SESSION.notOpened} ${SESSION.badLink}`;
  }
  return opened(desk, scenario);
}
