import type { Screen } from '../../programmer/index.ts';
import {
  formatDuration,
  type Instant,
  instant,
  showDateTime,
  span,
  type WallClock,
  wallClockAt,
} from '../../shared/index.ts';
import type { Outcome } from '../act.ts';
import type { Breach } from '../invariants/index.ts';
import { table, wrap } from '../lines.ts';
import type { Checked } from '../scenario/expect.ts';
import { type Happening, REFUSED_WORDS } from '../tell.ts';

const WIDTH = 100;
/** How wide one of two prescriptions side by side may be. */
const SIDE = 36;
/** Most moments told of one line: the first and the last are told, those between are counted. */
const MOST_MOMENTS = 12;

/** What of a screen is new to whoever saw the one before; all of it where there was none. Warnings come first. */
export function screenText(screen: Screen, before?: Screen): string[] {
  const known = new Map(before?.fields.map(({ name, text }) => [name, text]));
  const fields = screen.fields.filter(({ name, text }) => known.get(name) !== text);
  const rows = fields.map(({ label, text }) => [`  ${label}`, text]);
  const isSame = before !== undefined && `${before.can}` === `${screen.can}`;
  return [
    ...(before?.title === screen.title ? [] : [`[${screen.title}]`]),
    ...(rows.length > 0 ? [table(rows)] : []),
    ...(`${sidesText(before)}` === `${sidesText(screen)}` ? [] : sidesText(screen)),
    ...(isSame ? [] : [offered(screen)]),
  ];
}

/** Two prescriptions side by side, a star before every part that differs. */
function sidesText(screen: Screen | undefined): string[] {
  if (screen === undefined || screen.comparison.length === 0) return [];
  const rows = screen.comparison.flatMap(({ label, before, after, changed }) => {
    const [left, right] = [wrap(before, SIDE), wrap(after, SIDE)];
    return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [
      i === 0 ? `${changed ? '*' : ' '} ${label}` : '',
      left[i] ?? '',
      right[i] ?? '',
    ]);
  });
  return [table([['  Old and new, * differs', 'old', 'new'], ...rows])];
}

const offered = ({ can }: Screen): string => `can: ${can.length === 0 ? 'nothing' : can.join(', ')}`;

/** The warnings of a screen, as they are shown above everything else. */
export const warningText = ({ warnings }: Screen): string[] => warnings.map((warning) => `! ${warning}`);

/**
 * What is told of a line: where the answer was lost, nothing that whoever waited for it cannot know. It would
 * contradict the screen, which says that nobody knows; `truth`, `belief` and `why` are there to be asked.
 */
export const known = (moments: readonly Happening[], unanswered: boolean): readonly Happening[] =>
  unanswered ? without(moments, ({ inPump }) => inPump) : moments;

/** What of it can be known by whoever is in the room. */
export const seen = (moments: readonly Happening[]): readonly Happening[] => without(moments, ({ unseen }) => unseen);

const without = (moments: readonly Happening[], what: (moment: Happening) => readonly string[]): readonly Happening[] =>
  moments
    .map((moment) => ({ ...moment, happened: moment.happened.filter((said) => !what(moment).includes(said)) }))
    .filter(({ happened }) => happened.length > 0);

/** What happened, an instant a line; why an act was refused, which is said before, is not said again. */
export function momentsText(moments: readonly Pick<Happening, 'localTime' | 'happened'>[], refused?: string): string[] {
  const told = (said: string) => (refused === undefined ? said : said.replace(`: ${refused}`, ''));
  const line = ({ localTime, happened }: (typeof moments)[number]) =>
    wrap(happened.map(told).join('; '), WIDTH).map(
      (text, i) => `${(i === 0 ? showDateTime(localTime) : '').padEnd(16)}  ${text}`,
    );
  if (moments.length <= MOST_MOMENTS) return moments.flatMap(line);
  const half = MOST_MOMENTS / 2;
  const between = `${''.padEnd(16)}  … ${moments.length - MOST_MOMENTS} more …`;
  return [...moments.slice(0, half).flatMap(line), between, ...moments.slice(-half).flatMap(line)];
}

/** The reason of a refusal, in words; undefined where there was none. */
export const reasonOf = (outcome: Outcome | undefined): string | undefined =>
  outcome !== undefined && 'refused' in outcome ? REFUSED_WORDS[outcome.refused] : undefined;

/** Why an act was refused, and when it would be possible. */
export function refusalText(outcome: Outcome, now: Instant, localTime: WallClock): string[] {
  if (!('refused' in outcome)) return [];
  const until = 'until' in outcome ? outcome.until : null;
  const also = 'also' in outcome ? outcome.also.filter((code) => code !== outcome.refused) : [];
  const more = also.length === 0 ? '' : `; also ${also.join(', ')}`;
  const wait = until === null || until < now ? undefined : span(until - now);
  const when =
    wait === undefined
      ? ''
      : `; possible in ${formatDuration(wait)}, ${showDateTime(wallClockAt(localTime, instant(wait)))}`;
  return [`refused (${outcome.refused}): ${reasonOf(outcome)}${more}${when}`];
}

/** Whether each expectation was met; those that were not, with what there was. */
export function checkedText(checked: readonly Checked[]): string[] {
  if (checked.length === 0) return [];
  const missed = checked.filter(({ met }) => !met);
  if (missed.length === 0)
    return [`as expected: ${checked.map(({ path, got }) => `${path.join('.')} ${got}`).join(', ')}`];
  return missed.map(({ path, expected, got, instead }) => {
    const pass = instead === undefined ? '' : `; would pass: ${path.join('.')}: ${instead}`;
    return `NOT AS EXPECTED: ${path.join('.')}: expected ${expected}, got ${got}${pass}`;
  });
}

/** Always-true rules that were broken. */
export const breachText = (breaches: readonly Breach[]): string[] =>
  breaches.map(({ rule, name, t, record, message }) => {
    const when = formatDuration(span(t));
    return `ALWAYS-TRUE RULE ${rule} BROKEN (${name}) at ${when}, record ${record}: ${message}`;
  });
