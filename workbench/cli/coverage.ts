import type { CoverageReport } from '../index.ts';
import { styled, table } from './print.ts';

const PLURALS: Readonly<Record<CoverageReport['kinds'][number]['kind'], string>> = {
  transition: 'transitions of the chart',
  guard: 'guard outcomes',
  refusal: 'refusals',
  alarm: 'alarm edges',
  message: 'messages',
  log: 'kinds of log record',
  fault: 'faults',
};

/** What the scenarios left, kind by kind, with the reason beside it; then what is wrong with the reasons. */
export function coverageText({ kinds, wrong }: CoverageReport): string {
  const parts = kinds.map(({ kind, exercised, total, missed }) => {
    const head = `${PLURALS[kind]}: ${exercised} of ${total} exercised${missed.length === 0 ? '' : ', not'}`;
    const rows = missed.map(({ item, because }) => [
      `  ${item.slice(kind.length + 1)}`,
      because === undefined ? styled('yellow', 'no reason given') : styled('dim', because),
    ]);
    return [styled('bold', head), ...(rows.length === 0 ? [] : [table(rows)])].join('\n');
  });
  const errors = wrong.map((line) => styled('red', line));
  return ['\nWhat these scenarios exercise', ...parts, ...errors].join('\n');
}

/** The same as JSON. `because` is null where no reason is given. */
export function coverageJson({ kinds, wrong }: CoverageReport) {
  const plain = kinds.map(({ missed, ...rest }) => ({
    ...rest,
    missed: missed.map(({ item, because = null }) => ({ item, because })),
  }));
  return { kinds: plain, wrong };
}
