import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { type Amount, amount, amountText, type FluidDraft, fluidEntry, isBlank } from '../parts/draft.ts';
import { FluidForm } from '../parts/forms.tsx';
import { AmountBox, Choice, Field } from '../parts/inputs.tsx';
import { drugsNow } from '../parts/now.ts';
import { BEDSIDE, FORMS } from '../text.ts';
import type { HandsAct, Visit } from '../visit.ts';
import type { Deed, Shown } from '../worker/protocol.ts';
import { roomTime } from './time.tsx';

/** Most of what was done that is listed: the last. */
const MOST = 12;
const TIPS = ['intrathecal', 'epidural', 'subdural', 'dislodged'] as const;
const FIELDS = ['1.5 T', '3 T'] as const;
const FIRST: FluidDraft['drugs'] = [{ name: 'morphine', strength: amount('mg/mL') }];

/** A button: what it is called, what it does, and whether what it needs is there. */
type Button = readonly [name: string, act: HandsAct, isReady?: boolean];

/** What lies ready at the bedside. */
export interface Tray {
  readonly volume: Amount;
  /** Undefined until somebody has chosen. */
  readonly fluid: FluidDraft | undefined;
  readonly size: Amount;
  readonly tip: (typeof TIPS)[number];
  readonly serial: string;
}
export const TRAY: Tray = {
  volume: amount('mL'),
  fluid: undefined,
  size: amount('cm', '60'),
  tip: 'intrathecal',
  serial: 'THECAL-0002',
};

interface Props {
  readonly visit: Visit;
  readonly shown: Shown;
  readonly desk: Desk;
  readonly tray: Tray;
  readonly onTray: (tray: Tray) => void;
}

/** What hands can do: the only way to find out what is true. */
export function Bedside({ visit, shown, desk, tray, onTray }: Props) {
  const [problem, setProblem] = useState('');
  const put = (part: Partial<Tray>) => onTray({ ...tray, ...part });
  const { volume, size, tip, serial } = tray;
  const { prescription } = shown.belief;
  const unitOf = (name: string) => visit.drugs.find((drug) => drug.name === name)?.unit ?? 'mg';
  const known = prescription === null ? [] : drugsNow(prescription, unitOf);
  // The first drug is that of the pump, where it was told of any.
  const fluid = tray.fluid ?? { keeps: true, saline: false, drugs: known.length === 0 ? FIRST : known };

  const hands = async (act: HandsAct) => setProblem((await visit.act({ hands: act })).problem ?? '');
  const ml = amountText(volume);
  const solution = fluidEntry(fluid);
  const [hasVolume, hasFluid] = [!isBlank(volume), !fluid.keeps];
  const drop = { volume: ml, ...solution };
  const row = (buttons: readonly Button[]) => (
    <div class="row">
      {buttons.map(([name, act, isReady = true]) => (
        <button type="button" key={name} disabled={!isReady} onClick={() => void hands(act)}>
          {name}
        </button>
      ))}
    </div>
  );
  return (
    <section class="form bedside" aria-label={BEDSIDE.title}>
      <h2>{BEDSIDE.title}</h2>
      <h3>{BEDSIDE.patient}</h3>
      {row([
        [BEDSIDE.ask, 'askPatient'],
        [BEDSIDE.listen, { listen: '1h' }],
      ])}
      <h3>{BEDSIDE.syringe}</h3>
      <AmountBox label={BEDSIDE.volume} value={volume} units={['mL']} onValue={(volume) => put({ volume })} />
      <FluidForm
        label={BEDSIDE.fluid}
        same={BEDSIDE.same}
        first={FORMS.drug}
        draft={fluid}
        drugs={visit.drugs}
        onDraft={(fluid) => put({ fluid })}
      />
      {hasVolume ? null : <p class="hint">{BEDSIDE.needsVolume}</p>}
      {hasFluid ? null : <p class="hint">{BEDSIDE.needsFluid}</p>}
      <h3>{BEDSIDE.reservoir}</h3>
      {row([
        [BEDSIDE.drain, 'drain'],
        [BEDSIDE.aspirate, { aspirate: ml }, hasVolume],
        [BEDSIDE.inject, { inject: drop }, hasVolume],
        [BEDSIDE.rinse, { rinse: { ...drop, times: 3 } }, hasVolume && hasFluid],
        [BEDSIDE.force, { inject: { ...drop, force: true } }, hasVolume],
        [BEDSIDE.miss, { inject: { ...drop, into: 'pocket' } }, hasVolume],
        [BEDSIDE.pocket, { aspiratePocket: ml }, hasVolume],
      ])}
      <h3>{BEDSIDE.line}</h3>
      {row([
        [BEDSIDE.aspiratePort, { aspiratePort: ml }, hasVolume],
        [BEDSIDE.injectPort, { injectPort: drop }, hasVolume && hasFluid],
        [BEDSIDE.dye, { dyeStudy: ml }, hasVolume],
        [BEDSIDE.csf, { withdrawCsf: ml }, hasVolume],
        [BEDSIDE.disconnect, 'disconnectCatheter'],
        [BEDSIDE.connect, 'connectCatheter'],
      ])}
      <details>
        <summary>{BEDSIDE.newCatheter}</summary>
        <AmountBox label={BEDSIDE.size} value={size} units={['cm', 'mL']} onValue={(size) => put({ size })} />
        <Choice
          label={BEDSIDE.tip}
          value={tip}
          choices={TIPS.map((each) => [each, BEDSIDE.tips[each]] as const)}
          onValue={(tip) => put({ tip })}
        />
        {row([[BEDSIDE.catheter, { catheter: { size: amountText(size), tip } }, !isBlank(size)]])}
      </details>
      <h3>{BEDSIDE.pump}</h3>
      {row([
        [BEDSIDE.film, 'film'],
        ...FIELDS.map((field): Button => [BEDSIDE.enterScanner(field), { enterScanner: field }]),
        [BEDSIDE.leaveScanner, 'leaveScanner'],
        [BEDSIDE.resetMemory, 'resetMemory'],
        [BEDSIDE.resetValve, 'resetValve'],
      ])}
      <details>
        <summary>{BEDSIDE.newPump}</summary>
        <Field label={BEDSIDE.serial}>
          <input
            aria-label={BEDSIDE.serial}
            value={serial}
            onInput={(event) => put({ serial: event.currentTarget.value })}
          />
        </Field>
        {row([
          [BEDSIDE.replace, { replace: { serial } }, serial.trim() !== ''],
          [BEDSIDE.prepare, { prepare: solution }, hasFluid],
        ])}
      </details>
      <Found desk={desk} shown={shown} problem={problem} />
    </section>
  );
}

interface Past {
  readonly desk: Desk;
  readonly shown: Shown;
  /** What was wrong with what was entered last. */
  readonly problem: string;
}

/** What hands have done and found in this life, newest first: what is undone is not there any more. */
function Found({ desk, shown: { done, visit }, problem }: Past) {
  const [deeds, setDeeds] = useState<readonly Deed[]>([]);
  useEffect(() => {
    let isHere = true;
    void desk.ask('timeline', null).then((timeline) => isHere && setDeeds(timeline.done));
    return () => {
      isHere = false;
    };
  }, [desk, done, visit]);
  const told = deeds.flatMap(({ found = [], room }) => found.map((text) => `${roomTime(room)} ${text}`)).slice(-MOST);
  const [last, ...before] = told.toReversed();
  return (
    <>
      {before.length === 0 ? null : <h3>{BEDSIDE.told}</h3>}
      <ul class="told" aria-label={BEDSIDE.told}>
        {before.map((text, index) => (
          <li key={before.length - index}>{text}</li>
        ))}
      </ul>
      {/* The last is in sight wherever the buttons are, and none of them moves. */}
      <output class="told-once told-below">{problem || last}</output>
    </>
  );
}
