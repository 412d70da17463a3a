import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { REFILL } from '../text.ts';
import type { Visit } from '../visit.ts';
import type { Field } from '../worker/protocol.ts';

/** What the programmer says of a volume in the syringe, by the pump as it was last read; nothing of what is no volume. */
export function useAspirated(visit: Visit, number: string): readonly Field[] {
  const [fields, setFields] = useState<readonly Field[]>([]);
  const text = number.trim();
  useLayoutEffect(() => {
    let isPast = false;
    const put = (found: readonly Field[]) => {
      if (!isPast) setFields(found);
    };
    if (text === '') put([]);
    // Of a visit that is on its way elsewhere nothing can be said.
    else void visit.aspirated(`${text} mL`).then(put, () => put([]));
    return () => {
      isPast = true;
    };
  }, [text, visit.status?.now]);
  return fields;
}

/** Whether a difference is to be looked into: only of such a one causes are told. */
export const isFlagged = (fields: readonly Field[]): boolean => fields.some(({ name }) => name === 'refillCauses');

/** What came out beside what is expected, while the reservoir is still empty: how much, what to do, what it may mean. */
export function Compared({ fields }: { fields: readonly Field[] }) {
  const text = (wanted: Field['name']) => fields.find(({ name }) => name === wanted)?.text;
  const [difference, share, causes] = [text('refillDiscrepancy'), text('refillShare'), text('refillCauses')];
  const place = useRef<HTMLDivElement>(null);
  const isThere = difference !== undefined;
  useLayoutEffect(() => {
    // For whoever is typing; where the form has just come, it is seen from its beginning.
    if (isThere && document.activeElement instanceof HTMLInputElement)
      place.current?.scrollIntoView({ block: 'nearest' });
  }, [isThere]);
  return (
    <div role="status" ref={place} class={isFlagged(fields) ? 'found flagged' : 'found'}>
      {difference === undefined ? null : (
        <>
          <p data-field="refillDiscrepancy">
            <strong>{difference}</strong> {REFILL.asExpected(text('refillExpected') ?? '')}
          </p>
          {share === undefined ? null : (
            <p data-field="refillShare">
              <strong>{share}</strong> {REFILL.asProgrammed}
            </p>
          )}
          {causes === undefined ? null : <p class="first">{REFILL.findOut}</p>}
          <p data-field="refillDirection">{text('refillDirection')}</p>
          {causes === undefined ? null : (
            <ul aria-label={REFILL.mayBe}>
              {causes.split('; ').map((cause) => (
                <li key={cause}>{cause}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
