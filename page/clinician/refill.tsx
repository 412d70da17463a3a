import { useState } from 'preact/hooks';
import { amount } from '../parts/draft.ts';
import { AmountBox } from '../parts/inputs.tsx';
import { Facts, Panel } from '../parts/parts.tsx';
import { REFILL } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import type { Field } from '../worker/protocol.ts';
import { Foot } from './foot.tsx';
import { Reason } from './reason.tsx';
import { useTyped } from './work.ts';

/** What hands compare with. */
const EXPECTED: readonly Field['name'][] = ['expectedVolume', 'gaugeVolume', 'lowReservoirDate'];

interface Props {
  readonly visit: Visit;
  readonly onTyped: (isTyped: boolean) => void;
  /** To the workflow for another drug or strength; absent where nothing is programmed yet. */
  readonly onOtherDrug?: () => void;
}

/** What hands do at the bedside, and what is typed: two things that may differ, and are kept apart. */
export function Refill({ visit, onTyped, onOtherDrug }: Props) {
  const { fields } = visit.screen;
  const [aspirated, setAspirated] = useTyped('aspirated', amount('mL'));
  const [filled, setFilled] = useTyped('filled', amount('mL'));
  const [reason, setReason] = useTyped('reason', '');
  const [note, setNote] = useTyped('note', '');
  const [reply, setReply] = useState<Reply>();
  const isDone = reply !== undefined && !isRefused(reply);
  const needsReason = reply?.refused === 'reasonNeeded' || reply?.refused === 'wrongReason' || reason !== '';
  const enter = async () => {
    const told = aspirated.number.trim() === '' ? {} : { aspirated: `${aspirated.number.trim()} mL` };
    const why = reason === '' ? {} : { reason, ...(note.trim() === '' ? {} : { note: note.trim() }) };
    const answer = await visit.act({
      clinician: { refill: { ...told, volume: `${filled.number.trim()} mL`, ...why } },
    });
    setReply(answer);
    if (!isRefused(answer)) onTyped(false);
  };
  // The causes there may be are those to choose from.
  const came = fields.filter(({ name, topic }) => topic === 'refill' && name !== 'refillCauses');
  return (
    <Panel title={REFILL.title}>
      <div class="groups">
        <section class="form">
          <h3>{REFILL.bedside}</h3>
          <ol class="doing">
            {REFILL.doing.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
          <Facts fields={fields.filter(({ name }) => EXPECTED.includes(name))} />
        </section>
        {isDone ? (
          <section class="form" aria-live="polite">
            <h3>{REFILL.entered}</h3>
            <Facts fields={came} />
            {onOtherDrug === undefined ? null : (
              <div class="row">
                <button type="button" onClick={onOtherDrug}>
                  {REFILL.otherDrug}
                </button>
              </div>
            )}
          </section>
        ) : (
          <form
            class="form"
            onInput={() => onTyped(true)}
            onSubmit={(event) => {
              event.preventDefault();
              void enter();
            }}
          >
            <h3>{REFILL.typed}</h3>
            <AmountBox
              label={REFILL.aspirated}
              hint={REFILL.aspiratedHint}
              value={aspirated}
              units={['mL']}
              onValue={setAspirated}
            />
            <AmountBox
              label={REFILL.filled}
              hint={REFILL.filledHint}
              value={filled}
              units={['mL']}
              onValue={setFilled}
            />
            {needsReason ? (
              <Reason visit={visit} came={came} reason={reason} note={note} onReason={setReason} onNote={setNote} />
            ) : null}
            <Foot reply={reply} visit={visit} submit={REFILL.enter} />
          </form>
        )}
      </div>
    </Panel>
  );
}
