import { InvalidArgumentError, Option } from 'commander';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';

/** Options that several commands share. */
export const executorOption = () =>
  new Option('--executor <name>', 'what runs the chart').choices(EXECUTOR_NAMES).default('xstate');

export const seedOption = () => new Option('--seed <n>', 'overrides the seed of every scenario').argParser(seed);

function seed(value: string): number {
  const number = Number(value);
  if (/^\d{1,10}$/.test(value) && number <= 0x7fffffff) return number;
  throw new InvalidArgumentError('expected a whole number from 0 to 2147483647.');
}
