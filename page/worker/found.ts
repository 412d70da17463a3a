import type { Reply } from '../../workbench/index.ts';

/** Where a line of the console goes on: what happened stands beside the time. */
const GOES_ON = /\n {18}/g;
const BY_HANDS = /^\d{4}-\d\d-\d\d \d\d:\d\d {2}hands (.*)$/;

/** What hands did with a line and what they found, each as a console tells it, without the time; why it was not done. */
export function byHands({ text }: Pick<Reply, 'text'>): readonly string[] {
  const reason = /^refused \(\w+\): (.*)$/m.exec(text)?.[1];
  return text
    .replaceAll(GOES_ON, ' ')
    .split('\n')
    .flatMap((line) => BY_HANDS.exec(line)?.[1] ?? [])
    .map((told) => (reason === undefined ? told : told.replace(/; not done$/, `; not done: ${reason}`)));
}
