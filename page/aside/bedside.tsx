import type { Desk } from '../desk.ts';
import { amountText, isBlank } from '../parts/draft.ts';
import { AmountBox, Choice, Field } from '../parts/inputs.tsx';
import { BEDSIDE } from '../text.ts';
import type { Visit } from '../visit.ts';
import type { Shown } from '../worker/protocol.ts';
import { type Button, Deeds, isPast, useBench } from './deeds.tsx';
import { FoundList, useFound } from './found.tsx';
import { clockText } from './line-text.ts';
import { Syringe } from './syringe.tsx';
import { TIPS, type Tray } from './tray.ts';

const HOUR = 3_600_000;
const FIELDS = ['1.5 T', '3 T'] as const;

interface Props {
  readonly visit: Visit;
  readonly shown: Shown;
  readonly desk: Desk;
  readonly tray: Tray;
  readonly onTray: (tray: Tray) => void;
  /** Whether a refill is under way: the reservoir is then emptied without a question. */
  readonly isRefilling: boolean;
}

/** What hands can do: the only way to find out what is true. */
export function Bedside({ visit, shown, desk, tray, onTray, isRefilling }: Props) {
  const bench = useBench(visit, desk, shown.localTime);
  const found = useFound(desk, shown);
  const last = bench.came.at(-1) ?? found.at(-1);
  const put = (part: Partial<Tray>) => onTray({ ...tray, ...part });
  const { draws, contrast, size, tip, serial } = tray;
  const { inScanner } = shown;
  const drawn = amountText(draws);
  const draw = (name: string, act: Button['act']): Button => ({ name, act, isReady: !isBlank(draws) });
  const deeds = (...buttons: readonly Button[]) => <Deeds bench={bench} buttons={buttons} />;
  return (
    <section class="form bedside" aria-label={BEDSIDE.title}>
      <h2>{BEDSIDE.title}</h2>
      {/* Of one height, whatever it says: a button does not move from under a finger. */}
      <output
        class={last !== undefined && isPast(last.at, shown.localTime) ? 'told-once still old' : 'told-once still'}
      >
        {last === undefined ? BEDSIDE.nothing : `${clockText(last.at, shown.localTime)} ${last.text}`}
      </output>
      <h3>{BEDSIDE.patient}</h3>
      {inScanner ? <p>{BEDSIDE.inScanner}</p> : null}
      {deeds(
        { name: BEDSIDE.ask, act: 'askPatient' },
        {
          name: BEDSIDE.listen,
          act: { listen: '1h' },
          by: () => visit.listen(HOUR),
          ...(visit.isOpen ? { sure: BEDSIDE.sureListen } : {}),
        },
        { name: BEDSIDE.film, act: 'film' },
      )}
      <h3>{BEDSIDE.reservoir}</h3>
      {deeds({ name: BEDSIDE.drain, act: 'drain', ...(isRefilling ? {} : { sure: BEDSIDE.sureDrain }) })}
      <Syringe
        visit={visit}
        bench={bench}
        syringe={tray.syringe}
        onSyringe={(syringe) => put({ syringe })}
        isNewPump={tray.isNewPump}
      />
      <h3>{BEDSIDE.empty}</h3>
      <AmountBox label={BEDSIDE.draws} value={draws} units={['mL']} onValue={(draws) => put({ draws })} />
      {deeds(
        draw(BEDSIDE.aspirate, { aspirate: drawn }),
        draw(BEDSIDE.aspiratePort, { aspiratePort: drawn }),
        draw(BEDSIDE.csf, { withdrawCsf: drawn }),
        draw(BEDSIDE.pocket, { aspiratePocket: drawn }),
      )}
      <h3>{BEDSIDE.line}</h3>
      {deeds(
        { name: BEDSIDE.disconnect, act: 'disconnectCatheter' },
        { name: BEDSIDE.connect, act: 'connectCatheter' },
      )}
      <details>
        <summary>{BEDSIDE.dye}</summary>
        <AmountBox label={BEDSIDE.contrast} value={contrast} units={['mL']} onValue={(contrast) => put({ contrast })} />
        {deeds({
          name: BEDSIDE.doDye(amountText(contrast)),
          act: { dyeStudy: amountText(contrast) },
          isReady: !isBlank(contrast),
        })}
      </details>
      <details>
        <summary>{BEDSIDE.newCatheter}</summary>
        <AmountBox label={BEDSIDE.size} value={size} units={['cm', 'mL']} onValue={(size) => put({ size })} />
        <Choice
          label={BEDSIDE.tip}
          value={tip}
          choices={TIPS.map((each) => [each, BEDSIDE.tips[each]] as const)}
          onValue={(tip) => put({ tip })}
        />
        {deeds({
          name: BEDSIDE.catheter,
          act: { catheter: { size: amountText(size), tip } },
          isReady: !isBlank(size),
        })}
      </details>
      <h3>{BEDSIDE.scanner}</h3>
      {inScanner ? null : <p>{BEDSIDE.notInScanner}</p>}
      {deeds(
        ...FIELDS.map((field) => ({
          name: BEDSIDE.enterScanner(field),
          act: { enterScanner: field },
          isReady: !inScanner,
        })),
        { name: BEDSIDE.leaveScanner, act: 'leaveScanner', isReady: inScanner },
      )}
      <h3>{BEDSIDE.pump}</h3>
      {deeds({ name: BEDSIDE.resetMemory, act: 'resetMemory' }, { name: BEDSIDE.resetValve, act: 'resetValve' })}
      <details>
        <summary>{BEDSIDE.newPump}</summary>
        <Field label={BEDSIDE.serial}>
          <input
            aria-label={BEDSIDE.serial}
            value={serial}
            onInput={(event) => put({ serial: event.currentTarget.value })}
          />
        </Field>
        {deeds({
          name: BEDSIDE.replace,
          act: { replace: { serial } },
          isReady: serial.trim() !== '',
          onDone: () => put({ isNewPump: true }),
        })}
        <p class="hint">{BEDSIDE.washHint}</p>
      </details>
      <FoundList found={found} />
    </section>
  );
}
