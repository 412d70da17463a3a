import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { digestOf, span, toJson } from '../../shared/index.ts';
import { breachText, loadScenario, type TraceRecord } from '../../workbench/index.ts';
import { isWrittenStep, type WrittenScenario, type WrittenStep } from '../../workbench/scenario/schema.ts';
import { asItWent } from '../../workbench/session/pruned.ts';
import { Recording } from '../../workbench/session/recording.ts';
import type { Life } from './life.ts';
import { type Lived, lived, loaded, type Runner, ran } from './lived.ts';
import { reduced } from './reduce.ts';

/** A life, and a scenario file that leads to the same: a counterexample where it breaks a rule. */
export interface Counterexample {
  readonly life: Life;
  readonly lived: Lived;
  /** The scenario file. */
  readonly text: string;
  /** The profile file beside it; undefined where the device is a shipped one. */
  readonly profile: string | undefined;
  /** How many acts its story has. */
  readonly acts: number;
}

function wordsOf({ breach, thrown }: Lived): string {
  if (breach !== undefined) return breachText(breach);
  return thrown === undefined ? 'no always-true rule broken' : `the simulator failed: ${firstLine(thrown)}`;
}

/** Whether two lives went wrong in the same way. */
const isSame = (a: Lived, b: Lived): boolean =>
  a.breach?.rule === b.breach?.rule && a.breach?.name === b.breach?.name && firstLine(a.thrown) === firstLine(b.thrown);
const firstLine = (text: string | undefined): string | undefined => text?.split('\n', 1)[0];

/** What a scenario calls the profile file beside it. */
const profileFile = (name: string): string => `${name}-profile.yaml`;

/** The simplest life found that goes wrong as one did, written as a file of that name. */
export function counterexample(broken: Life, name: string, run: Runner): Counterexample {
  const first = lived(broken, run);
  const scenario = reduced(broken.scenario, (simpler) => goesWrong({ ...broken, scenario: simpler }, first, run));
  return asFile({ ...broken, scenario }, name, run);
}

/** A life as a file of that name. */
export function asFile(life: Life, name: string, run: Runner): Counterexample {
  const went = lived(life, run);
  const { written } = loaded(life);
  const { thecal, title: _, profile: device, story, ...rest } = written;
  const profile = life.device.text;
  const reference = profile === undefined ? device : `./${profileFile(name)}`;
  const title = went.breach === undefined ? 'A life' : `Always-true rule ${went.breach.rule} is broken`;
  const head = { thecal, title, about: wordsOf(went), profile: reference, ...rest };
  return { life, lived: went, text: textOf(head, asItWentIn(story, went)), profile, acts: story.length };
}

/** Whether what is left of a life is a scenario and still goes wrong in the same way. */
function goesWrong(life: Life, first: Lived, run: Runner): boolean {
  try {
    loaded(life);
  } catch {
    return false;
  }
  return isSame(lived(life, run), first);
}

/** The steps that were played, as they went: each refusal is expected, so that nothing but the rule is broken again. */
function asItWentIn(story: readonly WrittenStep[], { failures }: Lived): readonly WrittenStep[] {
  const refused = new Map(failures.flatMap(({ step, what, got }) => (what.endsWith(' refused') ? [[step, got]] : [])));
  const last = refused.has(0) ? 0 : failures.find(({ what }) => what === 'until')?.step;
  const played = story.slice(0, last).map((step, i) => {
    const went = asItWent(step, [], refused.get(i + 1));
    return isWrittenStep(went) ? went : step;
  });
  // A story has a step, even where the start could not be done.
  return played.length > 0 ? played : [{ after: '0s' }];
}

function textOf(head: Omit<WrittenScenario, 'story'>, story: readonly WrittenStep[]): string {
  const recording = new Recording();
  for (const step of story) recording.add(step);
  return recording.text(head, span(0), undefined);
}

/** How a file differs from the life it was written of when it is replayed; undefined where it does not. */
export function differs({ life, lived: before, text, profile }: Counterexample, run: Runner): string | undefined {
  const [own, again]: [TraceRecord[], TraceRecord[]] = [[], []];
  lived(life, run, (record) => own.push(record));
  const open = (file: string) => ({ file, text: profile ?? '' });
  const replayed = ran(loadScenario(text, open), life.executor, run, (record) => again.push(record));
  if (wordsOf(replayed) !== wordsOf(before)) return `${wordsOf(before)}\nbut replayed\n${wordsOf(replayed)}`;
  return digestOf(toJson(own)) === digestOf(toJson(again)) ? undefined : 'another trace';
}

/** Writes a counterexample into a folder; the path of the scenario. */
export function write({ text, profile }: Counterexample, folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, text);
  if (profile !== undefined) writeFileSync(join(folder, profileFile(name)), profile);
  return path;
}

/** What a test that fails says of it. */
export function told(found: Counterexample, path: string, root: string, drawn: string, run: Runner): string {
  const executor = found.life.executor === 'xstate' ? '' : ` --executor ${found.life.executor}`;
  const other = differs(found, run);
  return [
    wordsOf(found.lived),
    '',
    `npx thecal run${executor} ${relative(root, path)}`,
    other === undefined ? 'replays it to the last record of the trace.' : `DOES NOT REPLAY IT: ${other}`,
    drawn,
    '',
    found.text,
    ...(found.profile === undefined ? [] : ['with the profile beside it', '', found.profile]),
  ].join('\n');
}
