import { stringify } from 'yaml';
import { type Duration, formatDuration, span } from '../../shared/index.ts';
import type { Step, WrittenScenario, WrittenStep } from '../scenario/schema.ts';
import { Gist } from './gist.ts';
import { oneLine } from './one-line.ts';
import { stepOf } from './read-line.ts';

/** A step of the recording, or a remark that stands before the next. */
type Entry = { readonly written: WrittenStep; readonly waits: Duration | undefined } | { readonly remark: string };

/** What a session keeps of itself: the steps of a scenario that would lead to the same trace. */
export class Recording {
  readonly #entries: Entry[] = [];
  readonly #gist = new Gist();

  /** The steps so far, as few as another can be judged by. */
  get gist(): readonly Step[] {
    return this.#gist.steps;
  }

  add(written: WrittenStep): void {
    const { step } = stepOf(written);
    this.#gist.add(step);
    this.#entries.push({ written, waits: undefined });
  }

  /** Time that passed with nothing done. Two waits in a row are one. */
  wait(time: Duration): void {
    if (time === 0) return;
    this.#gist.add({ after: time });
    const last = this.#entries.at(-1);
    const before = last !== undefined && 'written' in last ? last.waits : undefined;
    if (before !== undefined) this.#entries.pop();
    const waits = span(time + (before ?? 0));
    this.#entries.push({ written: { after: formatDuration(waits) }, waits });
  }

  remark(text: string): void {
    this.#entries.push({ remark: text.replaceAll(/[\p{Cc}\u2028\u2029\uFFFD]/gu, ' ') });
  }

  /** The whole as the text of a scenario; `now` is the time it ends. */
  text(head: Omit<WrittenScenario, 'story'>, now: Duration, schema: string | undefined): string {
    const told = this.#entries.map((entry) => ('written' in entry ? stepText(entry.written) : `  # ${entry.remark}\n`));
    // A story has a step, even where nothing was done.
    const story = this.#entries.some((entry) => 'written' in entry)
      ? told
      : [...told, stepText({ expect: { time: formatDuration(now) } })];
    const editor = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`;
    return `${editor}${yaml(head)}story:\n${story.join('')}`;
  }
}

const yaml = (value: unknown): string =>
  stringify(value, { schema: 'core', lineWidth: 0, collectionStyle: 'any', aliasDuplicateObjects: false });

/** A step as a file has it, a line a key. */
export function stepText(written: WrittenStep): string {
  const lines = Object.entries(written).map(([key, value]) => `${key}: ${oneLine(value)}\n`);
  return lines.map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`).join('');
}
