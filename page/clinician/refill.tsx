import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { amount, amountText, isBlank } from '../parts/draft.ts';
import { Form } from '../parts/form.tsx';
import { AmountBox, Choice } from '../parts/inputs.tsx';
import { Facts, Panel } from '../parts/parts.tsx';
import { REFILL } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import type { Field } from '../worker/protocol.ts';
import { Compared, isFlagged, useAspirated } from './compared.tsx';
import { Foot } from './foot.tsx';
import { Reason } from './reason.tsx';
import { useTyped } from './work.ts';

/** What hands compare with. */
const EXPECTED: readonly Field['name'][] = ['expectedVolume', 'gaugeVolume', 'lowReservoirDate'];
/** What rests on the program for the fluid before. */
const UNTOLD = ['refillBy', 'refillByDecided'] as const;
/** Refusals that ask for a reason: what is to be read then stands beside its box. */
const ASKS: readonly (string | undefined)[] = ['reasonNeeded', 'wrongReason'];

/** A way on from what was entered. */
interface Way {
  readonly name: string;
  readonly go: () => void;
}

interface Props {
  readonly visit: Visit;
  /** Called once it is in the pump. */
  readonly onFilled: () => void;
  /** Where one goes once it is entered, the usual way first. */
  readonly ways: readonly Way[];
  /** Whether the fluid is another than before, so that what cannot be aspirated is rinsed out. */
  readonly isOther?: boolean;
}

/** What hands do at the bedside, and what is typed: two things that may differ, and are kept apart. */
export function Refill({ visit, onFilled, ways, isOther = false }: Props) {
  const { fields } = visit.screen;
  const [aspirated, setAspirated] = useTyped('aspirated', amount('mL'));
  const [filled, setFilled] = useTyped('filled', amount('mL'));
  const [reason, setReason] = useTyped('reason', '');
  const [note, setNote] = useTyped('note', '');
  const [reply, setReply] = useState<Reply>();
  const [wasAsked, setWasAsked] = useState(false);
  const [fluid, setFluid] = useState<'other' | 'same'>('other');
  // What the pump is programmed for, where another fluid was filled: a volume that is typed anew is of that one.
  const programmed = fields.find(({ name }) => name === 'stillProgrammed')?.text;
  const isUntold = programmed !== undefined;
  const found = useAspirated(visit, aspirated.number);
  const isDone = reply !== undefined && !isRefused(reply);
  const asked = ASKS.includes(reply?.refused) ? reply : undefined;
  const came = fields.filter(({ topic }) => topic === 'refill');
  // Once asked for it is needed, whatever is read of the syringe afterwards: what was read before stands as well.
  const compared = found.length === 0 && wasAsked ? came : found;
  const needsReason = wasAsked || reason !== '' || isFlagged(found);
  const enter = async () => {
    const told = isBlank(aspirated) ? {} : { aspirated: amountText(aspirated) };
    const noted = note.trim().replace(/\s+/g, ' ');
    const why = reason === '' ? {} : { reason, ...(noted === '' ? {} : { note: noted }) };
    const which = isOther || isUntold ? { otherFluid: isOther || fluid === 'other' } : {};
    const refill = { ...told, volume: amountText(filled), ...why, ...which };
    const answer = await visit.act({ clinician: { refill } });
    setReply(answer);
    if (ASKS.includes(answer.refused)) setWasAsked(true);
    if (!isRefused(answer)) onFilled();
  };
  // The causes there may be were those to choose from; by when to fill again nobody knows before the pump is told.
  const left: readonly Field['name'][] = ['refillCauses', ...(isOther || isUntold ? UNTOLD : [])];
  const doing = isOther ? REFILL.doingOther(visit.residual) : REFILL.doing;
  return (
    <Panel title={isOther ? REFILL.titleOther : REFILL.title}>
      <div class="groups">
        <section class="form">
          <h3>{REFILL.bedside}</h3>
          <ol class="doing">
            {doing.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
          {isOther || visit.status?.prescription == null ? null : <p class="hint">{REFILL.same}</p>}
          <Facts fields={fields.filter(({ name }) => EXPECTED.includes(name))} />
        </section>
        {isDone ? (
          <Entered fields={came.filter(({ name }) => !left.includes(name))} ways={ways} />
        ) : (
          <Form onSubmit={() => void enter()}>
            <h3>{REFILL.typed}</h3>
            <AmountBox
              label={REFILL.aspirated}
              hint={compared.length === 0 ? REFILL.aspiratedHint : undefined}
              value={aspirated}
              units={['mL']}
              onValue={setAspirated}
            />
            <Compared fields={compared} />
            {needsReason ? (
              <Reason
                {...{ visit, reason, note, asked }}
                came={compared}
                onReason={(chosen) => {
                  setReason(chosen);
                  setReply(undefined);
                }}
                onNote={setNote}
              />
            ) : null}
            <AmountBox
              label={REFILL.filled}
              hint={REFILL.filledHint}
              value={filled}
              units={['mL']}
              isNeeded
              onValue={setFilled}
            />
            {isUntold && !isOther ? (
              <Choice
                label={REFILL.which}
                value={fluid}
                choices={[
                  ['other', REFILL.other],
                  ['same', REFILL.again(programmed)],
                ]}
                onValue={setFluid}
              />
            ) : null}
            <Foot reply={asked === undefined ? reply : undefined} visit={visit} submit={REFILL.enter} />
          </Form>
        )}
      </div>
    </Panel>
  );
}

/** What was entered, and where one goes from there: in sight at once. */
function Entered({ fields, ways }: { readonly fields: readonly Field[]; readonly ways: readonly Way[] }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section class="form" aria-live="polite">
      <h3>✓ {REFILL.entered}</h3>
      <div class="row" ref={place}>
        {ways.map(({ name, go }, index) => (
          <button key={name} type="button" class={index === 0 ? 'main' : ''} onClick={go}>
            {name}
          </button>
        ))}
      </div>
      <Facts fields={fields} />
    </section>
  );
}
