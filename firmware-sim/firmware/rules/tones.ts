import { type AlarmClass, earliest, type Instant, instant, type Sound, span, sure } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { intervalOf } from './alarm-interval.ts';
import { activeAlarms, classOf } from './alarms.ts';
import { silenceOf } from './silence.ts';

/*
 * Tones are computed, never events. An alarm sounds when it is raised and then at each interval of its class; a
 * silenced one sounds again as its silence ends, and goes on from there. An alarm of the critical class that
 * sounds masks all others. Where the pattern of critical alarms changes as they go on, it counts from the first of them. At one instant tones come last: everything else has happened.
 */

interface Tone {
  readonly at: Instant;
  readonly class: AlarmClass;
  readonly sound: Sound;
}

/** How long critical alarms sound one way before they sound the other, where their pattern changes. */
const TURN = span(600_000);

/** When each active alarm of a class begins to sound: at its raise, or where its silence ends. */
function beginnings(context: PumpContext, wanted: AlarmClass): Instant[] {
  return activeAlarms(context)
    .filter(({ code }) => classOf(code) === wanted)
    .map(({ code, since }) => silenceOf(context, code, since)?.until ?? since);
}

/** The first tone of a class at or after an instant, masked or not. */
function nextOf(context: PumpContext, wanted: AlarmClass, at: Instant): Instant | undefined {
  const interval = intervalOf(context, wanted);
  const firstFrom = (start: Instant): Instant =>
    instant(at <= start ? start : start + Math.ceil((at - start) / interval) * interval);
  return earliest(beginnings(context, wanted).map(firstFrom));
}

/** How a tone that comes at an instant sounds. */
function soundOf(context: PumpContext, wanted: AlarmClass, at: Instant): Sound {
  if (wanted === 'non-critical') return 'single';
  if (context.profile.criticalTonePattern === 'twoTone') return 'two-tone';
  const begun = sure(earliest(beginnings(context, wanted)), 'alarm that a tone is for');
  const turns = Math.floor((at - begun) / TURN);
  return turns % 2 === 0 ? 'four-tones' : 'four-double-tones';
}

const toneAt = (context: PumpContext, at: Instant, wanted: AlarmClass): Tone => ({
  at,
  class: wanted,
  sound: soundOf(context, wanted, at),
});

/** The first tone at or after an instant if nothing changes until then; undefined where nothing will sound. */
export function nextTone(context: PumpContext, at: Instant): Tone | undefined {
  const maskedFrom = earliest(beginnings(context, 'critical'));
  const plain = nextOf(context, 'non-critical', at);
  if (plain !== undefined && (maskedFrom === undefined || plain < maskedFrom)) {
    return toneAt(context, plain, 'non-critical');
  }
  const critical = nextOf(context, 'critical', at);
  return critical === undefined ? undefined : toneAt(context, critical, 'critical');
}

/** All tones from one instant up to, but not including, another, if nothing changes in between. */
export function tonesIn(context: PumpContext, from: Instant, to: Instant): readonly Tone[] {
  const tones: Tone[] = [];
  for (let tone = nextTone(context, from); tone !== undefined && tone.at < to; ) {
    tones.push(tone);
    tone = nextTone(context, instant(tone.at + 1));
  }
  return tones;
}
