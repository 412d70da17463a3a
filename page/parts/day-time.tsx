import { useLayoutEffect, useState } from 'preact/hooks';

interface Props {
  readonly name: string;
  readonly value: string;
  readonly isFixed?: boolean;
  readonly onValue: (value: string) => void;
}

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** A time of day on a clock of 24 hours; what is no time is not taken, and marked. */
export function DayTime({ name, value, isFixed = false, onValue }: Props) {
  const [text, setText] = useState(value);
  useLayoutEffect(() => setText(value), [value]);
  return (
    <input
      class="short"
      inputMode="numeric"
      placeholder="00:00"
      aria-label={name}
      aria-invalid={!TIME.test(text)}
      disabled={isFixed}
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onChange={() => (TIME.test(text) ? onValue(text.padStart(5, '0')) : setText(value))}
    />
  );
}
