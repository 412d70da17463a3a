import { stayInSight } from '../focus.ts';
import { PARTS } from '../text.ts';
import { DayTime } from './day-time.tsx';
import type { DayPartDraft, PatientDraft } from './draft.ts';
import { AmountBox, Choice, Field, HoursBox } from './inputs.tsx';

interface Props {
  readonly draft: PatientDraft;
  readonly onDraft: (draft: PatientDraft) => void;
  readonly units: readonly string[];
  /** So many parts of its own a day may have. */
  readonly most: number;
}

/** Parts of the local day in which the patient may have another bolus, or none. */
export function DayParts({ draft, onDraft, units, most }: Props) {
  const { dose, duration, lockout, parts } = draft;
  const put = (changed: readonly DayPartDraft[]) => onDraft({ ...draft, parts: changed });
  const isFull = parts.length >= most;
  const add = () => put([...parts, { from: '22:00', to: '06:00', gives: 'none', dose, duration, lockout }]);
  return (
    <>
      {parts.map((part, index) => {
        const name = PARTS.part(index + 1);
        const change = (piece: Partial<DayPartDraft>) =>
          put(parts.map((each, i) => (i === index ? { ...each, ...piece } : each)));
        return (
          <section class="panel form" key={index} aria-label={name}>
            <Field label={name} hint={PARTS.hint}>
              <span class="row box">
                <span>{PARTS.from}</span>
                <DayTime name={`${name}, ${PARTS.from}`} value={part.from} onValue={(from) => change({ from })} />
              </span>
              <span class="row box">
                <span>{PARTS.to}</span>
                <DayTime name={`${name}, ${PARTS.to}`} value={part.to} onValue={(to) => change({ to })} />
              </span>
            </Field>
            <Choice
              label={`${name}, ${PARTS.gives}`}
              value={part.gives}
              choices={[
                ['none', PARTS.none],
                ['bolus', PARTS.bolus],
              ]}
              onValue={(gives) => change({ gives })}
            />
            {part.gives === 'none' ? null : (
              <>
                <AmountBox
                  label={`${name}, ${PARTS.dose}`}
                  value={part.dose}
                  units={units}
                  isNeeded
                  onValue={(value) => change({ dose: value })}
                />
                <HoursBox
                  label={`${name}, ${PARTS.takes}`}
                  value={part.duration}
                  onValue={(value) => change({ duration: value })}
                />
                <HoursBox
                  label={`${name}, ${PARTS.lockout}`}
                  value={part.lockout}
                  onValue={(value) => change({ lockout: value })}
                />
              </>
            )}
            <div class="row">
              <button type="button" onClick={() => put(parts.filter((_, i) => i !== index))}>
                {PARTS.remove} {index + 1}
              </button>
            </div>
          </section>
        );
      })}
      <div class="row">
        {/* It keeps the focus when it can add no more. */}
        <button
          type="button"
          aria-disabled={isFull}
          onClick={({ currentTarget }) => {
            if (isFull) return;
            add();
            stayInSight(currentTarget);
          }}
        >
          {PARTS.add}
        </button>
      </div>
    </>
  );
}
