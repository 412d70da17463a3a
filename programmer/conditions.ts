import {
  CONDITIONS,
  type ConditionCode,
  formatDuration,
  type Instant,
  type LogRecord,
  type Status,
  showDateTime,
  span,
  type WallClock,
} from '../shared/index.ts';
import type { Fields } from './fields.ts';

/** Conditions with which nothing is delivered, whatever is asked for. */
const STOPS_FLOW: readonly ConditionCode[] = ['stall', 'occlusion'];

const MINUTE = 60_000;
/** As people tell a time that has passed: in whole minutes. */
const minutes = (ms: number): string => formatDuration(span(Math.floor(ms / MINUTE) * MINUTE));

/** The condition for which a pump that is not stopped delivers nothing, as far as it senses it. */
export const heldUpBy = ({ stopped, conditions }: Status): Status['conditions'][number] | undefined =>
  stopped === null ? conditions.find(({ code, gone }) => STOPS_FLOW.includes(code) && !gone) : undefined;

/** Since when a pump that asks for delivery has none, by its own senses. */
export function putHeldUp(fields: Fields, status: Status, localTime: (at: Instant) => WallClock): void {
  const held = heldUpBy(status);
  if (held === undefined) return;
  const { code, since } = held;
  const text = `since ${showDateTime(localTime(since))}, ${minutes(status.now - since)}: ${CONDITIONS[code].text}`;
  fields.put('notDelivering', text, code);
}

interface Spell {
  readonly code: ConditionCode;
  readonly from: Instant;
  readonly to: Instant | undefined;
}

/** How long each condition was declared, by a log that was read, oldest first. */
export function spellsIn(log: readonly LogRecord[]): readonly Spell[] {
  const spells: Spell[] = [];
  for (const { kind, at, data } of log) {
    if (kind === 'conditionDeclared')
      for (const code of [data['conditions'] ?? []].flat())
        spells.push({ code: code as ConditionCode, from: at, to: undefined });
    if (kind !== 'conditionGone') continue;
    const open = spells.findIndex(({ code, to }) => code === data['condition'] && to === undefined);
    const spell = spells[open];
    if (spell !== undefined) spells[open] = { ...spell, to: at };
  }
  return spells;
}

/** What a log that was read says of conditions: they were there a while before they were declared. */
export function putSpells(fields: Fields, log: readonly LogRecord[], localTime: (at: Instant) => WallClock): void {
  const texts = spellsIn(log).map(({ code, from, to }) => {
    const end = to === undefined ? 'not over' : `over ${showDateTime(localTime(to))}, ${minutes(to - from)}`;
    return `${CONDITIONS[code].text}: declared ${showDateTime(localTime(from))}, ${end}`;
  });
  if (texts.length > 0) fields.put('conditionsLogged', texts.join('; '));
}
