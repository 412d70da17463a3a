import { useEffect, useRef, useState } from 'preact/hooks';
import { Groups, Panel, Warnings } from '../parts/parts.tsx';
import { EDITS, TEXT } from '../text.ts';
import { type ClinicianAct, isRefused, type Reply, type Visit } from '../visit.ts';
import { Leaving, Pending } from './edits.tsx';
import { Finish } from './finish.tsx';
import { Report } from './one-acts.tsx';
import { Refusal, warningsApart } from './refusal.tsx';
import { Serial } from './serial.tsx';
import { StatusBanner } from './status.tsx';
import { type Done, DoneNews } from './update.tsx';
import { Workflow, WorkflowMenu, type WorkflowName } from './workflows.tsx';

type Place = WorkflowName | 'status' | 'report';

const isLeftStopped = ({ status }: Visit): boolean => status?.stopped != null && status.service !== 'shelf';

/** The programmer as the clinician has it in hand. */
export function Clinician({ visit }: { visit: Visit }) {
  const [place, setPlace] = useState<Place>('status');
  const [wanted, setWanted] = useState<Place | 'away'>();
  const [leaving, setLeaving] = useState(false);
  const [typed, setTyped] = useState(false);
  const [done, setDone] = useState<Done>();
  const [reply, setReply] = useState<Reply>();
  const main = useRef<HTMLElement>(null);
  // What stands after an act is another visit than the one the act was done in.
  const latest = useRef(visit);
  latest.current = visit;
  const { screen, isOpen } = visit;
  const isFinish = screen.title === 'Finish';
  const isStopped = isLeftStopped(visit);
  const isEdited = typed || screen.can.includes('discard');
  const isInForm = place !== 'status' && place !== 'report';
  const arrive = (at: Place, news?: Done) => {
    setPlace(at);
    setDone(news);
    setTyped(false);
    setReply(undefined);
  };
  // Where a session has ended, whoever ended it, the next one begins with the status.
  useEffect(() => {
    if (isOpen) return;
    setPlace('status');
    setDone(undefined);
    setTyped(false);
    setWanted(undefined);
    setLeaving(false);
  }, [isOpen]);
  // What has just come is seen from its beginning.
  useEffect(() => main.current?.scrollTo(0, 0), [place, isFinish, done]);
  const act = async (word: ClinicianAct) => {
    const answer = await visit.act({ clinician: word });
    setReply(answer);
    return answer;
  };
  const end = async () => {
    setLeaving(false);
    await act('endSession');
  };
  const go = async (to: Place | 'away') => {
    if (to !== 'away') return arrive(to);
    // A stop that is still on its way is not left behind unseen.
    await visit.settled();
    if (isLeftStopped(latest.current)) setLeaving(true);
    else await end();
  };
  const discard = async () => {
    if (screen.can.includes('discard')) await act('discard');
    setTyped(false);
  };
  const want = (to: Place | 'away') => {
    if (to === place && !isFinish) return;
    if (isEdited) setWanted(to);
    else void go(to);
  };
  // A refusal stands once on the screen: beside what was asked for, where that is still there.
  const isShown = reply !== undefined && isRefused(reply);
  if (!isOpen)
    return (
      <main ref={main}>
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
            <Warnings warnings={isShown ? warningsApart(visit) : screen.warnings} />
            <Refusal reply={reply} visit={visit} />
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
          </div>
        </Panel>
        {visit.report === undefined || visit.mayBeStopped ? null : <Report visit={visit} />}
      </main>
    );
  return (
    <main ref={main}>
      <StatusBanner fields={screen.fields} />
      <Serial visit={visit} />
      <nav class="row" aria-label={TEXT.places}>
        <button type="button" aria-pressed={place === 'status' && !isFinish} onClick={() => want('status')}>
          {TEXT.status}
        </button>
        <button type="button" aria-pressed={place === 'report'} onClick={() => want('report')}>
          {TEXT.report}
        </button>
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
      {leaving ? (
        <Leaving
          title={TEXT.leaveStopped}
          stay={TEXT.stay}
          leave={TEXT.leaveStoppedDo}
          onStay={() => setLeaving(false)}
          onLeave={() => void end()}
        />
      ) : null}
      {done === undefined ? null : <DoneNews done={done} fields={screen.fields} />}
      <Refusal reply={reply} visit={visit} />
      {/* Whoever is asked whether to leave is not asked twice. */}
      {wanted === undefined ? <Pending visit={visit} isInForm={isInForm} onAct={(word) => void act(word)} /> : null}
      {isFinish ? (
        <Finish
          visit={visit}
          onDone={(news) => arrive('status', news)}
          onDiscard={() => void discard().then(() => arrive('status'))}
          {...(isInForm ? { onBack: () => void act('discard') } : {})}
        />
      ) : (
        <Warnings warnings={isShown || isInForm ? warningsApart(visit) : screen.warnings} />
      )}
      {place === 'status' && !isFinish ? (
        <>
          <h2>{TEXT.choose}</h2>
          <WorkflowMenu onWorkflow={want} />
          <Groups fields={screen.fields} />
        </>
      ) : null}
      {place === 'report' && !isFinish ? <Report visit={visit} /> : null}
      {place === 'status' || place === 'report' ? null : (
        // What stands in its forms is still there if one comes back from the Finish screen.
        <div class="stack" hidden={isFinish}>
          <Workflow name={place} visit={visit} onWorkflow={want} onTyped={setTyped} />
        </div>
      )}
    </main>
  );
}
