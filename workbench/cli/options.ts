import { InvalidArgumentError, Option } from 'commander';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { type Break, BreakError, parseBreak } from '../index.ts';

/** Options that several commands share. */
export const executorOption = () =>
  new Option('--executor <name>', 'what runs the chart').choices(EXECUTOR_NAMES).default('xstate');

export const seedOption = () => new Option('--seed <n>', 'overrides the seed of every scenario').argParser(seed);

function seed(value: string): number {
  const number = Number(value);
  if (/^\d{1,10}$/.test(value) && number <= 0x7fffffff) return number;
  throw new InvalidArgumentError('expected a whole number from 0 to 2147483647.');
}

export const breakOption = () =>
  new Option('--break <fault>', 'adds a fault, from the start or at a time: "flowBias=+60%@30d"; may be repeated')
    .argParser(oneMore)
    .default([], 'none');

function oneMore(text: string, before: readonly Break[]): readonly Break[] {
  try {
    return [...before, parseBreak(text)];
  } catch (error) {
    if (error instanceof BreakError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
