import type { Finding } from '../../firmware-sim/index.ts';
import { type Duration, formatDuration, type Instant, instant, span } from '../../shared/index.ts';
import { actSentence } from '../tell.ts';
import type { Reply, Session } from './session.ts';
import { momentsText } from './telling.ts';

const SILENT: Finding = 'noTone';

/**
 * Listens to the pump, and lets that time pass. What will sound is known until something changes it, so from then on it is
 * listened to anew, which `each` is told of; the reply is of the whole time, and of all that was heard in it.
 */
export function listenFor(
  session: Pick<Session, 'sim' | 'step' | 'pass'>,
  most: Duration,
  each: (reply: Reply) => void = () => {},
): Reply {
  const { sim } = session;
  const { localTime } = sim;
  const end = sim.now + most;
  const heard = new Set<Finding>();
  do {
    const still = span(asKnown(sim, instant(end)) - sim.now);
    const reply = session.step({ hands: { listen: formatDuration(still) } });
    const { outcome } = reply;
    if (outcome === undefined || 'refused' in outcome) return reply;
    each(reply);
    for (const sound of 'found' in outcome ? (outcome.found ?? []) : []) heard.add(sound);
    session.pass(() => true, still);
  } while (sim.now < end);
  if (heard.size > 1) heard.delete(SILENT);
  const found = [...heard];
  const happened = [
    actSentence('hands', { type: 'listen', for: most }, undefined),
    actSentence('found', { found }, undefined),
  ];
  return {
    text: momentsText([{ localTime, happened }]).join('\n'),
    problem: undefined,
    outcome: { done: true, found },
    quit: false,
  };
}

/** Until when the pump sounds as it is known now if nothing is done, at most to an instant. */
function asKnown(sim: Session['sim'], end: Instant): Instant {
  const ahead = sim.fork();
  let { nextTone: next } = ahead.belief();
  ahead.until(() => {
    const before = next;
    next = ahead.belief().nextTone;
    const hasSounded = before !== null && before.at < ahead.now;
    return before?.sound !== next?.sound || (before?.at !== next?.at && !hasSounded);
  }, end);
  return ahead.now;
}
