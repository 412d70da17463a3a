import { useRef } from 'preact/hooks';
import { stayInSight, toRowBefore } from '../focus.ts';
import { TEXT } from '../text.ts';
import { DAY, dayTotal, GRID, minuteOf, moved, pieces, split, timeAt } from './day.ts';
import { DayTime } from './day-time.tsx';
import type { DayStep } from './draft.ts';
import { NumberBox } from './inputs.tsx';

interface Props {
  readonly steps: readonly DayStep[];
  readonly units: readonly string[];
  readonly onSteps: (steps: readonly DayStep[]) => void;
}

const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -GRID, ArrowRight: GRID, ArrowDown: -1, ArrowUp: 1 };

/** A day of steps: as a bar whose boundaries are dragged or moved by keys, and as a table that is typed. */
export function DayBar({ steps, units, onSteps }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const top = Math.max(...steps.map(({ give }) => Number(give.number) || 0), 1e-9);
  const drag = (index: number, event: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect();
    if (box === undefined || event.buttons !== 1) return;
    const minute = ((event.clientX - box.left) / box.width) * DAY;
    onSteps(moved(steps, index, Math.round(minute / GRID) * GRID));
  };
  return (
    <div class="day">
      <output class="total">
        {TEXT.total}: <strong>{dayTotal(steps) ?? '…'}</strong>
      </output>
      <div class="day-bar" ref={bar}>
        {pieces(steps).map(({ from, to, step }) => (
          <div
            key={from}
            class="day-piece"
            style={{
              width: `${((to - from) / DAY) * 100}%`,
              '--height': `${(100 * (Number(step.give.number) || 0)) / top}%`,
            }}
          >
            <span>{step.give.number}</span>
          </div>
        ))}
        {steps.map(({ at }, index) =>
          index === 0 ? null : (
            <div
              key={index}
              class="day-edge"
              role="slider"
              tabIndex={0}
              aria-label={`Beginning of step ${index + 1}`}
              aria-valuemin={0}
              aria-valuemax={DAY}
              aria-valuenow={minuteOf(at)}
              aria-valuetext={at}
              style={{ left: `${(minuteOf(at) / DAY) * 100}%` }}
              onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
              onPointerMove={(event) => drag(index, event)}
              onKeyDown={(event) => {
                const by = KEYS[event.key];
                if (by === undefined) return;
                event.preventDefault();
                onSteps(moved(steps, index, minuteOf(at) + by));
              }}
            />
          ),
        )}
      </div>
      <div class="day-hours" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{timeAt(hour * 60)}</span>
        ))}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Rate</th>
            <th scope="col">
              <span class="unseen">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ at, give }, index) => (
            <tr key={index}>
              <td>
                <DayTime
                  name={`Step ${index + 1} begins at`}
                  isFixed={index === 0}
                  value={at}
                  onValue={(time) => onSteps(moved(steps, index, minuteOf(time)))}
                />
              </td>
              <td>
                <div class="row">
                  <NumberBox
                    name={`Rate of step ${index + 1}`}
                    value={give.number}
                    unit={give.unit}
                    isNeeded
                    onValue={(number) =>
                      onSteps(steps.map((step, i) => (i === index ? { ...step, give: { ...give, number } } : step)))
                    }
                  />
                  <select
                    aria-label="Unit of all rates"
                    value={give.unit}
                    onChange={(event) => {
                      const unit = event.currentTarget.value;
                      onSteps(steps.map((step) => ({ ...step, give: { ...step.give, unit } })));
                    }}
                  >
                    {units.map((unit) => (
                      <option key={unit}>{unit}</option>
                    ))}
                  </select>
                </div>
              </td>
              <td>
                <button
                  type="button"
                  aria-label={`Remove step ${index + 1}`}
                  disabled={index === 0}
                  onClick={({ currentTarget }) => {
                    toRowBefore(currentTarget, 'tr');
                    onSteps(steps.filter((_, i) => i !== index));
                  }}
                >
                  ✕
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="row">
        <button
          type="button"
          onClick={({ currentTarget }) => {
            onSteps(split(steps));
            stayInSight(currentTarget);
          }}
        >
          Add a step
        </button>
      </div>
    </div>
  );
}
