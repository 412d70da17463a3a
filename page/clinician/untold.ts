import { useLayoutEffect, useState } from 'preact/hooks';
import type { Visit } from '../visit.ts';
import type { Field } from '../worker/protocol.ts';
import type { Work } from './work.ts';

/**
 * What the pump is still programmed for, where it was filled with another fluid: by the programmer, which was told with
 * the refill; or because a change was typed after a refill that had been entered as one of the same fluid.
 */
export function useUntold({ screen: { fields }, status }: Visit, { place, typed }: Work): string | undefined {
  // Which pump with which prescription: another one ends what was begun.
  const stand = `${status?.serial} ${status?.record}`;
  const [filled, setFilled] = useState('');
  const [begun, setBegun] = useState('');
  const text = (wanted: Field['name']) => fields.find(({ name }) => name === wanted)?.text;
  const entered = text('refillEntered');
  useLayoutEffect(() => {
    if (entered !== undefined) setFilled(stand);
  }, [entered]);
  // Who has only looked at its form has changed nothing.
  const isTyped = place === 'concentration' && typed.drafts !== undefined;
  useLayoutEffect(() => {
    if (isTyped && entered !== undefined && filled === stand) setBegun(stand);
  }, [isTyped, entered, filled]);
  const told = text('stillProgrammed');
  if (told !== undefined || begun !== stand || status?.prescription == null) return told;
  return [text('drug'), text('concentration')].filter((word) => word !== undefined).join(' ');
}
