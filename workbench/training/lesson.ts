import type { ExecutorName } from '../../firmware-sim/index.ts';
import {
  after,
  type Duration,
  didYouMean,
  formatDuration,
  type Instant,
  span,
  type WallClock,
} from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { recordText } from '../lines.ts';
import type { CourseOptions } from '../scenario/course.ts';
import { LineError, readLine } from '../session/read-line.ts';
import { type Reply, Session } from '../session/session.ts';
import type { ViewName } from '../session/vocabulary.ts';
import { actSentence, Teller } from '../tell.ts';
import type { TraceRecord } from '../trace.ts';
import type { Debrief, DebriefLine, DebriefMoment, Evidence, Mode } from './debrief.ts';
import type { Done } from './deeds.ts';
import type { LoadedCase } from './document.ts';
import { HarmWatch } from './harm.ts';
import { Judge } from './judge.ts';
import type { ScriptStep } from './schema.ts';

export interface LessonOptions {
  /** What the trace calls the case. */
  readonly id: string;
  readonly version: string;
  readonly mode: Mode;
  /** Who takes it, as he or she wants to be called. */
  readonly learner?: string;
  readonly executor?: ExecutorName;
  readonly onHeader?: CourseOptions['onHeader'];
  readonly onRecord?: (record: TraceRecord) => void;
}

/** What shows what nobody at the bedside can see: nothing for an assessment. */
const HIDDEN: readonly ViewName[] = ['belief', 'truth', 'why', 'log', 'history'];
/** What is of a story, which a case has none of. */
const NO_STORY: readonly ViewName[] = ['next', 'skip'];

/** Words of a lesson beside those of a session. */
export const LESSON_WORDS = {
  briefing: 'who, where and what for, and what the patient says',
  hint: 'what might help now (practice)',
  measure: 'does something beside the pump that the case offers: measure NAME; without one, what there is',
  done: 'says that there is nothing left to do: the rest of the time passes, then comes the debrief',
} as const;

/** How often it is looked what the patient has of each drug. */
const LOOKS = span(15 * 60_000);

const WHO: readonly string[] = ['clinician', 'patient', 'hands'];

/**
 * A learner's visit to a pump that has something to be found out: a session that watches what is done, keeps what must
 * stay hidden, and judges it by the rubric of the case.
 */
export class Lesson {
  readonly #case: LoadedCase;
  readonly #options: LessonOptions;
  readonly #session: Session;
  readonly #judge: Judge;
  readonly #harm = new HarmWatch();
  readonly #teller = new Teller();
  readonly #decisions = new Set<number>();
  readonly #began: Instant;
  readonly #hinted: string[] = [];
  /** What was done beside the pump. */
  readonly #measured: { readonly t: Instant; readonly localTime: WallClock; readonly text: string }[] = [];
  #saidDone: Duration | undefined;

  constructor(loaded: LoadedCase, options: LessonOptions) {
    const { id, version, mode, executor, onHeader, onRecord } = options;
    [this.#case, this.#options] = [loaded, options];
    let taking = false;
    this.#session = new Session(loaded.opening, {
      id,
      version,
      seed: loaded.seed,
      tells: mode === 'assessment' ? 'seen' : 'all',
      ...(executor === undefined ? {} : { executor }),
      ...(onHeader === undefined ? {} : { onHeader }),
      onRecord: (record, sim) => {
        onRecord?.(record);
        // What is done past the end is nobody's.
        if (!taking || record.t > this.#ends) return;
        this.#teller.take(record, sim);
        this.#judge.take(record, this.#session.view);
      },
      // What was so before the learner came in is nobody's harm, and costs as much to work out.
      sampler: (truth, now) => {
        if (taking && now <= this.#ends) this.#harm.look(truth(), now);
      },
      sampleEvery: LOOKS,
    });
    const { of } = this.#session.story;
    this.#session.line(`next ${of}`);
    if (this.#session.stillborn || this.#session.missed > 0)
      throw new Error(`${id}: its beginning does not go as it says: ${this.#session.line('screen').text}`);
    this.#began = this.#session.sim.now;
    this.#judge = new Judge(loaded.lesson.rubric, this.#began);
    this.#harm.begin(this.#session.sim.truth(), this.#began);
    taking = true;
  }

  /** What the learner reads first. */
  get greeting(): string {
    const { title, briefing, complaint, ends } = this.#case.lesson;
    return [title, '', briefing.trim(), '', complaint.trim(), '', `You have ${formatDuration(ends)}.`].join('\n');
  }

  get prompt(): string {
    return this.#session.prompt;
  }

  /** The pump and all around it, to be looked at. */
  get sim(): Session['sim'] {
    return this.#session.sim;
  }

  /** Whether the case is over: then there is a debrief, and nothing more can be done. */
  get isOver(): boolean {
    return this.#session.sim.now >= this.#ends;
  }

  get #ends(): Instant {
    return after(this.#began, this.#case.lesson.ends);
  }

  /** Does a step of a script. */
  play(step: ScriptStep): Reply {
    return this.line('measure' in step ? `measure ${step.measure}` : JSON.stringify(step));
  }

  /** Does what a line says, as a session does, but what would tell more than the mode allows. */
  line(text: string, elapsed = 0): Reply {
    const word = text.trim();
    if (this.isOver) return refusal('the case is over: expected nothing more');
    if (word === 'briefing') return told(this.greeting);
    if (word === 'hint') return this.#hint();
    if (word === 'done') return this.#done();
    if (/^measure\b/.test(word)) return this.#measure(word.slice('measure'.length).trim());
    const wrong = this.#notAllowed(text);
    if (wrong !== undefined) return refusal(wrong);
    const before = this.#session.records.length;
    const reply = this.#session.line(text, elapsed);
    this.#take(this.#session.records.slice(before), reply);
    return reply;
  }

  /** Lets time pass with nothing done, at most until the case is over. */
  pass(goesOn: () => boolean, most: Duration): { readonly text: string; readonly passed: Duration } {
    const left = span(Math.max(0, this.#ends - this.#session.sim.now));
    return this.#session.pass(goesOn, span(Math.min(most, left)));
  }

  /** Ends the watch of the always-true rules: what they have to say. */
  finish(): string {
    return this.#session.finish();
  }

  get breaches(): Session['breaches'] {
    return this.#session.breaches;
  }

  /** The lesson so far as the text of a scenario. */
  recorded(): string {
    return this.#session.recorded();
  }

  /** What became of it; once the case is over. */
  debrief(): Debrief {
    const { id, version, mode, learner } = this.#options;
    const { lesson, seed, values } = this.#case;
    const { harm } = this.#harm;
    const judged = this.#judge.judged(this.#session.view, harm);
    const rubric = lesson.rubric.map((line): DebriefLine => {
      const { met = false, why = '', record } = judged.get(line.id) ?? {};
      const { must = true, points = 1, says, expert } = line;
      const evidence = record === undefined ? null : this.#evidence(record);
      return { id: line.id, says, met, must, points, why, evidence, expert };
    });
    const sum = (lines: readonly DebriefLine[]) => lines.reduce((all, { points }) => all + points, 0);
    return {
      debrief: 'thecal.debrief/1',
      thecal: version,
      case: { id, title: lesson.title },
      seed,
      mode,
      learner: learner ?? null,
      passed: rubric.every(({ met, must }) => met || !must),
      points: sum(rubric.filter(({ met }) => met)),
      of: sum(rubric),
      began: this.#localTime(this.#began),
      lasted: this.#session.sim.now - this.#began,
      saidDone: this.#saidDone ?? null,
      hints: this.#hinted,
      values,
      hidden: lesson.hidden.trim(),
      rubric,
      timeline: this.#timeline,
      harm,
    };
  }

  get #timeline(): readonly DebriefMoment[] {
    const moments = this.#teller.moments.map(({ t, localTime, happened, believed, true: really }) => ({
      t: t - this.#began,
      localTime,
      decision: this.#decisions.has(t),
      happened,
      believed,
      true: really,
    }));
    const measured = this.#measured.map(({ t, localTime, text }) => ({
      t: t - this.#began,
      localTime,
      decision: true,
      happened: [text],
      believed: '',
      true: '',
    }));
    return [...moments, ...measured].sort((a, b) => a.t - b.t);
  }

  /** What the clocks of the place showed then, unless they have been moved since. */
  #localTime(t: number): Debrief['began'] {
    const { localTime, now } = this.#session.sim;
    return span(localTime - (now - t));
  }

  #evidence(record: TraceRecord): Evidence {
    const { n, t, layer, kind } = record;
    const drug = this.#session.sim.belief().prescription?.drugs[0]?.name;
    if (kind === 'measure') {
      const { type } = fieldsOf(record);
      return { n, localTime: this.#localTime(t), text: this.#case.lesson.measures?.[String(type)] ?? '' };
    }
    const text = layer === 'act' ? actSentence(kind, fieldsOf(record), drug) : recordText(record);
    return { n, localTime: this.#localTime(t), text };
  }

  /** What of a line's records the learner did, and whether it was refused. */
  #take(records: readonly TraceRecord[], { outcome }: Reply): void {
    if (outcome === undefined) return;
    const record = records.findLast(({ layer, kind }) => layer === 'act' && WHO.includes(kind));
    if (record === undefined) return;
    this.#decisions.add(record.t);
    const done: Done = { record, refused: 'refused' in outcome ? outcome.refused : undefined };
    this.#judge.did(done);
  }

  /** Why a line is not for a learner; undefined where it is. */
  #notAllowed(text: string): string | undefined {
    try {
      const line = readLine(text);
      if (line.kind === 'view') {
        if (NO_STORY.includes(line.view)) return `${line.view}: a case has no story to be played`;
        return this.#isAssessed && HIDDEN.includes(line.view)
          ? `${line.view}: not before the debrief: find it out at the bedside or with the programmer`
          : undefined;
      }
      if (line.kind !== 'step') return undefined;
      if (line.step.world !== undefined) return 'world: what breaks is for the case to decide';
      if (this.#isAssessed && (line.step.expect !== undefined || line.step.until !== undefined))
        return 'expect, until: not before the debrief: expected an act, or a time such as "after 2h"';
      return undefined;
    } catch (error) {
      // What is no line at all is told by the session.
      if (error instanceof LineError) return undefined;
      throw error;
    }
  }

  get #isAssessed(): boolean {
    return this.#options.mode === 'assessment';
  }

  #hint(): Reply {
    if (this.#isAssessed) return refusal('hint: none in an assessment');
    const since = this.#session.sim.now - this.#began;
    const { hints = [] } = this.#case.lesson;
    const open = hints.filter(({ unless }) => unless === undefined || !this.#judge.isMet(unless));
    const now = open.find(({ after, say }) => after <= since && !this.#hinted.includes(say));
    if (now === undefined) return told('No hint now.');
    this.#hinted.push(now.say);
    return told(now.say);
  }

  /** Does something beside the pump: it is noted, and changes neither pump nor patient. */
  #measure(name: string): Reply {
    const { measures = {} } = this.#case.lesson;
    const names = Object.keys(measures);
    const list = names.map((each) => `${each}: ${measures[each]}`).join('\n');
    if (name === '') return told(list || 'This case offers nothing beside the pump.');
    const text = Object.hasOwn(measures, name) ? measures[name] : undefined;
    if (text === undefined)
      return refusal(`measure: "${name}": expected one of ${names.join(', ') || 'none'}${didYouMean(names, name)}`);
    const { now, localTime } = this.#session.sim;
    const n = this.#session.records.at(-1)?.n ?? 0;
    const record: TraceRecord = { n, t: now, layer: 'act', kind: 'measure', data: { type: name } };
    this.#measured.push({ t: now, localTime, text });
    this.#judge.did({ record, refused: undefined });
    return told(`Noted: ${text}`);
  }

  #done(): Reply {
    this.#saidDone = span(this.#session.sim.now - this.#began);
    return told(this.pass(() => true, this.#case.lesson.ends).text);
  }
}

const told = (text: string): Reply => ({ text, problem: undefined, outcome: undefined, quit: false });
const refusal = (problem: string): Reply => ({ text: '', problem, outcome: undefined, quit: false });
