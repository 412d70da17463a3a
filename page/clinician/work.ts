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
  /** Where the refill was begun that is typed of: only there it is said whether the fluid is another. */
  readonly refillAt: Place;
}
export const WORK: Work = { place: 'status', typed: {}, refillAt: 'refill' };

/** What is still typed once a refill is in the pump. */
export const withoutRefill = ({ aspirated, filled, reason, note, ...others }: Typed): Typed => others;

/** What is typed of a refill alone. */
export const refillOf = ({ aspirated, filled, reason, note }: Typed): Typed => ({
  ...(aspirated === undefined ? {} : { aspirated }),
  ...(filled === undefined ? {} : { filled }),
  ...(reason === undefined ? {} : { reason }),
  ...(note === undefined ? {} : { note }),
});

/** Whether something of a refill is typed that is not in the pump. */
export const isRefillTyped = ({ aspirated, filled, reason = '', note = '' }: Typed): boolean =>
  [aspirated?.number ?? '', filled?.number ?? '', reason, note].some((text) => text.trim() !== '');

/** Whether something is typed that does not outlast its form: what belongs to a refill does. */
export const isTypedApart = ({ typed }: Work): boolean => Object.keys(withoutRefill(typed)).length > 0;

const REFILLS: readonly Place[] = ['refill', 'concentration', 'implant'];

/** Somewhere else: a refill takes looks at the log, the report and the last fill, and what is typed of it stays. */
export const goneTo = (place: Place, { place: from, typed, refillAt }: Work): Work => ({
  place,
  typed: refillOf(typed),
  refillAt: REFILLS.includes(from) ? from : refillAt,
});

/** Whether a refill was begun and its form is left: it must not be forgotten. */
export const isRefillLeft = ({ place, typed }: Work): boolean => !REFILLS.includes(place) && isRefillTyped(typed);

/** Whether a refill is under way: its form is there or was begun, and none has been entered in this session. */
export const isRefilling = (work: Work, { fields }: Screen): boolean =>
  (REFILLS.includes(work.place) || isRefillLeft(work)) && !fields.some(({ name }) => name === 'refillEntered');

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
