import { amount, amountText, type FluidDraft, fluidEntry, isBlank } from '../parts/draft.ts';
import { FluidForm } from '../parts/forms.tsx';
import { AmountBox } from '../parts/inputs.tsx';
import { drugsNow } from '../parts/now.ts';
import { BEDSIDE } from '../text.ts';
import type { Visit } from '../visit.ts';
import { type Bench, type Button, CameOf, Deeds } from './deeds.tsx';
import { SYRINGE, type SyringeDraft } from './tray.ts';

const NONE: FluidDraft = { keeps: false, saline: false, drugs: [{ name: '', strength: amount('mcg/mL') }] };

/** What is drawn up unless somebody chooses: what the pump was told of, where it has been read; else nothing. */
function fluidOf({ fluid }: SyringeDraft, { status, drugs }: Visit): FluidDraft {
  if (fluid !== undefined) return fluid;
  const unitOf = (name: string) => drugs.find((drug) => drug.name === name)?.unit ?? 'mcg';
  const known = status?.prescription == null ? [] : drugsNow(status.prescription, unitOf);
  return known.length === 0 ? NONE : { ...NONE, drugs: known };
}

const isWhole = ({ saline, drugs }: FluidDraft): boolean =>
  saline || drugs.every(({ name, strength }) => name !== '' && !isBlank(strength));

const fluidText = ({ saline, drugs }: FluidDraft): string =>
  saline ? BEDSIDE.saline : drugs.map(({ name, strength }) => `${name} ${amountText(strength)}`).join(' + ');

interface Props {
  readonly visit: Visit;
  readonly bench: Bench;
  readonly syringe: SyringeDraft;
  readonly onSyringe: (syringe: SyringeDraft) => void;
  /** Whether a new pump is at hand, which may be washed with what is in it. */
  readonly isNewPump: boolean;
}

export function Syringe({ visit, bench, syringe, onSyringe, isNewPump }: Props) {
  const { volume, isFull } = syringe;
  const came = bench.came.findLast(({ place }) => place === 'syringe');
  const fluid = fluidOf(syringe, visit);
  const empty = () => onSyringe({ volume: SYRINGE.volume, fluid, isFull: false });
  if (!isFull)
    return (
      <>
        {/* Where the syringe was that is empty now. */}
        {came === undefined ? null : <CameOf came={came} bench={bench} />}
        <h3>{BEDSIDE.syringe}</h3>
        <FluidForm
          label={BEDSIDE.fluid}
          isNew
          draft={fluid}
          drugs={visit.drugs}
          onDraft={(fluid) => onSyringe({ ...syringe, fluid })}
        />
        <AmountBox
          label={BEDSIDE.volume}
          value={volume}
          units={['mL']}
          onValue={(volume) => onSyringe({ ...syringe, volume })}
        />
        <div class="row">
          <button
            type="button"
            disabled={isBlank(volume) || !isWhole(fluid)}
            onClick={() => onSyringe({ volume, fluid, isFull: true })}
          >
            {BEDSIDE.fill}
          </button>
          {isBlank(volume) || !isWhole(fluid) ? <span class="hint">{BEDSIDE.needs}</span> : null}
        </div>
      </>
    );
  const solution = fluidEntry(fluid);
  const drop = { volume: amountText(volume), ...solution };
  const what = `${amountText(volume)} of ${fluidText(fluid)}`;
  const done = { place: 'syringe', onDone: empty } as const;
  const into: readonly Button[] = [
    { name: BEDSIDE.inject(what), act: { inject: drop }, ...done },
    { name: BEDSIDE.rinse(what), act: { rinse: { ...drop, times: 3 } }, ...done },
    ...(isNewPump ? [{ name: BEDSIDE.prepare(fluidText(fluid)), act: { prepare: solution }, ...done }] : []),
  ];
  const elsewhere: readonly Button[] = [
    {
      name: BEDSIDE.injectPort(what),
      act: { injectPort: drop },
      sure: BEDSIDE.surePort,
      ...done,
    },
    {
      name: BEDSIDE.miss(what),
      act: { inject: { ...drop, into: 'pocket' } },
      sure: BEDSIDE.sureMiss,
      ...done,
    },
  ];
  const tooMuch: readonly Button[] = [
    {
      name: BEDSIDE.force(what),
      act: { inject: { ...drop, force: true } },
      sure: BEDSIDE.sureForce,
      ...done,
    },
  ];
  return (
    <>
      <h3>{BEDSIDE.full(what)}</h3>
      <Deeds bench={bench} buttons={into} />
      <div class="row">
        <button type="button" onClick={empty}>
          {BEDSIDE.putAway}
        </button>
      </div>
      <div class="apart">
        <h3>{BEDSIDE.elsewhere}</h3>
        <p class="hint">{BEDSIDE.elsewhereHint}</p>
        <Deeds bench={bench} buttons={elsewhere} />
        <h3>{BEDSIDE.wrong}</h3>
        <Deeds bench={bench} buttons={tooMuch} />
      </div>
    </>
  );
}
