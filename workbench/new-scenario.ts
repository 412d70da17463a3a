import { type DeviceProfile, type Rate, rate, volume } from '../shared/index.ts';
import { scenarioSchema } from './scenario/schema.ts';

/** Days a reservoir may take to its low-reservoir threshold in a new scenario; the first that fits the pump is taken. */
const DAYS = [45, 40, 30, 20, 10, 5, 4, 3, 2, 1];
const FIRST_LINE = /^# yaml-language-server:.*\n/;

/**
 * A scenario to begin with, for a profile: it passes as it stands and explains every key. `schema` is where an
 * editor finds the schema; undefined says how to write one. `reference` is what the scenario calls the profile, its
 * name unless given. Throws where no basal rate of the profile fits.
 */
export function newScenario(
  profile: DeviceProfile,
  schema: string | undefined,
  reference: string = profile.name,
): string {
  const parts = partsFor(profile, reference);
  const others = Object.entries(scenarioSchema.shape)
    .filter(([key]) => !parts.some((part) => part.key === key))
    .map(([key, { description }]) => `# ${key}: ${description ?? 'see docs/scenarios.md'}`);
  const written = parts.map(({ about, yaml }) => `${about.map((line) => `# ${line}\n`).join('')}${yaml}`);
  return `${[head(schema), ...written, ...others].join('\n\n')}\n`;
}

/** A scenario that is there already, as one to change. */
export function scenarioFrom(text: string, id: string, schema: string | undefined): string {
  return `${head(schema)}\n# A copy of the shipped scenario ${id}.\n${text.replace(FIRST_LINE, '')}`;
}

const head = (schema: string | undefined): string =>
  [
    schema === undefined
      ? '# For completion in an editor: thecal schema > scenario.schema.json, and as the first line here\n# yaml-language-server: $schema=scenario.schema.json'
      : `# yaml-language-server: $schema=${schema}`,
    '# "thecal check FILE" reads this file, "thecal run FILE" replays it, "thecal tell FILE" tells it as prose.',
  ].join('\n');

interface Part {
  readonly key: string;
  readonly about: readonly string[];
  readonly yaml: string;
}

function partsFor(profile: DeviceProfile, reference: string): readonly Part[] {
  const { reservoirCapacity: capacity, lowReservoirDefault: low, afterCommit } = profile;
  const { basal, days } = basalFor(profile);
  const [full, threshold, perDay] = [volume.format(capacity, 6), volume.format(low, 6), rate.format(basal, 6)];
  const waits = afterCommit === 'waitForStart';
  const refill = '{ refill: { aspirated: measured, volume: FULL } }'.replace('FULL', full);
  const part = (key: string, about: readonly string[], yaml: string): Part => ({ key, about, yaml });
  return [
    part('thecal', ['The format of this file.'], 'thecal: scenario/1'),
    part('title', ['One line: what happens.'], 'title: A pump runs down to its low-reservoir alarm and is refilled'),
    part(
      'about',
      ['What happens at more length, with the arithmetic behind what is expected.'],
      `about: |\n  ${full} at ${perDay} reach the threshold of ${threshold} after ${days} days.`,
    ),
    part('source', ['Where the numbers come from.'], 'source:\n  - "Made up, to begin with"'),
    part(
      'profile',
      ['The device; "thecal profiles" lists them.'],
      `profile: ${JSON.stringify(reference).replace(/^"([\w./-]+)"$/, '$1')}`,
    ),
    part('clock', ['Local date and time when the story begins.'], 'clock: 2026-01-05 08:00'),
    part('seed', ['Of everything random, such as the jitter of a habit. 0 unless given.'], 'seed: 0'),
    part('faults', ['What is wrong with the world from the beginning, such as', '  - flowBias: +15 %'], 'faults: []'),
    part(
      'start',
      [
        'Short for real acts: inject, enter the volume, implant, prescribe, end the session.',
        'Every quantity carries its unit. Delivery may be a dose (200 mcg/day) or a volume a day.',
      ],
      [
        'start:',
        `  fill: { volume: ${full}, baclofen: 500 mcg/mL }`,
        `  prescribe: { constant: ${perDay}, lowReservoir: ${threshold} }`,
      ].join('\n'),
    ),
    part(
      'story',
      [
        'What is done, when, and what must then be so. A step has at most one time (at, after, until or every),',
        'at most one act (clinician, patient, hands or world), and what is expected afterwards.',
      ],
      [
        'story:',
        ...(waits
          ? ['  # This device waits after a prescription until it is told to start.', '  - clinician: resume']
          : []),
        '  # What the pump believes, what is true and what the clinician sees are three things.',
        '  - clinician: interrogate',
        '    expect:',
        `      belief: { infusion: basal, rate: ${perDay}, reservoir: ${full} }`,
        `      truth: { rate: ${perDay}, reservoir: ${full} }`,
        `      screen: { expectedVolume: ${full} }`,
        '  # A value is compared at the precision it is written with.',
        ...(profile.lowReservoirBy === 'handset'
          ? [
              '  # This device raises no alarm of its own then: its handset does, as the patient uses it.',
              '  - until: { level: low }',
            ]
          : ['  - until: { alarm: lowReservoir }']),
        `    atMost: ${days * 2}d`,
        `    expect: { time: ${days}d, alarms: [${profile.lowReservoirBy === 'handset' ? '' : 'lowReservoir'}], truth: { reservoir: ${threshold} } }`,
        '  # A refill is two acts that may disagree: hands inject, and a clinician types.',
        ...(profile.reservoirGauge === 'sensed'
          ? [
              '  # This device measures its reservoir as a session opens: what was in it is read before.',
              '  - clinician: interrogate',
            ]
          : []),
        '  - hands: drain',
        `  - hands: { inject: ${full} }`,
        `  - clinician: ${refill}`,
        `    expect: { alarms: [], belief: { reservoir: ${full} }, truth: { reservoir: ${full} } }`,
        `  # An act that is refused fails its step unless that is expected. More than ${full} do not fit.`,
        '  - hands: { inject: 1 mL }',
        '    expect: { refused: overfull }',
      ].join('\n'),
    ),
    part('never', ['What must not happen in the story.'], 'never: [{ level: empty }]'),
  ];
}

/** A basal rate of the profile that brings a full reservoir to its threshold in so many days, exact where one is. */
function basalFor({ name, reservoirCapacity, lowReservoirDefault, basalMinimum, basalMaximum }: DeviceProfile): {
  readonly basal: Rate;
  readonly days: number;
} {
  const room = reservoirCapacity - lowReservoirDefault;
  const perDay = room / (24 * 3_600_000);
  const fitting = DAYS.map((days) => ({ days, exact: perDay / days }))
    .filter(({ exact }) => exact >= basalMinimum && exact <= basalMaximum)
    .sort((a, b) => Number(Number.isInteger(b.exact)) - Number(Number.isInteger(a.exact)));
  const [best] = fitting;
  if (best === undefined) throw new Error(`no basal rate of ${name} empties it in whole days`);
  return { basal: rate.of(Math.floor(best.exact)), days: best.days };
}
