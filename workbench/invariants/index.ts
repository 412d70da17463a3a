import { type DeviceProfile, formatDuration, span } from '../../shared/index.ts';
import type { TraceRecord } from '../trace.ts';
import { Account } from './account.ts';
import { boluses } from './boluses.ts';
import { clinicianBolus } from './clinician-bolus.ts';
import { doseLimit } from './dose-limit.ts';
import { hourlyMaximum } from './hourly-maximum.ts';
import { limits } from './limits.ts';
import { opening } from './opening.ts';
import { order } from './order.ts';
import { periodic } from './periodic.ts';
import { policies } from './policies.ts';
import { Repeats } from './repeats.ts';
import type { Complain, Rule } from './rule.ts';
import { shownDose } from './shown-dose.ts';
import { silence } from './silence.ts';
import { ledgers, rises, sentIsBelief } from './volumes.ts';
import { wholeness } from './wholeness.ts';

/** A broken rule: which, when, at which record, and what was seen. */
export interface Breach {
  readonly rule: number;
  readonly name: string;
  readonly t: number;
  readonly record: number;
  readonly message: string;
}

/** A broken rule in words: what it is and when, and below that what was seen. */
export function breachText({ rule, name, t, record, message }: Breach): string {
  return `always-true rule ${rule} broken (${name}) at ${formatDuration(span(t))}, record ${record}\n  ${message}`;
}

/** The always-true rules in force, in order. */
export const rules = (): Rule[] => [
  limits(),
  hourlyMaximum(),
  silence(),
  boluses(),
  doseLimit(),
  policies(),
  periodic(),
  wholeness(),
  clinicianBolus(),
  opening(),
  order(),
  rises(),
  ledgers(),
  shownDose(),
  sentIsBelief(),
];

/** The rule on the order of records, which holds from one pump to the next. */
const ORDER = 6;

/** A rule that has been broken this often need not be told again. */
const MOST_BREACHES = 5;

/** A rule, and where it complains. */
interface Held {
  readonly rule: Rule;
  readonly complain: Complain;
}

/** Watches a trace from its first record and keeps every breach of an always-true rule. */
export class Invariants {
  readonly #profile: DeviceProfile;
  #account: Account;
  #rules: readonly Held[];
  readonly #breaches: Breach[] = [];
  readonly #repeats = new Repeats();
  #t = 0;
  #n = 0;

  constructor(profile: DeviceProfile) {
    this.#profile = profile;
    this.#account = new Account(profile);
    this.#rules = rules().map((rule) => this.#hold(rule));
  }

  get breaches(): readonly Breach[] {
    return this.#breaches;
  }

  take(record: TraceRecord): void {
    if (record.t > this.#t) this.#settle(record.t);
    this.#n = record.n;
    if (record.layer === 'plant' && record.kind === 'replaced') this.#startOver(record.t);
    const repeated = this.#repeats.take(record);
    for (const { rule, complain } of this.#rules) {
      if (!repeated || rule.seesRepeats) rule.take?.(record, this.#account, complain);
    }
    this.#account.take(record);
  }

  /** Another pump: nothing of the old one's books goes on but the order of the trace. */
  #startOver(t: number): void {
    this.#settle(t);
    this.#account = new Account(this.#profile);
    this.#rules = [
      ...rules()
        .filter(({ number }) => number !== ORDER)
        .map((rule) => this.#hold(rule)),
      ...this.#rules.filter(({ rule }) => rule.number === ORDER),
    ];
  }

  /** Says that everything up to an instant has happened, at the end of a run or where somebody looks. */
  finish(t: number): void {
    this.#settle(t);
  }

  #settle(next: number): void {
    for (const { rule, complain } of this.#rules) rule.settle?.(this.#t, next, this.#account, complain);
    this.#t = next;
  }

  #hold(rule: Rule): Held {
    const { number, name } = rule;
    const complain = (message: string): void => {
      if (this.#breaches.filter((breach) => breach.rule === number).length >= MOST_BREACHES) return;
      this.#breaches.push({ rule: number, name, t: this.#t, record: this.#n, message });
    };
    return { rule, complain };
  }
}
