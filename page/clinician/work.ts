import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Amount, Hours } from '../parts/draft.ts';
import type { Drafts } from '../parts/drafts.ts';
import type { Screen } from '../worker/protocol.ts';
import type { PaperName } from './printed.tsx';
import type { WorkflowName } from './workflow-menu.tsx';

export type Place = WorkflowName | PaperName | 'status';

/** What stands in the forms and is not in the pump. */
export interface Typed {
  readonly aspirated?: Amount;
  readonly filled?: Amount;
  readonly reason?: string;
  readonly note?: string;
  readonly drafts?: Drafts;
  readonly bolus?: { readonly dose: Amount; readonly duration: Hours; readonly then: 'basal' | 'stopped' };
}
type Name = keyof Typed;
type Of<N extends Name> = NonNullable<Typed[N]>;

/** What a clinician is about: the page keeps it, so that it outlasts a session that ends by itself. */
export interface Work {
  readonly place: Place;
  readonly typed: Typed;
}
export const WORK: Work = { place: 'status', typed: {} };

/** What is still typed once a refill is in the pump. */
export const withoutRefill = ({ aspirated, filled, reason, note, ...others }: Typed): Typed => others;

/** Whether something of a refill is typed that is not in the pump. */
export const isRefillTyped = ({ aspirated, filled, reason, note }: Typed): boolean =>
  [aspirated, filled, reason, note].some((each) => each !== undefined);

const REFILLS: readonly Place[] = ['refill', 'concentration', 'implant'];

/** Whether a refill is under way: its form is there, and none has been entered in this session. */
export const isRefilling = ({ place }: Work, { fields }: Screen): boolean =>
  REFILLS.includes(place) && !fields.some(({ name }) => name === 'refillEntered');

interface Keeps {
  readonly typed: Typed;
  readonly put: <N extends Name>(name: N, now: Of<N>) => void;
}
export const Keeping = createContext<Keeps>({ typed: {}, put: () => {} });

/** What stands in a box, as `useState` has it, but kept by the page. */
export function useTyped<N extends Name>(name: N, atFirst: Of<N>): readonly [Of<N>, (now: Of<N>) => void] {
  const { typed, put } = useContext(Keeping);
  return [typed[name] ?? atFirst, (now) => put(name, now)];
}
