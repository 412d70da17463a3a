import {
  type Answer,
  digestOf,
  fromJson,
  hexToBytes,
  type Instant,
  type Json,
  type ReplyOf,
  type Request,
  readAnswer,
  span,
  toJson,
} from '../shared/index.ts';

/** A request, the frame it went in, and whose pump it was for. */
export interface Sent {
  readonly request: Request;
  readonly serial: string;
  readonly session: number;
  readonly sequence: number;
  readonly at: Instant;
}

/** A command without an answer, and what became of it: its answer, or that it never arrived, or that nobody knows. */
export interface Recalled {
  readonly request: Request;
  readonly became: ReplyOf<'recall'>['became'];
  readonly answer: Answer | null;
  /** Whether it was sent so lately that whoever gives it again means the same. */
  readonly isRecent: boolean;
}

/** So long somebody who gives a command again means the one that was lost. Assumed. */
export const RECENT = span(600_000);

/** What became of a command by the pump's word; unknown where it gave none that can be read. */
export function recalledOf({ request, at }: Sent, given: Answer, now: Instant): Recalled {
  const isRecent = now - at <= RECENT;
  const unknown = { request, became: 'unknown', answer: null, isRecent } as const;
  if ('refused' in given || given.reply.name !== 'recall') return unknown;
  const { became, answer } = given.reply.payload;
  if (answer === null) return { request, became, answer: null, isRecent };
  const read = readAnswer(request.name, answer.type, hexToBytes(answer.payload));
  return 'error' in read ? unknown : { request, became, answer: read as Answer, isRecent };
}

/** Commands without an answer, of sessions that are over: the last one for each pump. */
export class Unresolved {
  #sent: readonly Sent[] = [];

  /** The command that a pump may never have got. */
  of(serial: string | undefined): Sent | undefined {
    return this.#sent.find((each) => each.serial === serial);
  }

  add(sent: Sent): void {
    this.#sent = [...this.#sent.filter(({ serial }) => serial !== sent.serial), sent];
  }

  settle(sent: Sent): void {
    this.#sent = this.#sent.filter((each) => each !== sent);
  }

  save(): Json {
    return toJson(this.#sent);
  }

  load(json: Json): void {
    this.#sent = fromJson<readonly Sent[]>(json);
  }
}

/** Whether it put a prescription in force: what was edited for it is not pending any more. */
export const isCommitted = (recalled: Recalled | null): boolean =>
  recalled?.request.name === 'commitUpdate' && recalled.answer !== null && !('refused' in recalled.answer);

/** Whether two requests ask for the same. */
export const isSame = (one: Request, other: Request): boolean => digestOf(toJson(one)) === digestOf(toJson(other));
