import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { later } from '../later.tsx';
import { Groups, Panel, Warnings } from '../parts/parts.tsx';
import { EDITS, PAPERS, TEXT } from '../text.ts';
import { type ClinicianAct, isRefused, type Reply, type Visit } from '../visit.ts';
import { Begun, Leaving, Pending } from './edits.tsx';
import { isTyped, useLapse } from './lapse.ts';
import { isPaper, LastPapers, PAPER_NAMES, Printed } from './printed.tsx';
import { Refusal, warningsApart } from './refusal.tsx';
import { PumpClock, Serial } from './serial.tsx';
import { LeftStopped, StatusBanner, StillProgrammed, Vital } from './status.tsx';
import { useUntold } from './untold.ts';
import { type Done, DoneNews } from './update.tsx';
import { goneTo, isRefillLeft, isTypedApart, type Place, refillOf, type Work, withoutRefill } from './work.ts';
import { WorkflowMenu } from './workflow-menu.tsx';

const Workflow = later(async () => (await import('./workflows.tsx')).Workflow);
const Finish = later(async () => (await import('./workflows.tsx')).Finish);

interface Props {
  readonly visit: Visit;
  readonly work: Work;
  readonly onWork: (part: (work: Work) => Partial<Work>) => void;
}

const isLeftStopped = ({ status }: Visit): boolean => status?.stopped != null && status.service !== 'shelf';
/** Whether it was asked to deliver, and does not. */
const isStanding = ({ screen }: Visit): boolean => screen.fields.some(({ name }) => name === 'notDelivering');

/** The programmer as the clinician has it in hand. */
export function Clinician({ visit, work, onWork }: Props) {
  const { place } = work;
  const typed = isTyped(work);
  const [wanted, setWanted] = useState<Place | 'away'>();
  const [leaving, setLeaving] = useState<'stopped' | 'standing' | 'untold'>();
  const [done, setDone] = useState<Done>();
  const [reply, setReply] = useState<Reply>();
  const main = useRef<HTMLElement>(null);
  // What stands after an act is another visit than the one the act was done in.
  const latest = useRef(visit);
  latest.current = visit;
  const { screen, isOpen } = visit;
  const { hasLapsed, isRestored, left } = useLapse(visit, work, onWork, () => {
    setWanted(undefined);
    setLeaving(undefined);
    setDone(undefined);
  });
  const isFinish = screen.title === 'Finish';
  const isStopped = isLeftStopped(visit) || isStanding(visit);
  const isEdited = isTypedApart(work) || screen.can.includes('discard');
  const untold = useUntold(visit, work);
  const latestUntold = useRef(untold);
  latestUntold.current = untold;
  const isInForm = place !== 'status' && !isPaper(place);
  const arrive = (at: Place, news?: Done) => {
    onWork((now) => goneTo(at, now));
    setLeaving(undefined);
    left();
    setDone(news);
    setReply(undefined);
  };
  // What has just come is seen from its beginning, before anybody can have gone on in it.
  useLayoutEffect(() => main.current?.scrollTo(0, 0), [place, isFinish, done]);
  const act = async (word: ClinicianAct) => {
    const answer = await visit.act({ clinician: word });
    setReply(answer);
    return answer;
  };
  const end = async () => {
    setLeaving(undefined);
    await act('endSession');
  };
  const go = async (to: Place | 'away') => {
    if (to !== 'away') return arrive(to);
    // A stop that is still on its way is not left behind unseen.
    await visit.settled();
    if (isLeftStopped(latest.current)) setLeaving('stopped');
    else if (isStanding(latest.current)) setLeaving('standing');
    else if (latestUntold.current !== undefined) setLeaving('untold');
    else await end();
  };
  const discard = async () => {
    if (screen.can.includes('discard')) await act('discard');
    // What is typed of a refill stays until it is discarded by itself.
    onWork(({ typed }) => ({ typed: refillOf(typed) }));
  };
  const dropRefill = () => onWork((now) => ({ typed: withoutRefill(now.typed) }));
  const want = (to: Place | 'away') => {
    if (to === place && !isFinish) return;
    if (isEdited || (to === 'away' && typed)) setWanted(to);
    else void go(to);
  };
  // A refusal stands once on the screen: beside what was asked for, where that is still there.
  const isShown = reply !== undefined && isRefused(reply);
  const warnings = isShown || isInForm ? warningsApart(visit) : screen.warnings;
  if (!isOpen)
    return (
      <main ref={main}>
        {visit.leftStopped === null ? null : <LeftStopped {...visit.leftStopped} />}
        {visit.mayBeStopped ? (
          <div class="banner stopped" role="alert">
            <strong>■ {TEXT.mayBeStopped}</strong>
            <span>{TEXT.mayBeStoppedDo}</span>
          </div>
        ) : null}
        <Panel title={TEXT.connect}>
          <div class="form">
            <p>{TEXT.connectAbout}</p>
            <Serial visit={visit} />
            <div class="row">
              <button type="button" class="main" onClick={() => void act('interrogate')}>
                {TEXT.interrogate}
              </button>
              {screen.can.includes('registerPump') ? (
                <button type="button" onClick={() => void act('registerPump')}>
                  {TEXT.register}
                </button>
              ) : null}
            </div>
            {/* Below what is pressed, which stays where it is. */}
            {hasLapsed ? (
              <p role="status">
                {TEXT.lapsed} {typed ? TEXT.lapsedKept : null}
              </p>
            ) : null}
            <Refusal reply={reply} visit={visit} />
            <Warnings warnings={isShown ? warningsApart(visit) : screen.warnings} />
          </div>
        </Panel>
        {visit.report === undefined || visit.mayBeStopped ? null : <LastPapers visit={visit} />}
      </main>
    );
  return (
    <main ref={main}>
      <StatusBanner fields={screen.fields} />
      {untold === undefined || isFinish || leaving === 'untold' ? null : (
        <StillProgrammed fluid={untold} onGoOn={place === 'concentration' ? undefined : () => want('concentration')} />
      )}
      <div class="compared">
        <Serial visit={visit} />
        <PumpClock visit={visit} />
      </div>
      <nav class="row" aria-label={TEXT.places}>
        <button type="button" aria-pressed={place === 'status' && !isFinish} onClick={() => want('status')}>
          {TEXT.status}
        </button>
        {PAPER_NAMES.map((name) => (
          <button key={name} type="button" aria-pressed={place === name} onClick={() => want(name)}>
            {PAPERS[name]}
          </button>
        ))}
        <button type="button" onClick={() => void act('interrogate')}>
          {TEXT.readAgain}
        </button>
        <span class="grow" />
        <button type="button" class={isStopped ? 'stop' : ''} onClick={() => want('away')}>
          {TEXT.endSession}
        </button>
      </nav>
      {wanted === undefined ? null : (
        <Leaving
          title={EDITS.left}
          stay={EDITS.stay}
          leave={EDITS.leave}
          onStay={() => setWanted(undefined)}
          onLeave={() => {
            setWanted(undefined);
            void discard().then(() => go(wanted));
          }}
        />
      )}
      {leaving === 'stopped' || leaving === 'standing' ? (
        <Leaving
          title={leaving === 'stopped' ? TEXT.leaveStopped : TEXT.leaveStanding}
          stay={TEXT.stay}
          leave={leaving === 'stopped' ? TEXT.leaveStoppedDo : TEXT.leaveStandingDo}
          onStay={() => setLeaving(undefined)}
          onLeave={() => (untold === undefined ? void end() : setLeaving('untold'))}
        />
      ) : null}
      {leaving === 'untold' && untold !== undefined ? (
        <Leaving
          title={`${TEXT.still(untold)}. ${TEXT.stillDo}`}
          stay={TEXT.stillGoOn}
          leave={TEXT.stillLeave}
          onStay={() => {
            setLeaving(undefined);
            if (place !== 'concentration') arrive('concentration');
          }}
          onLeave={() => void end()}
        />
      ) : null}
      {done === undefined ? null : <DoneNews done={done} fields={screen.fields} />}
      <Refusal reply={reply} visit={visit} />
      {/* Whoever is asked whether to leave is not asked twice. */}
      {wanted === undefined ? <Pending visit={visit} isInForm={isInForm} onAct={(word) => void act(word)} /> : null}
      {isRefillLeft(work) && wanted === undefined ? (
        <Begun onGoOn={() => want(work.refillAt)} onDiscard={dropRefill} />
      ) : null}
      {isFinish ? (
        <Finish
          visit={visit}
          onDone={(news) => arrive('status', news)}
          onDiscard={() => void discard().then(() => arrive('status'))}
          {...(isInForm ? { onBack: () => void act('discard') } : {})}
        />
      ) : null}
      {place === 'status' && !isFinish ? (
        <>
          <Vital visit={visit} warnings={warnings.length} />
          <WorkflowMenu onWorkflow={want} />
          {/* Below what is pressed, which stays where it is. */}
          <Warnings warnings={warnings} />
          <Groups fields={screen.fields} />
        </>
      ) : null}
      {place === 'status' || isFinish ? null : <Warnings warnings={warnings} />}
      {isPaper(place) && !isFinish ? <Printed visit={visit} name={place} /> : null}
      {place === 'status' || isPaper(place) ? null : (
        // What stands in its forms is still there if one comes back from the Finish screen.
        <div class="stack" hidden={isFinish}>
          {isRestored ? (
            <p class="banner edits" role="status">
              {TEXT.restored}
            </p>
          ) : null}
          <Workflow name={place} visit={visit} onWorkflow={want} onFilled={dropRefill} onDone={() => want('status')} />
        </div>
      )}
    </main>
  );
}
