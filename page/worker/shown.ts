import { forPeople } from '../../workbench/index.ts';
import { pathOf, residualOf } from './aspirated.ts';
import type { Shown } from './protocol.ts';
import { NOWHERE, type Running } from './running.ts';
import type { Visits } from './visits.ts';

/** Everything that is to be drawn, as it stands; for an instructor, from whom nothing is hidden, or for the page. */
export function shownOf(visits: Visits, running: Running, isLeading: boolean, isInstructor: boolean): Shown {
  const { number, life } = visits;
  const { session, now, records, done, inScanner, story, lesson } = life;
  const { sim } = session;
  const roomOf = (at: number | null) => (at === null ? null : sim.localTime - now + at);
  const isHidden = life.isHiding && !isInstructor;
  return {
    now,
    localTime: sim.localTime,
    pace: running.pace,
    isLeading,
    screen: forPeople(sim.screen()),
    isOpen: session.isOpen,
    endsAt: sim.endsAt,
    read: sim.knows.status,
    serials: { record: sim.knows.serial, answering: sim.knows.answering },
    report: session.report,
    card: session.card,
    leftStopped: session.leftStopped,
    residual: residualOf(sim),
    path: pathOf(sim),
    bolusParts: sim.profile.bolusParts,
    mayBeStopped: sim.knows.mayBeStopped,
    ...(isHidden ? NOWHERE : running.cameTo(life)),
    handset: sim.display(),
    handsetAt: roomOf(sim.handsetAnsweredAt()),
    inScanner,
    states: isHidden ? {} : (sim.states ?? {}),
    records: isHidden ? 0 : records.length,
    done: done.length,
    visit: number,
    life: visits.at,
    lives: visits.lives.length,
    story,
    lesson:
      lesson === undefined ? null : { mode: lesson.mode, isOver: lesson.isOver, left: lesson.left, isHiding: isHidden },
  };
}
