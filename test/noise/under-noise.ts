import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Instant, instant, span } from '../../shared/index.ts';
import { type LoadedScenario, loadScenario, runScenario } from '../../workbench/index.ts';
import { type NoiseRates, QUIET } from '../../workbench/link/noise.ts';
import { Checker, type Mismatch } from '../conformance/checker.ts';
import { ROOT } from '../integration/cli.ts';
import { type Decision, Life } from './life.ts';
import { RETRY_BUDGET } from './turns.ts';

/** A shipped scenario's decisions, one after the other, and how it went otherwise. */
export interface NoisyRun {
  readonly decisions: readonly Decision[];
  /** Always-true rules that were broken. */
  readonly breaches: readonly string[];
  /** Where the pump did what the rules do not lead to, with the frames that reached it; looked for under noise alone. */
  readonly mismatches: readonly Mismatch[];
  /** Acts refused that the story does not expect, and waits that ended in vain: what noise changed in the course. */
  readonly otherwise: readonly string[];
  readonly ended: Instant;
  readonly life: Life;
}

/**
 * Runs a shipped scenario, named without its ending, with noise from the beginning or a time on, and returns what the pump
 * decided. Acts may take longer than they would: what is late is done at once, and waits last the retry budget longer.
 * Expectations are not judged.
 */
export function underNoise(
  name: string,
  noise: Partial<NoiseRates>,
  { from = instant(0), seed }: { readonly from?: Instant; readonly seed?: number } = {},
): NoisyRun {
  const life = new Life();
  // What a pump does with every frame as it was sent is held against the rules in test/conformance.
  const checker = Object.keys(noise).length === 0 ? undefined : new Checker();
  const loaded = loadScenario(readFileSync(join(ROOT, 'scenarios', `${name}.yaml`), 'utf8'));
  const { failures, breaches, simulatedMs } = runScenario(withRoom(loaded), {
    ...settings(name, noise, from),
    ...(seed === undefined ? {} : { seed }),
    onHeader: (header) => checker?.line(JSON.stringify(header)),
    onRecord: (record) => {
      checker?.line(JSON.stringify(record));
      life.take(record);
    },
  });
  checker?.finish();
  const isCourse = (what: string) => what.endsWith(' refused') || what === 'until';
  return {
    decisions: life.decisions,
    breaches: breaches.map(({ rule, message }) => `rule ${rule}: ${message}`),
    mismatches: checker?.mismatches ?? [],
    otherwise: failures.flatMap(({ what, got, time }) => (isCourse(what) ? [`${time} ${what}: ${got}`] : [])),
    ended: instant(simulatedMs),
    life,
  };
}

/** What of its expectations a shipped scenario does not meet under noise from its beginning, and what rules it breaks. */
export function expectedUnder(name: string, noise: Partial<NoiseRates>, seed: number) {
  const loaded = loadScenario(readFileSync(join(ROOT, 'scenarios', `${name}.yaml`), 'utf8'));
  const { failures, breaches } = runScenario(withRoom(loaded), { ...settings(name, noise, instant(0)), seed });
  return { failures, breaches };
}

function settings(name: string, noise: Partial<NoiseRates>, at: Instant) {
  const act = { type: 'noise', rates: { ...QUIET, ...noise } } as const;
  const breaks = [{ text: `noise=${JSON.stringify(noise)}`, at, act }];
  return { id: name, version: '0', executor: 'table', late: 'atOnce', breaks } as const;
}

function withRoom({ scenario, ...rest }: LoadedScenario): LoadedScenario {
  const story = scenario.story.map((step) =>
    step.atMost === undefined ? step : { ...step, atMost: span(step.atMost + RETRY_BUDGET) },
  );
  return { ...rest, scenario: { ...scenario, story } };
}
