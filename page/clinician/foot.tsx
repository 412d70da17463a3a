import type { Reply, Visit } from '../visit.ts';
import { Refusal } from './refusal.tsx';

interface Props {
  readonly reply: Reply | undefined;
  readonly visit: Visit;
  /** What the button does with what stands in the form. */
  readonly submit: string;
  /** Where what was refused is mended. */
  readonly more?: string | undefined;
}

/** Where a form ends: why it was not taken; and the button that hands it in, which alone stays in sight of every box. */
export const Foot = ({ reply, visit, submit, more }: Props) => (
  <>
    <Refusal reply={reply} visit={visit} more={more} />
    <div class="foot">
      <button type="submit" class="main">
        {submit}
      </button>
    </div>
  </>
);
