import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson, type Instant, instant, type LogKind, type LogRecord } from '../../shared/index.ts';
import { loadScenario, runScenario } from '../../workbench/index.ts';
import { type NoiseRates, QUIET } from '../../workbench/link/noise.ts';
import { ROOT } from '../integration/cli.ts';

/** What a pump took or refused that a link could have lost, doubled or put in another order. */
const TOLD = ['prescriptionCommitted', 'bolusGranted', 'bolusDenied', 'commandRefused'] as const satisfies LogKind[];
export type Told = (typeof TOLD)[number];

export interface Decision {
  /** By the pump's own time. */
  readonly at: Instant | null;
  readonly kind: Told;
  readonly data: LogRecord['data'];
}

/** A shipped scenario's decisions, one after the other, and how it went otherwise. */
export interface NoisyRun {
  readonly decisions: readonly Decision[];
  /** Always-true rules that were broken. */
  readonly breaches: readonly string[];
  /** Acts refused that the story does not expect, and waits that ended in vain: what noise changed in the course. */
  readonly otherwise: readonly string[];
  readonly ended: Instant;
}

/**
 * Runs a shipped scenario, named without its ending, with noise from the beginning or a time on, and returns what the pump
 * decided. Acts may take longer than they would: what is late is done at once. Expectations are not judged.
 */
export function underNoise(
  name: string,
  noise: Partial<NoiseRates>,
  { from = instant(0), seed }: { readonly from?: Instant; readonly seed?: number } = {},
): NoisyRun {
  const decisions: Decision[] = [];
  const loaded = loadScenario(readFileSync(join(ROOT, 'scenarios', `${name}.yaml`), 'utf8'));
  const act = { type: 'noise', rates: { ...QUIET, ...noise } } as const;
  const { failures, breaches, simulatedMs } = runScenario(loaded, {
    id: name,
    version: '0',
    executor: 'table',
    late: 'atOnce',
    breaks: [{ text: `noise=${JSON.stringify(noise)}`, at: from, act }],
    ...(seed === undefined ? {} : { seed }),
    onRecord: ({ layer, kind, data }) => {
      if (layer !== 'firmware' || kind !== 'log') return;
      const record = fromJson<LogRecord>(data);
      const told = TOLD.find((each) => each === record.kind);
      if (told !== undefined) decisions.push({ at: record.at, kind: told, data: record.data });
    },
  });
  const isCourse = (what: string) => what.endsWith(' refused') || what === 'until';
  return {
    decisions,
    breaches: breaches.map(({ rule, message }) => `rule ${rule}: ${message}`),
    otherwise: failures.flatMap(({ what, got, time }) => (isCourse(what) ? [`${time} ${what}: ${got}`] : [])),
    ended: instant(simulatedMs),
  };
}
