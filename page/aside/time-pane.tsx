import { useRef, useState } from 'preact/hooks';
import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { TEXT, TIME } from '../text.ts';
import type { Asked, Point, Shown } from '../worker/protocol.ts';
import { jump, lead } from './jumps.ts';
import { deedText } from './line-text.ts';
import { cameText, isAssessed, roomTime } from './time.tsx';

/** Most deeds that are listed: the last ones. */
const MOST = 60;
const HOUR = 3_600_000;

const NOTHING_DONE: Asked['timeline']['gets'] = { done: [], lives: [] };

/** What is typed of where to jump: it stays when another pane is looked at. */
export interface TimeDraft {
  readonly days: string;
  readonly hours: string;
  readonly instant: string;
}

interface Props {
  readonly shown: Shown;
  readonly desk: Desk;
  readonly draft: TimeDraft;
  readonly onDraft: (draft: TimeDraft) => void;
}

/** Jumps through time, the time line of what was done, and the lives beside this one. */
export function TimePane({ shown, desk, draft, onDraft }: Props) {
  const { got: { done, lives } = NOTHING_DONE } = useAsked(desk, 'timeline', null, [
    shown.done,
    shown.visit,
    shown.lives,
  ]);
  const [told, setTold] = useState('');
  const doIt = async (work: () => Promise<unknown>, while_ = '') => {
    setTold(while_);
    try {
      await work();
      setTold('');
    } catch (error) {
      setTold(error instanceof Error ? error.message : `${error}`);
    }
  };
  // Pressed again before the first jump has got there, it goes on from where that one leads to.
  const last = useRef<{ readonly shown: Shown; readonly to: number } | undefined>(undefined);
  const jumpBy = (span: number) => {
    const { current } = last;
    const isUnderway = current !== undefined && (current.shown === shown || shown.pace === 'top');
    const to = (isUnderway ? current.to : shown.now) + span;
    last.current = { shown, to };
    void doIt(() => jump(desk, { to }));
  };
  const go = (how: 'rewind' | 'branch', point: Point) => doIt(() => lead(desk, how, point), TIME.leading);
  const deeds = done.map((deed, index) => ({ ...deed, index })).slice(-MOST);
  return (
    <section class="form" aria-label={TIME.title}>
      <h2>{TIME.ahead}</h2>
      <div class="row">
        {TIME.spans.map(([name, span]) => (
          <button key={name} type="button" onClick={() => jumpBy(span)}>
            {name}
          </button>
        ))}
      </div>
      <BySpan draft={draft} onDraft={onDraft} onSpan={jumpBy} />
      <ToInstant
        shown={shown}
        typed={draft.instant}
        onTyped={(instant) => onDraft({ ...draft, instant })}
        onFuture={(to) => void doIt(() => jump(desk, { to }))}
        onPast={(how, at) => void go(how, { at })}
        onWrong={() => setTold(TIME.noDate)}
      />
      <output class="told-once">{told || cameText(shown)}</output>
      <h2>{TIME.line}</h2>
      {deeds.length === 0 ? <p>{TIME.nothing}</p> : null}
      <ol class="deeds">
        {deeds.toReversed().map(({ room, index, ...deed }) => (
          <li key={index}>
            <span>
              {/* When it was done: what waits first is done once it has waited. */}
              <small>{roomTime(room + deed.to - deed.from)}</small> {deedText(deed)}
            </span>
            {isAssessed(shown) ? null : (
              <>
                <button
                  type="button"
                  aria-label={`${TIME.before}: ${deedText(deed)}`}
                  onClick={() => void go('rewind', { done: index })}
                >
                  {TIME.backShort}
                </button>
                <button
                  type="button"
                  aria-label={`${TIME.branch}: ${deedText(deed)}`}
                  onClick={() => void go('branch', { done: index })}
                >
                  {TIME.branchShort}
                </button>
              </>
            )}
          </li>
        ))}
      </ol>
      <h2>{TIME.lives}</h2>
      <ul class="lives">
        {lives.map(({ title, localTime }, life) => (
          <li key={life}>
            <button
              type="button"
              aria-pressed={life === shown.life}
              onClick={() => void doIt(() => desk.ask('life', { life }))}
            >
              {life + 1}. {title} <small>{roomTime(life === shown.life ? shown.localTime : localTime)}</small>
            </button>
            {lives.length === 1 ? null : (
              <button
                type="button"
                aria-label={`${TIME.close}: ${life + 1}. ${title}`}
                onClick={() => void doIt(() => desk.ask('close', { life }))}
              >
                {TIME.close}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A span, typed in days and hours. */
function BySpan({ draft, onDraft, onSpan }: Omit<Props, 'shown' | 'desk'> & { onSpan: (span: number) => void }) {
  const { days, hours } = draft;
  const span = Math.round((Number(days) * 24 + Number(hours)) * HOUR);
  const box = (value: string, set: (value: string) => void, unit: string) => (
    <label>
      <input class="short" inputMode="decimal" value={value} onInput={(event) => set(event.currentTarget.value)} />{' '}
      {unit}
    </label>
  );
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (span > 0) onSpan(span);
      }}
    >
      {box(days, (days) => onDraft({ ...draft, days }), TEXT.days)}
      {box(hours, (hours) => onDraft({ ...draft, hours }), TEXT.hours)}
      <button type="submit" disabled={!(span > 0)}>
        {TIME.jump}
      </button>
    </form>
  );
}

interface ToInstantProps {
  readonly shown: Shown;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly onFuture: (to: number) => void;
  readonly onPast: (how: 'rewind' | 'branch', at: number) => void;
  readonly onWrong: () => void;
}

/** A date and time, typed or chosen on the line of what has passed: ahead time is jumped, behind it is gone back. */
function ToInstant({ shown: { now, localTime }, typed, onTyped, onFuture, onPast, onWrong }: ToInstantProps) {
  const meant = now + Date.parse(`${typed}Z`) - localTime;
  // The minute in which the pump was switched on begins before that.
  const at = meant > -60_000 ? Math.max(0, meant) : meant;
  const written = (instant: number) => new Date(localTime - now + instant).toISOString().slice(0, 16);
  const isPast = at >= 0 && at <= now;
  const go = () => {
    if (isPast) onPast('rewind', at);
    else if (at > now) onFuture(at);
    else onWrong();
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <label class="field">
        <strong>{TIME.past}</strong>
        <input
          type="range"
          min={0}
          max={now}
          step={Math.max(1, Math.round(now / 200))}
          value={isPast ? at : now}
          aria-valuetext={typed.replace('T', ' ')}
          onInput={(event) => onTyped(written(Number(event.currentTarget.value)))}
        />
      </label>
      <label class="field">
        <strong>{TIME.instant}</strong>
        <input type="datetime-local" value={typed} onInput={(event) => onTyped(event.currentTarget.value)} />
        <span class="hint">{TIME.instantHint}</span>
      </label>
      <div class="row">
        <button type="submit" disabled={typed === ''}>
          {TIME.go}
        </button>
        <button type="button" disabled={!isPast} onClick={() => onPast('branch', at)}>
          {TIME.branch}
        </button>
      </div>
    </form>
  );
}
