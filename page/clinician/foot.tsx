import type { Reply, Visit } from '../visit.ts';
import { Refusal } from './refusal.tsx';

interface Props {
  readonly reply: Reply | undefined;
  readonly visit: Visit;
  /** What the button does with what stands in the form. */
  readonly submit: string;
}

/** Where a form ends: why it was not taken; and the button that hands it in, which alone stays in sight of every box. */
export const Foot = ({ reply, visit, submit }: Props) => (
  <>
    <Refusal reply={reply} visit={visit} />
    <div class="foot">
      <button type="submit" class="main">
        {submit}
      </button>
    </div>
  </>
);
