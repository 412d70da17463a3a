import { useRef, useState } from 'preact/hooks';
import { patientEntry, programEntry } from '../parts/draft.ts';
import { type Drafts, draftsNow, entryOf, type Part, withFluid } from '../parts/drafts.ts';
import { unitIn } from '../parts/drug-of.ts';
import { Form } from '../parts/form.tsx';
import { FluidForm, OpeningForm, PatientForm, ProgramForm } from '../parts/forms.tsx';
import { Choice } from '../parts/inputs.tsx';
import { Panel } from '../parts/parts.tsx';
import { roomIn } from '../parts/reckoned.ts';
import { FORMS, TEXT } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import { Foot } from './foot.tsx';
import { Limits } from './limits.tsx';
import { useTyped } from './work.ts';

interface Props {
  readonly visit: Visit;
  readonly title: string;
  readonly parts: readonly Part[];
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Forms whose entries are pending until the Finish screen is confirmed. */
export function Programming({ visit, title, parts }: Props) {
  const { status, screen } = visit;
  const unitNow = unitIn(visit, status?.prescription?.drugs[0]?.name);
  const [before] = useState(() => draftsNow(visit, parts));
  const [drafts, setDrafts] = useTyped('drafts', before);
  const [reply, setReply] = useState<Reply>();
  /** How often it was above the ceiling, whose box then stays open. */
  const [above, setAbove] = useState(0);
  const hasEntered = useRef(false);
  const unit = drafts.fluid.keeps
    ? unitNow
    : drafts.fluid.saline
      ? 'mL'
      : unitIn(visit, drafts.fluid.drugs[0]?.name ?? '');
  const isStopped = (status?.stopped ?? null) !== null && status?.service !== 'shelf';
  const set = (changed: Drafts) => {
    setDrafts(changed);
    // What was refused stood otherwise.
    setReply(undefined);
  };
  const put = (part: Partial<Drafts>) => set({ ...drafts, ...part });
  const now = (name: string) => screen.fields.find((field) => field.name === name)?.text;
  const room = roomIn(drafts, unit, drafts.fluid.keeps || unit === unitNow ? now('ceiling') : undefined);
  const underway = now('openingUnderway');
  const finish = async () => {
    // What this form entered before is given up: of what has been taken out of it since, nothing shall stay pending.
    if (hasEntered.current) await visit.act({ clinician: 'discard' });
    const edited = await visit.act({ clinician: { edit: entryOf(drafts, before, parts, isStopped) } });
    hasEntered.current = !isRefused(edited);
    const answer = isRefused(edited) ? edited : await visit.act({ clinician: 'review' });
    setReply(answer);
    if (answer.refused === 'aboveCeiling') setAbove((times) => times + 1);
  };
  const was = (name: string, isAsInPump: boolean) => {
    const text = now(name);
    return text === undefined || isAsInPump ? {} : { now: text };
  };
  return (
    <Panel title={title}>
      <Form onSubmit={() => void finish()}>
        {parts.includes('fluid') ? (
          <FluidForm
            draft={drafts.fluid}
            drugs={visit.drugs}
            {...was('concentration', drafts.fluid.keeps)}
            isNew={status?.prescription == null}
            onDraft={(fluid) => set(withFluid(drafts, fluid, visit))}
          />
        ) : null}
        {parts.includes('program') ? (
          <ProgramForm
            draft={drafts.program}
            of={{ unit }}
            isNew={!drafts.fluid.keeps}
            {...was('program', isSame(programEntry(drafts.program), programEntry(before.program)))}
            onDraft={(program) => put({ program })}
          />
        ) : null}
        {parts.includes('patient') ? (
          <PatientForm
            draft={drafts.patient}
            of={{ unit, parts: visit.bolusParts }}
            isNew={!drafts.fluid.keeps}
            {...was('bolusDose', isSame(patientEntry(drafts.patient), patientEntry(before.patient)))}
            onDraft={(patient) => put({ patient })}
            room={
              room === undefined || drafts.patient.kind !== 'bolus' || !parts.includes('limits')
                ? undefined
                : FORMS.room(room.ceiling, room.asked, room.left, unit)
            }
          />
        ) : null}
        {parts.includes('opening') ? (
          <OpeningForm
            draft={drafts.opening}
            of={{ unit: unitNow === 'mL' ? unit : unitNow }}
            path={visit.path}
            onDraft={(opening) => put({ opening })}
          />
        ) : null}
        {underway === undefined ? null : (
          <Choice
            label={`${FORMS.underway}: ${underway}`}
            value={drafts.underway}
            choices={[
              ['goesOn', FORMS.underwayGoesOn],
              ['cancel', FORMS.underwayCancel],
              ['recompute', FORMS.underwayRecompute],
            ]}
            onValue={(chosen) => put({ underway: chosen })}
          />
        )}
        {parts.includes('limits') ? <Limits {...{ drafts, before, unit, now, put }} above={above} /> : null}
        {parts.includes('run') && isStopped ? (
          <Choice
            label={FORMS.run}
            value={drafts.run}
            choices={[
              ['yes', FORMS.runYes],
              ['no', FORMS.runNo],
            ]}
            onValue={(run) => put({ run })}
          />
        ) : null}
        <Foot
          reply={reply}
          visit={visit}
          submit={TEXT.finish}
          more={reply?.refused === 'aboveCeiling' && parts.includes('limits') ? FORMS.refusedAt : undefined}
        />
      </Form>
    </Panel>
  );
}
