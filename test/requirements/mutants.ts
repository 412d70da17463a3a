/** A change of one place of the program that breaks what a requirement asks for. */
export interface Mutant {
  /** The requirement whose test it fails. */
  readonly id: string;
  readonly what: string;
  readonly file: string;
  /** What stands there once, and what takes its place. */
  readonly find: string;
  readonly replace: string;
}

/** A file as a mutant changes it. Throws unless what it finds stands there once. */
export function mutated(text: string, { id, what, find, replace }: Mutant): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${id}, ${what}: "${find}" stands there ${times} times`);
  return text.replace(find, () => replace);
}

const rules = 'firmware-sim/firmware/rules';

export const MUTANTS: readonly Mutant[] = [
  {
    id: 'AT-01',
    what: 'a stop leaves the rate',
    file: `${rules}/program.ts`,
    find: 'if (context.stopped !== null || context.update !== null) return rate.of(0)',
    replace: 'if (context.update !== null) return rate.of(0)',
  },
];
