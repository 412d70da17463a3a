import { stayInSight, toRowBefore } from '../focus.ts';
import { BOXES, FORMS } from '../text.ts';
import { DayBar } from './day-bar.tsx';
import { DayParts } from './day-parts.tsx';
import type { Day, DayStep, FluidDraft, OpeningDraft, PatientDraft, ProgramDraft, ProgramKind } from './draft.ts';
import { amount } from './draft.ts';
import { useMark } from './form.tsx';
import { AmountBox, Choice, DateBox, Field, HoursBox, NumberBox } from './inputs.tsx';
import { type Path, pathHeld } from './reckoned.ts';

/** What a form needs to know of the drug whose doses it takes: "mcg" or "mg", or mL of a diluent. */
interface Of {
  readonly unit: string;
}
const rateUnits = ({ unit }: Of) => [`${unit}/day`, `${unit}/h`, 'mL/day'];
const doseUnits = ({ unit }: Of) => (unit === 'mL' ? ['mL'] : [unit, 'mL']);

interface Form<Draft> {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

const PROGRAMS: readonly (readonly [ProgramKind, string])[] = [
  ['asItIs', FORMS.asItIs],
  ['constant', FORMS.constant],
  ['daily', FORMS.daily],
  ['weekly', FORMS.weekly],
  ['periodic', FORMS.periodic],
  ['dated', FORMS.dated],
  ['change', FORMS.change],
  ['minimumRate', FORMS.minimumRate],
];

/** What a form is told of the pump: what it has now, where that differs, and whether nothing of it can be kept. */
interface Now {
  readonly now?: string;
  readonly isNew?: boolean;
}

export function ProgramForm({ draft, onDraft, of, now, isNew = false }: Form<ProgramDraft> & Now & { of: Of }) {
  const put = (part: Partial<ProgramDraft>) => onDraft({ ...draft, ...part });
  const units = rateUnits(of);
  const give = (
    <AmountBox
      label={FORMS.basal}
      value={draft.give}
      units={units}
      isNeeded
      onValue={(value) => put({ give: value })}
    />
  );
  return (
    <div class="form">
      <Choice
        label={FORMS.program}
        value={draft.kind}
        choices={isNew ? PROGRAMS.filter(([kind]) => kind !== 'asItIs' && kind !== 'change') : PROGRAMS}
        was={now}
        onValue={(kind) => put({ kind })}
      />
      {draft.kind === 'constant' || draft.kind === 'periodic' || draft.kind === 'dated' ? give : null}
      {draft.kind === 'change' ? (
        <Field label={FORMS.changeBy} hint={FORMS.changeHint}>
          <NumberBox
            name={FORMS.changeBy}
            value={draft.change}
            least={-100}
            most={100}
            step={5}
            unit="%"
            isNeeded
            onValue={(change) => put({ change })}
          >
            <span>%</span>
          </NumberBox>
        </Field>
      ) : null}
      {draft.kind === 'daily' ? <DayBar steps={draft.steps} units={units} onSteps={(steps) => put({ steps })} /> : null}
      {draft.kind === 'weekly' ? <Week {...{ draft, onDraft, units }} /> : null}
      {draft.kind === 'periodic' ? (
        <>
          <AmountBox
            label={FORMS.periodicDose}
            value={draft.bolus}
            units={doseUnits(of)}
            isNeeded
            onValue={(bolus) => put({ bolus })}
          />
          <HoursBox label={FORMS.periodicTakes} value={draft.duration} onValue={(duration) => put({ duration })} />
          <HoursBox
            label={FORMS.periodicEvery}
            hint={FORMS.periodicHint}
            value={draft.every}
            onValue={(every) => put({ every })}
          />
        </>
      ) : null}
      {draft.kind === 'dated' ? <Dates {...{ draft, onDraft, units }} /> : null}
    </div>
  );
}

function Week({ draft, onDraft, units }: Form<ProgramDraft> & { units: readonly string[] }) {
  const { groups } = draft;
  const put = (index: number, part: { days?: readonly Day[]; steps?: readonly DayStep[] }) =>
    onDraft({ ...draft, groups: groups.map((group, i) => (i === index ? { ...group, ...part } : group)) });
  return (
    <>
      {groups.map(({ days, steps }, index) => (
        <section class="panel form" key={index}>
          <h3>{FORMS.week[days.join()] ?? days.map((day) => FORMS.days[day]).join(', ')}</h3>
          <DayBar steps={steps} units={units} onSteps={(changed) => put(index, { steps: changed })} />
        </section>
      ))}
    </>
  );
}

function Dates({ draft, onDraft, units }: Form<ProgramDraft> & { units: readonly string[] }) {
  const { dates } = draft;
  const put = (changed: ProgramDraft['dates']) => onDraft({ ...draft, dates: changed });
  return (
    <>
      {dates.map(({ at, give }, index) => (
        <div class="row" key={index}>
          <DateBox
            name={`${FORMS.dateFrom} ${index + 1}`}
            value={at}
            onValue={(value) => put(dates.map((each, i) => (i === index ? { ...each, at: value } : each)))}
          />
          <AmountBox
            label={`${FORMS.dateRate} ${index + 1}`}
            value={give}
            units={units}
            isNeeded
            onValue={(value) => put(dates.map((each, i) => (i === index ? { ...each, give: value } : each)))}
          />
          <button
            type="button"
            onClick={({ currentTarget }) => {
              toRowBefore(currentTarget, '.row');
              put(dates.filter((_, i) => i !== index));
            }}
          >
            {FORMS.remove}
          </button>
        </div>
      ))}
      <button
        type="button"
        onClick={({ currentTarget }) => {
          put([...dates, { at: '', give: draft.give }]);
          stayInSight(currentTarget);
        }}
      >
        {FORMS.addDate}
      </button>
    </>
  );
}

interface Drugs {
  /** Every drug there is, and the unit of its strength. */
  readonly drugs: readonly { readonly name: string; readonly unit: string }[];
}

/** A drug out of all there are. */
function DrugList({
  label,
  drugs,
  value,
  onValue,
}: Drugs & { label: string; value: string; onValue: (name: string) => void }) {
  const { box, mark } = useMark(value === '' ? BOXES.noDrug : undefined);
  return (
    <>
      <select
        aria-label={label}
        aria-required="true"
        {...box}
        value={value}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== value) onValue(currentTarget.value);
        }}
      >
        {value === '' ? <option value="">{FORMS.chooseDrug}</option> : null}
        {drugs.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {mark}
    </>
  );
}

/** Of several drugs doses are of the first. */
const labelOf = (index: number, count: number): string => {
  if (index > 0) return `${FORMS.alsoDrug} ${index + 1}`;
  return count > 1 ? FORMS.primary : FORMS.drug;
};

export function FluidForm({
  draft,
  onDraft,
  drugs,
  now,
  isNew = false,
  label = FORMS.fluid,
}: Form<FluidDraft> & Drugs & Now & { readonly label?: string }) {
  const put = (part: Partial<FluidDraft>) => onDraft({ ...draft, ...part });
  const unitOf = (name: string) => `${drugs.find((drug) => drug.name === name)?.unit ?? 'mcg'}/mL`;
  const kind = draft.keeps ? 'asItIs' : draft.saline ? 'saline' : 'drugs';
  const other = (drug: FluidDraft['drugs'][number], index: number) =>
    put({ drugs: draft.drugs.map((each, i) => (i === index ? drug : each)) });
  return (
    <div class="form">
      <Choice
        label={label}
        value={kind}
        choices={[
          ...(isNew ? [] : [['asItIs', FORMS.asItIs] as const]),
          ['drugs', FORMS.withDrug],
          ['saline', FORMS.saline],
        ]}
        was={now}
        onValue={(chosen) => put({ keeps: chosen === 'asItIs', saline: chosen === 'saline' })}
      />
      {kind !== 'drugs'
        ? null
        : draft.drugs.map(({ name, strength }, index) => (
            <Field key={index} label={labelOf(index, draft.drugs.length)}>
              <DrugList
                label={`${FORMS.drug} ${index + 1}`}
                drugs={drugs}
                value={name}
                // The strength of one drug is none of another.
                onValue={(chosen) => other({ name: chosen, strength: amount(unitOf(chosen)) }, index)}
              />
              <div class="row">
                <span>{FORMS.strength}</span>
                <NumberBox
                  name={`${FORMS.strength} ${index + 1}`}
                  value={strength.number}
                  unit={unitOf(name)}
                  isNeeded
                  onValue={(number) => other({ name, strength: { ...strength, number } }, index)}
                >
                  <span>{unitOf(name)}</span>
                </NumberBox>
              </div>
              {index === 0 ? null : (
                <button
                  type="button"
                  onClick={({ currentTarget }) => {
                    toRowBefore(currentTarget, 'fieldset');
                    put({ drugs: draft.drugs.filter((_, i) => i !== index) });
                  }}
                >
                  {FORMS.remove}
                </button>
              )}
            </Field>
          ))}
      {kind === 'drugs' && draft.drugs.length < 3 ? (
        <button
          type="button"
          onClick={() => {
            const free = drugs.find((drug) => !draft.drugs.some(({ name }) => name === drug.name));
            if (free !== undefined)
              put({ drugs: [...draft.drugs, { name: free.name, strength: amount(unitOf(free.name)) }] });
          }}
        >
          {FORMS.addDrug}
        </button>
      ) : null}
    </div>
  );
}

/** Of how many parts of the day a device keeps a patient bolus, the rest of the day included. */
type OfPatient = Of & { readonly parts: number };

interface Patient extends Form<PatientDraft>, Now {
  readonly of: OfPatient;
  /** What the ceiling leaves for boluses. */
  readonly room?: string | undefined;
}

export function PatientForm({ draft, onDraft, of, now, room, isNew = false }: Patient) {
  const put = (part: Partial<PatientDraft>) => onDraft({ ...draft, ...part });
  return (
    <div class="form">
      <Choice
        label={FORMS.patientControl}
        value={draft.kind}
        choices={[
          ...(isNew ? [] : [['asItIs', FORMS.asItIs] as const]),
          ['bolus', FORMS.patientMay],
          ['none', FORMS.patientMayNot],
        ]}
        was={now}
        onValue={(kind) => put({ kind })}
      />
      {draft.kind !== 'bolus' ? null : (
        <>
          <AmountBox
            label={FORMS.patientDose}
            value={draft.dose}
            units={doseUnits(of)}
            isNeeded
            onValue={(dose) => put({ dose })}
          />
          <HoursBox label={FORMS.patientTakes} value={draft.duration} onValue={(duration) => put({ duration })} />
          <HoursBox
            label={FORMS.lockout}
            hint={FORMS.lockoutHint}
            value={draft.lockout}
            onValue={(lockout) => put({ lockout })}
          />
          <Field label={FORMS.maxPerDay} hint={room}>
            <NumberBox
              name={FORMS.maxPerDay}
              value={draft.maxPerDay}
              most={99}
              isNeeded
              onValue={(maxPerDay) => put({ maxPerDay })}
            />
          </Field>
          {of.parts > 1 ? <DayParts {...{ draft, onDraft }} units={doseUnits(of)} most={of.parts - 1} /> : null}
        </>
      )}
    </div>
  );
}

const OPENINGS: readonly (readonly [OpeningDraft['kind'], string])[] = [
  ['none', FORMS.noOpening],
  ['bridge', FORMS.bridge],
  ['pumpAndCatheter', FORMS.primeAll],
  ['catheterOnly', FORMS.primeCatheter],
  ['pumpOnly', FORMS.primePump],
  ['startAt', FORMS.startAt],
];

export function OpeningForm({ draft, onDraft, of, path }: Form<OpeningDraft> & { of: Of; path: Path }) {
  const put = (part: Partial<OpeningDraft>) => onDraft({ ...draft, ...part });
  const held = pathHeld(draft.catheter, path);
  const heldText = draft.kind === 'catheterOnly' ? FORMS.catheterHeld : FORMS.pathHeld;
  const needsSize = ['bridge', 'pumpAndCatheter', 'catheterOnly'].includes(draft.kind);
  return (
    <div class="form">
      <Choice label={FORMS.opening} value={draft.kind} choices={OPENINGS} onValue={(kind) => put({ kind })} />
      {needsSize || draft.kind === 'none' ? (
        <AmountBox
          label={FORMS.catheter}
          hint={held === undefined ? FORMS.catheterHint : heldText(held)}
          value={draft.catheter}
          units={['cm', 'mL']}
          isNeeded={needsSize}
          onValue={(catheter) => put({ catheter })}
        />
      ) : null}
      {draft.kind === 'bridge' ? (
        <AmountBox
          label={FORMS.bridgeDose}
          hint={FORMS.bridgeHint}
          value={draft.bridgeDose}
          units={[`${of.unit}/day`]}
          onValue={(bridgeDose) => put({ bridgeDose })}
        />
      ) : null}
      {draft.kind === 'startAt' ? (
        <Field label={FORMS.startAt}>
          <DateBox name={FORMS.startAt} value={draft.startAt} onValue={(startAt) => put({ startAt })} />
        </Field>
      ) : null}
    </div>
  );
}
