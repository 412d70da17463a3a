import type { Outcome, Programmer, Screen } from '../../programmer/index.ts';
import { type Instant, instant, type Status, span, type WallClock } from '../../shared/index.ts';
import { DESK_VIEWS, type DeskView } from './desk-line.ts';
import { actorOf, ELSEWHERE, helpAtDesk, helpOn } from './help.ts';
import { LineError } from './read-line.ts';
import { reasonOf, refusalText, screenText, warningText } from './telling.ts';
import { historyText, logText } from './views.ts';

const NO_SESSION = 'No session is open: interrogate the pump first.';

/** A programmer as somebody who sits at it sees it. */
type AtDesk = Pick<Programmer, 'screen' | 'report' | 'card' | 'knows'>;

/** What is to be read after an act: warnings first, then why it was refused, then what is new on the screen. */
export function actText(programmer: AtDesk, outcome: Outcome, localTime: WallClock, before?: Screen): string {
  const screen = programmer.screen();
  const reason = reasonOf(outcome);
  // What was not done is said once.
  const warnings = warningText(screen).filter((line) => reason === undefined || !line.startsWith('! Not done: '));
  const { status } = programmer.knows;
  const refusal = refusalText(outcome, pumpNow(status), localTime);
  const opened = before === undefined || before.fields.length > 0 ? before : { ...before, fields: [] };
  return [...warnings, ...refusal, ...screenText(screen, opened)].join('\n');
}

const pumpNow = (status: Status | null): Instant => status?.now ?? instant(0);

/** What is only looked at. Throws LineError. */
export function deskView(
  view: Exclude<DeskView, 'quit'>,
  rest: string,
  programmer: AtDesk,
  localTime: WallClock,
): string {
  if (view === 'help') return rest === '' ? helpAtDesk(DESK_VIEWS) : helpOnDesk(rest);
  if (rest !== '') throw new LineError(`${view}: "${rest.slice(0, 60)}": expected nothing after it`);
  const { status, history, log, settings } = programmer.knows;
  const dated = <T extends { readonly at: Instant }>(entry: T) => ({
    ...entry,
    ...datesOf(entry.at, status, localTime),
  });
  switch (view) {
    case 'screen':
      return [...warningText(programmer.screen()), ...screenText(programmer.screen())].join('\n');
    case 'report':
      return programmer.report()?.trimEnd() ?? NO_SESSION;
    case 'card':
      return programmer.card()?.trimEnd() ?? NO_SESSION;
    case 'history':
      return history.length === 0
        ? '  not read: readHistory reads it'
        : historyText(history.map(dated), settings.dayRules);
    case 'log':
      return log.length === 0 ? '  not read: readLog reads it' : logText(log.map(dated), log.length);
  }
}

/** What an act takes that can be done here. Throws LineError. */
function helpOnDesk(name: string): string {
  const actor = actorOf(name);
  if (actor === undefined || actor === 'clinician' || actor === 'patient') return helpOn(name);
  throw new LineError(`help: ${name.slice(0, 60)}: is not done from a programmer; ${ELSEWHERE}`);
}

/** When something was written down in the pump, counted back from what the clocks show now. */
function datesOf(at: Instant, status: Status | null, localTime: WallClock) {
  const ago = status === null ? 0 : status.now - at;
  const before = (clock: WallClock) => span(Math.max(0, clock - ago));
  const wall = status?.wall ?? null;
  return { wall: wall === null ? null : before(wall), room: before(localTime) };
}
