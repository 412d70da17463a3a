import { useState } from 'preact/hooks';
import { amount, amountText, hours, hoursText } from '../parts/draft.ts';
import { unitIn } from '../parts/drug-of.ts';
import { Form } from '../parts/form.tsx';
import { AmountBox, Choice, HoursBox } from '../parts/inputs.tsx';
import { Panel } from '../parts/parts.tsx';
import { BOLUS, TEXT } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import { Foot } from './foot.tsx';
import { useTyped } from './work.ts';

/** A single bolus by the clinician: entered, reviewed, confirmed. */
export function SingleBolus({ visit }: { visit: Visit }) {
  const unit = unitIn(visit, visit.status?.prescription?.drugs[0]?.name);
  const [order, setOrder] = useTyped('bolus', { dose: amount(unit), duration: hours(), then: 'basal' });
  const { dose, duration, then } = order;
  const [reply, setReply] = useState<Reply>();
  const put = (part: Partial<typeof order>) => {
    setOrder({ ...order, ...part });
    // What was refused stood otherwise.
    setReply(undefined);
  };
  const enter = async () => {
    const written = { dose: amountText(dose), duration: hoursText(duration), then };
    const entered = await visit.act({ clinician: { editBolus: written } });
    setReply(isRefused(entered) ? entered : await visit.act({ clinician: 'review' }));
  };
  return (
    <Panel title={BOLUS.title}>
      <Form onSubmit={() => void enter()}>
        <AmountBox
          label={BOLUS.dose}
          value={dose}
          units={unit === 'mL' ? ['mL'] : [unit, 'mL']}
          isNeeded
          onValue={(dose) => put({ dose })}
        />
        <HoursBox label={BOLUS.duration} value={duration} onValue={(duration) => put({ duration })} />
        <Choice
          label={BOLUS.then}
          value={then}
          choices={[
            ['basal', BOLUS.basal],
            ['stopped', BOLUS.stopped],
          ]}
          onValue={(then) => put({ then })}
        />
        <Foot reply={reply} visit={visit} submit={TEXT.finish} />
      </Form>
    </Panel>
  );
}
