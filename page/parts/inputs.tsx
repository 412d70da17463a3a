import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { BOXES, TEXT } from '../text.ts';
import type { Amount, Hours } from './draft.ts';
import { useMark } from './form.tsx';

interface Labelled {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What the pump has now, where it is another. */
  readonly was?: string | undefined;
}

/** A group of boxes under one label, marked where it differs from what is in the pump. */
export const Field = ({ label, hint, was, children }: Labelled & { children: ComponentChildren }) => (
  <fieldset class={was === undefined ? 'field' : 'field changed'}>
    <legend>{label}</legend>
    <div class="row">{children}</div>
    {was === undefined ? null : (
      <span class="hint">
        {TEXT.programmed}: {was}
      </span>
    )}
    {hint === undefined ? null : <span class="hint">{hint}</span>}
  </fieldset>
);

interface NumberBox {
  readonly name: string;
  readonly value: string;
  readonly least?: number;
  readonly most?: number;
  readonly step?: number;
  /** What it counts, as it is said where nothing stands in it. */
  readonly unit?: string;
  /** Whether something has to stand in it before its form is taken. */
  readonly isNeeded?: boolean;
  /** What stands behind it in the same line, as its unit does. */
  readonly children?: ComponentChildren;
  readonly onValue: (value: string) => void;
}

/** As the programmer reads numbers: a comma may be meant for a point or for thousands. */
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

const tidy = (value: number): string => `${Math.round(value * 1e6) / 1e6}`;

/** A number that is typed, or stepped; it stops at its ends and never goes round. */
export function NumberBox({
  name,
  value,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
  step = 1,
  unit = '',
  isNeeded = false,
  children,
  onValue,
}: NumberBox) {
  const typed = Number(value.replace(',', '.'));
  // Not `disabled`: a button at its end would lose the focus of whoever steps by keyboard.
  const ends = { [-1]: typed <= least, 1: typed >= most };
  const by = (sign: 1 | -1) => {
    if (ends[sign]) return;
    onValue(tidy(Math.min(most, Math.max(least, (Number.isFinite(typed) ? typed : 0) + sign * step))));
  };
  const wrong = (): string | undefined => {
    const text = value.trim();
    if (text === '') return isNeeded ? BOXES.empty(unit) : undefined;
    if (!NUMBER.test(text)) return BOXES.noNumber(text);
    return typed >= least && typed <= most ? undefined : BOXES.beyond(least, most);
  };
  const { box, mark } = useMark(wrong());
  return (
    <>
      <span class="row box">
        <button type="button" aria-label={`${name} less`} aria-disabled={ends[-1]} onClick={() => by(-1)}>
          −
        </button>
        <input
          class="short"
          inputMode="decimal"
          autocomplete="off"
          aria-label={name}
          aria-required={isNeeded}
          {...box}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        <button type="button" aria-label={`${name} more`} aria-disabled={ends[1]} onClick={() => by(1)}>
          +
        </button>
        {children}
      </span>
      {mark}
    </>
  );
}

interface AmountBox extends Labelled {
  readonly value: Amount;
  /** Units that may be chosen; the first is the usual one. */
  readonly units: readonly string[];
  readonly step?: number;
  readonly isNeeded?: boolean;
  readonly onValue: (value: Amount) => void;
}

export function AmountBox({ value, units, step = 1, isNeeded = false, onValue, ...labelled }: AmountBox) {
  return (
    <Field {...labelled}>
      <NumberBox
        name={labelled.label}
        value={value.number}
        step={step}
        unit={value.unit}
        isNeeded={isNeeded}
        onValue={(number) => onValue({ ...value, number })}
      >
        {units.length === 1 ? (
          <span>{value.unit}</span>
        ) : (
          <select
            aria-label={`Unit of: ${labelled.label}`}
            value={value.unit}
            onChange={(event) => onValue({ ...value, unit: event.currentTarget.value })}
          >
            {units.map((unit) => (
              <option key={unit}>{unit}</option>
            ))}
          </select>
        )}
      </NumberBox>
    </Field>
  );
}

/** Hours and minutes, each with its unit beside it, so that nobody takes the one for the other. */
export function HoursBox({
  value,
  onValue,
  ...labelled
}: Labelled & { value: Hours; onValue: (value: Hours) => void }) {
  const { label } = labelled;
  return (
    <Field {...labelled}>
      <NumberBox
        name={`${label}, hours`}
        value={value.hours}
        unit={BOXES.hours}
        // One of the two is enough.
        isNeeded={value.minutes.trim() === ''}
        onValue={(hours) => onValue({ ...value, hours })}
      >
        <span>{TEXT.hours}</span>
      </NumberBox>
      <NumberBox
        name={`${label}, minutes`}
        value={value.minutes}
        most={59}
        step={5}
        onValue={(minutes) => onValue({ ...value, minutes })}
      >
        <span>{TEXT.minutes}</span>
      </NumberBox>
    </Field>
  );
}

/** A date and time of the room. */
export function DateBox({ name, value, onValue }: Pick<NumberBox, 'name' | 'value' | 'onValue'>) {
  const { box, mark } = useMark(value === '' ? BOXES.noTime : undefined);
  return (
    <>
      <input
        type="datetime-local"
        aria-label={name}
        {...box}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      {mark}
    </>
  );
}

interface Choice<T extends string> extends Labelled {
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly onValue: (value: T) => void;
}

/** One of a few, all in sight. */
export function Choice<T extends string>({ value, choices, onValue, ...labelled }: Choice<T>) {
  const name = useId();
  return (
    <Field {...labelled}>
      {choices.map(([choice, text]) => (
        <label key={choice} class="choice">
          <input type="radio" name={name} checked={choice === value} onChange={() => onValue(choice)} />
          <span>{text}</span>
        </label>
      ))}
    </Field>
  );
}
