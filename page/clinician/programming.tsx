import { useState } from 'preact/hooks';
import {
  amount,
  amountText,
  DAYS,
  type FluidDraft,
  fluidEntry,
  hours,
  isBlank,
  type OpeningDraft,
  openingEntry,
  type PatientDraft,
  type ProgramDraft,
  patientEntry,
  programEntry,
} from '../parts/draft.ts';
import { unitIn } from '../parts/drug-of.ts';
import { FluidForm, OpeningForm, PatientForm, ProgramForm } from '../parts/forms.tsx';
import { AmountBox, Choice } from '../parts/inputs.tsx';
import { Panel } from '../parts/parts.tsx';
import { FORMS, TEXT } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';

export const PARTS = ['fluid', 'program', 'patient', 'opening', 'limits', 'run'] as const;
export type Part = (typeof PARTS)[number];

interface Drafts {
  readonly fluid: FluidDraft;
  readonly program: ProgramDraft;
  readonly patient: PatientDraft;
  readonly opening: OpeningDraft;
  readonly lowReservoir: ReturnType<typeof amount>;
  readonly ceiling: ReturnType<typeof amount>;
  readonly run: 'yes' | 'no';
}

function blank(unit: string, parts: readonly Part[], isFirst: boolean): Drafts {
  const rate = unit === 'mL' ? 'mL/day' : `${unit}/day`;
  const day = { at: '00:00', give: amount(rate) };
  const group = (days: readonly (typeof DAYS)[number][]) => ({ days, steps: [day] });
  const isNew = isFirst || parts.includes('fluid');
  return {
    fluid: { keeps: !isNew, saline: false, drugs: [{ name: 'morphine', strength: amount('mg/mL') }] },
    program: {
      kind: parts.includes('program') ? 'constant' : 'asItIs',
      give: amount(rate),
      change: '',
      steps: [day, { at: '12:00', give: amount(rate) }],
      groups: [group(DAYS.slice(0, 5)), group(DAYS.slice(5))],
      bolus: amount(unit),
      duration: hours('0', '5'),
      every: hours(),
      dates: [],
    },
    patient: {
      kind: isNew ? 'none' : 'asItIs',
      dose: amount(unit),
      duration: hours('0', '5'),
      lockout: hours(),
      maxPerDay: '',
    },
    opening: { kind: 'none', catheter: amount('cm'), bridgeDose: amount(rate), startAt: '' },
    lowReservoir: amount('mL'),
    ceiling: amount(rate),
    run: 'yes',
  };
}

/** What a form leaves empty is not entered. */
function entryOf(drafts: Drafts, parts: readonly Part[], isStopped: boolean): Readonly<Record<string, unknown>> {
  const low = drafts.lowReservoir.number.trim();
  return {
    ...(parts.includes('fluid') ? fluidEntry(drafts.fluid) : {}),
    ...(parts.includes('program') ? programEntry(drafts.program) : {}),
    ...(parts.includes('patient') ? patientEntry(drafts.patient) : {}),
    ...(parts.includes('opening') ? openingEntry(drafts.opening) : {}),
    ...(parts.includes('limits') && low !== '' ? { lowReservoir: `${low} mL` } : {}),
    ...(parts.includes('limits') && !isBlank(drafts.ceiling) ? { ceiling: amountText(drafts.ceiling) } : {}),
    ...(parts.includes('run') && isStopped ? { run: drafts.run === 'yes' } : {}),
  };
}

/** Forms whose entries are pending until the Finish screen is confirmed. */
export function Programming({ visit, title, parts }: { visit: Visit; title: string; parts: readonly Part[] }) {
  const { status, screen } = visit;
  const prescription = status?.prescription ?? null;
  const unitNow = unitIn(visit, prescription?.drugs[0]?.name);
  const [drafts, setDrafts] = useState(() => blank(unitNow, parts, prescription === null));
  const [reply, setReply] = useState<Reply>();
  const primary = drafts.fluid.keeps ? undefined : drafts.fluid.drugs[0]?.name;
  const unit = drafts.fluid.keeps ? unitNow : drafts.fluid.saline ? 'mL' : unitIn(visit, primary);
  const isStopped = (status?.stopped ?? null) !== null && status?.service !== 'shelf';
  const put = (part: Partial<Drafts>) => setDrafts({ ...drafts, ...part });
  const now = (name: string) => screen.fields.find((field) => field.name === name)?.text;
  const finish = async () => {
    const edited = await visit.act({ clinician: { edit: entryOf(drafts, parts, isStopped) } });
    setReply(isRefused(edited) ? edited : await visit.act({ clinician: 'review' }));
  };
  const of = { unit };
  const was = (name: string) => {
    const text = now(name);
    return text === undefined ? {} : { now: text };
  };
  return (
    <Panel title={title}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void finish();
        }}
      >
        {parts.includes('fluid') ? (
          <FluidForm
            draft={drafts.fluid}
            drugs={visit.drugs}
            {...was('concentration')}
            onDraft={(fluid) => put({ fluid })}
          />
        ) : null}
        {parts.includes('program') ? (
          <ProgramForm draft={drafts.program} of={of} {...was('program')} onDraft={(program) => put({ program })} />
        ) : null}
        {parts.includes('patient') ? (
          <PatientForm draft={drafts.patient} of={of} {...was('bolusDose')} onDraft={(patient) => put({ patient })} />
        ) : null}
        {parts.includes('opening') ? (
          <OpeningForm draft={drafts.opening} of={{ unit: unitNow }} onDraft={(opening) => put({ opening })} />
        ) : null}
        {parts.includes('limits') ? (
          <details>
            <summary>{FORMS.limits}</summary>
            <div class="form">
              <AmountBox
                label={FORMS.ceiling}
                hint={now('ceiling')}
                value={drafts.ceiling}
                units={[unit === 'mL' ? 'mL/day' : `${unit}/day`]}
                onValue={(ceiling) => put({ ceiling })}
              />
              <AmountBox
                label={FORMS.lowReservoir}
                hint={now('lowReservoir')}
                value={drafts.lowReservoir}
                units={['mL']}
                onValue={(lowReservoir) => put({ lowReservoir })}
              />
            </div>
          </details>
        ) : null}
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
        <Refusal reply={reply} />
        <div class="foot">
          <button type="submit" class="main">
            {TEXT.finish}
          </button>
        </div>
      </form>
    </Panel>
  );
}

/** Why something was not done; nothing where it was. */
export function Refusal({ reply }: { reply: Reply | undefined }) {
  if (reply === undefined || !isRefused(reply)) return null;
  return (
    <p class="refused" role="alert">
      <strong>{TEXT.notDone}.</strong> {reply.problem ?? reply.text}
    </p>
  );
}
