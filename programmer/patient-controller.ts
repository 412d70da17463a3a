import {
  ALARMS,
  type AlarmCode,
  type Answer,
  type Clock,
  formatDuration,
  fromJson,
  type Instant,
  instant,
  type Json,
  type Party,
  parseDuration,
  RANK,
  type ReplyOf,
  type Status,
  span,
  toJson,
  type Witness,
} from '../shared/index.ts';
import type { PatientAct } from './acts.ts';
import type { Field } from './fields.ts';
import { type HandsetRules, handsetAlarms } from './handset-alarms.ts';
import { type TherapyRules, therapyFields } from './handset-therapy.ts';
import { byProgrammer, byPump, DONE, type Outcome, reasonOf } from './outcome.ts';
import type { Recalled } from './recall.ts';
import { type Listener, Telemetry, type TelemetryOptions } from './telemetry.ts';

/** What a handset needs: its end of the link, the keys of the pumps it is paired with, and what it does by its device. */
type PatientControllerOptions = Omit<TelemetryOptions, 'role' | 'listener'> & {
  /** What it makes of a reading of the pump; it reads nothing unless given. */
  readonly rules?: HandsetRules & TherapyRules;
};

/** The last bolus the handset knows to have started: until when it runs, and when time allows another, in the pump's time. */
type Given = Pick<ReplyOf<'requestBolus'>, 'ends' | 'nextBolus'>;

/** How long an answer is shown of which the pump has not said until when it holds. */
const STANDS = parseDuration('1h');

/** What became of the press before, which stayed without an answer: a bolus, nothing worth a word, or nobody knows. */
type Earlier = 'granted' | 'grantedLately' | 'unknown' | null;

const EARLIER_WORDS = {
  granted: '; the press before, which was not answered, had started a bolus',
  unknown: '; whether the press before, which was not answered, had started a bolus is not known',
} as const;

/**
 * The patient's handset: each press opens a session of its own, asks once, and closes it. One soon after a press that
 * was granted without the handset's hearing of it means the same, and asks for nothing. A handset that alarms of the
 * reservoir itself reads the pump at each press, whatever came of it; one that tells the next refill, as a bolus starts.
 */
export class PatientController implements Party {
  readonly name = 'handset';
  readonly rank = RANK.handset;
  readonly #telemetry: Telemetry;
  readonly #witness: Witness;
  readonly #clock: Clock;
  readonly #rules: (HandsetRules & TherapyRules) | undefined;
  #outcome: Outcome | 'pending' = DONE;
  /** Whether a press is still on its way, its session not yet closed. */
  #open = false;
  /** Whether the pump has let it in. */
  #inSession = false;
  /** The alarms the pump told of when it last answered. It shows them and cannot quiet them. */
  #alarms: readonly AlarmCode[] = [];
  /** Its own, which last until it reads otherwise. */
  #own: readonly AlarmCode[] = [];
  /** What it told as the last press started a bolus; nothing after any other press. */
  #fields: readonly Field[] = [];
  /** What the pump's own time was ahead of the handset's when it last answered. */
  #ahead = 0;
  #earlier: Earlier = null;
  /** Whether it was ever pressed: before, there is no outcome to show. */
  #pressed = false;
  #given: Given | null = null;
  /** When the last press was over. */
  #at: Instant = instant(0);

  constructor(options: PatientControllerOptions) {
    const { clock, witness } = options;
    this.#witness = witness;
    this.#clock = clock;
    this.#rules = options.rules;
    const listener: Listener = {
      answered: (answer) => this.#answered(answer),
      recalled: (recalled) => {
        this.#earlier = earlierOf(recalled);
        if (recalled.answer !== null) this.#note(recalled.answer);
      },
      // A grant whose closing word was lost is still a grant, and so is one after which nothing could be read.
      unanswered: (_, why) =>
        this.#end(this.#outcome === 'pending' ? byProgrammer(why === 'silence' ? 'noAnswer' : why) : this.#outcome),
    };
    this.#telemetry = new Telemetry({ ...options, role: 'patient', listener });
  }

  /** Begins a press. Throws while the one before is pending. */
  act(_act: PatientAct): void {
    if (this.#open) throw new Error('the press before this one has not been answered yet');
    this.#open = true;
    this.#inSession = false;
    this.#pressed = true;
    this.#outcome = 'pending';
    this.#alarms = [];
    this.#fields = [];
    this.#earlier = null;
    this.#telemetry.ask({ name: 'openSession' });
  }

  outcome(): Outcome | 'pending' {
    return this.#open ? 'pending' : this.#outcome;
  }

  /** What the patient reads: what was answered for as long as it holds, then no more than is still true. */
  display(): string {
    const outcome = this.outcome();
    if (!this.#pressed) return 'Ready';
    if (outcome === 'pending') return 'Asking the pump …';
    const dose = this.#dose(outcome);
    const own = this.#own.map(alarmWords).join('');
    if (this.#isReady(outcome)) return `Ready${own}`;
    if (!this.#holds(outcome)) {
      const left = this.#leftUntilNext(outcome);
      const wait = left > 0 ? waitWords(left) : '';
      return `${this.#isNews ? 'Bolus started at the press before; it is over' : 'The last dose is over'}${wait}${own}`;
    }
    const until = 'until' in outcome ? outcome.until : null;
    const wait = until === null ? '' : waitWords(until - this.#pumpNow);
    const alarms = `${own}${this.#alarms.map(alarmWords).join('')}`;
    if (this.#earlier === 'grantedLately') return `Bolus started at the press before${alarms}`;
    // Whoever presses twice is to read first that the first press was heard.
    if (dose !== null && isOfBolus(outcome)) return `Your dose is being given${wait}${alarms}`;
    const earlier = this.#earlier === null ? '' : EARLIER_WORDS[this.#earlier];
    const therapy = this.#fields.map(({ label, text }) => `; ${label}: ${text}`).join('');
    return `${reasonOf(outcome) ?? 'Bolus started'}${wait}${earlier}${therapy}${alarms}`;
  }

  /** When what is shown was answered; null where it is no answer, or none that still holds. */
  answeredAt(): Instant | null {
    const outcome = this.outcome();
    return !this.#pressed || outcome === 'pending' || this.#isReady(outcome) ? null : this.#at;
  }

  /** Whether nothing of what was answered is still worth a word. */
  #isReady(outcome: Outcome): boolean {
    return !this.#holds(outcome) && !this.#isNews && this.#leftUntilNext(outcome) <= 0;
  }

  /** Whether a bolus was given is news to whoever has just pressed again. */
  get #isNews(): boolean {
    return this.#earlier === 'grantedLately' && this.#clock.now < this.#at + STANDS;
  }

  /** How long it takes until another dose may be given after the one an answer is about; nothing where it is of none. */
  #leftUntilNext(outcome: Outcome): number {
    return (this.#dose(outcome)?.nextBolus ?? 0) - this.#pumpNow;
  }

  /** The pump's own time, as it was told last. */
  get #pumpNow(): number {
    return this.#clock.now + this.#ahead;
  }

  /** Whether an answer still says what is so, as far as the handset can know. */
  #holds(outcome: Outcome): boolean {
    const dose = this.#dose(outcome);
    if (dose !== null) return this.#pumpNow < dose.ends;
    const until = 'until' in outcome ? outcome.until : null;
    return until === null ? this.#clock.now < this.#at + STANDS : this.#pumpNow < until;
  }

  /** The dose an answer is about: just started, at the press before, or running when it was asked for again. */
  #dose(outcome: Outcome): Given | null {
    const isAgain = isOfBolus(outcome) && this.#at + this.#ahead < (this.#given?.ends ?? 0);
    return 'done' in outcome || this.#earlier === 'grantedLately' || isAgain ? this.#given : null;
  }

  /** Keeps what is told of a bolus that has started. */
  #note(answer: Answer): void {
    if (!('reply' in answer) || answer.reply.name !== 'requestBolus') return;
    const { ends, nextBolus } = answer.reply.payload;
    this.#given = { ends, nextBolus };
  }

  /** The therapy as it was told when the last press started a bolus. */
  fields(): readonly Field[] {
    return this.#fields;
  }

  /** The link is gone, and whoever carries it knows: nothing is waited for. */
  linkLost(): void {
    this.#telemetry.linkLost();
  }

  due(): Instant | undefined {
    return this.#telemetry.due();
  }

  wake(now: Instant): void {
    this.#telemetry.wake(now);
  }

  #answered(answer: Answer): void {
    if (this.#outcome !== 'pending') this.#afterwards(answer, this.#outcome);
    else if ('refused' in answer) {
      if (this.#inSession) this.#close(byPump(answer.refused));
      else this.#end(byPump(answer.refused));
    } else if (answer.reply.name === 'openSession') this.#telemetry.ask({ name: 'authenticate', payload: {} });
    else if (answer.reply.name === 'authenticate') {
      this.#inSession = true;
      this.#alarms = answer.reply.payload.alarms;
      this.#ahead = answer.reply.payload.now - this.#clock.now;
      if (this.#earlier === 'grantedLately') this.#close(byProgrammer('carriedOutBefore'));
      else this.#telemetry.ask({ name: 'requestBolus', payload: {} });
    } else {
      this.#note(answer);
      this.#close(DONE);
    }
  }

  /** What became of the press is known: what is still to be read is read, and the session closed. */
  #close(outcome: Outcome): void {
    this.#outcome = outcome;
    const reads = this.#rules?.lowReservoirBy === 'handset' || this.#tellsTherapy(outcome);
    this.#telemetry.ask({ name: reads ? 'interrogate' : 'closeSession', payload: {} });
  }

  #tellsTherapy(outcome: Outcome): boolean {
    return this.#rules?.refillForecast === 'allAllottedBoluses' && 'done' in outcome;
  }

  #afterwards(answer: Answer, outcome: Outcome): void {
    if ('reply' in answer && answer.reply.name === 'interrogate') {
      this.#read(answer.reply.payload, outcome);
      this.#telemetry.ask({ name: 'closeSession', payload: {} });
    } else this.#end(outcome);
  }

  /** Tells the therapy as a bolus starts; raises and clears its own alarms, a record an edge. */
  #read(status: Status, outcome: Outcome): void {
    if (this.#rules !== undefined && this.#tellsTherapy(outcome)) this.#fields = therapyFields(status, this.#rules);
    const before = this.#own;
    this.#own = this.#rules === undefined ? [] : handsetAlarms(status, this.#rules);
    const tell = (kind: string, code: AlarmCode) => this.#witness.tell('programmer', kind, { by: 'handset', code });
    for (const code of this.#own) if (!before.includes(code)) tell('alarmRaised', code);
    for (const code of before) if (!this.#own.includes(code)) tell('alarmCleared', code);
  }

  #end(outcome: Outcome): void {
    this.#open = false;
    this.#outcome = outcome;
    this.#at = this.#clock.now;
    this.#witness.tell('programmer', 'handset', { outcome: outcome as Json, display: this.display() });
  }

  save(): Json {
    return {
      outcome: this.#outcome as Json,
      open: this.#open,
      inSession: this.#inSession,
      pressed: this.#pressed,
      earlier: this.#earlier,
      ahead: this.#ahead,
      given: this.#given,
      at: this.#at,
      alarms: this.#alarms,
      own: this.#own,
      fields: toJson(this.#fields),
      telemetry: this.#telemetry.save(),
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      outcome: Outcome | 'pending';
      open: boolean;
      inSession: boolean;
      pressed: boolean;
      earlier: Earlier;
      ahead: number;
      given: Given | null;
      at: Instant;
      alarms: readonly AlarmCode[];
      own: readonly AlarmCode[];
      fields: readonly Field[];
      telemetry: Json;
    }>(json);
    this.#outcome = saved.outcome;
    this.#open = saved.open;
    this.#inSession = saved.inSession;
    this.#pressed = saved.pressed;
    this.#earlier = saved.earlier;
    this.#ahead = saved.ahead;
    this.#given = saved.given;
    this.#at = saved.at;
    this.#alarms = saved.alarms;
    this.#own = saved.own;
    this.#fields = saved.fields;
    this.#telemetry.load(saved.telemetry);
  }
}

const alarmWords = (code: AlarmCode): string => `; alarm: ${ALARMS[code].text}`;

const waitWords = (ms: number): string => `; possible in ${formatDuration(span(Math.max(0, ms)))}`;

/** Whether a request was refused because a bolus runs. */
const isOfBolus = (outcome: Outcome): boolean => 'refused' in outcome && outcome.refused === 'bolusRunning';

function earlierOf({ became, answer, isRecent }: Recalled): Earlier {
  if (became === 'unknown') return 'unknown';
  if (answer === null || 'refused' in answer) return null;
  return isRecent ? 'grantedLately' : 'granted';
}
