import { useState } from 'preact/hooks';
import { Groups, Panel, Warnings } from '../parts/parts.tsx';
import { TEXT } from '../text.ts';
import { type ClinicianAct, isRefused, type Reply, type Visit } from '../visit.ts';
import { Finish } from './finish.tsx';
import { Report } from './one-acts.tsx';
import { Refusal } from './programming.tsx';
import { StatusBanner } from './status.tsx';
import { Workflow, WorkflowMenu, type WorkflowName } from './workflows.tsx';

type Place = WorkflowName | 'status' | 'report';

/** The programmer as the clinician has it in hand. */
export function Clinician({ visit }: { visit: Visit }) {
  const [place, setPlace] = useState<Place>('status');
  const [leaving, setLeaving] = useState(false);
  const [reply, setReply] = useState<Reply>();
  const { screen, isOpen } = visit;
  const isStopped = visit.status?.stopped != null && visit.status.service !== 'shelf';
  const act = async (word: ClinicianAct) => {
    const answer = await visit.act({ clinician: word });
    setReply(answer);
    return answer;
  };
  const end = async () => {
    setLeaving(false);
    if (!isRefused(await act('endSession'))) setPlace('status');
  };
  if (!isOpen)
    return (
      <main>
        <Panel title={TEXT.connect}>
          <div class="form">
            <p>{TEXT.connectAbout}</p>
            <Warnings warnings={screen.warnings} />
            <Refusal reply={reply} />
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
        {visit.report === undefined ? null : <Report visit={visit} />}
      </main>
    );
  const isFinish = screen.title === 'Finish';
  return (
    <main>
      <StatusBanner fields={screen.fields} />
      <nav class="row" aria-label={TEXT.places}>
        <button type="button" aria-pressed={place === 'status'} onClick={() => setPlace('status')}>
          {TEXT.status}
        </button>
        <button type="button" aria-pressed={place === 'report'} onClick={() => setPlace('report')}>
          {TEXT.report}
        </button>
        <button type="button" onClick={() => void act('interrogate')}>
          {TEXT.readAgain}
        </button>
        <span class="grow" />
        <button
          type="button"
          class={isStopped ? 'stop' : ''}
          onClick={() => (isStopped ? setLeaving(true) : void end())}
        >
          {TEXT.endSession}
        </button>
      </nav>
      {leaving ? (
        <div class="banner stopped" role="alertdialog" aria-label={TEXT.leaveStopped}>
          <strong>{TEXT.leaveStopped}</strong>
          <div class="row">
            <button type="button" class="main" onClick={() => setLeaving(false)}>
              {TEXT.stay}
            </button>
            <button type="button" class="stop" onClick={() => void end()}>
              {TEXT.leaveStoppedDo}
            </button>
          </div>
        </div>
      ) : null}
      <Refusal reply={reply} />
      {isFinish ? (
        <Finish visit={visit} />
      ) : (
        <>
          <Warnings warnings={screen.warnings} />
          {place === 'status' ? (
            <>
              <h2>{TEXT.choose}</h2>
              <WorkflowMenu onWorkflow={setPlace} />
              <Groups fields={screen.fields} />
            </>
          ) : place === 'report' ? (
            <Report visit={visit} />
          ) : (
            <Workflow name={place} visit={visit} onWorkflow={setPlace} />
          )}
        </>
      )}
    </main>
  );
}
