import { formatDuration, showDateTime, span } from '../../shared/index.ts';
import { table, wrap } from '../lines.ts';
import { type Debrief, type DebriefLine, type DebriefMoment, missedIn } from './debrief.ts';
import { BAND_NAMES, BANDS, type DrugHarm } from './harm.ts';

const WIDTH = 100;
const INDENT = ' '.repeat(20);

const paragraph = (text: string, indent = ''): string[] =>
  wrap(text.replaceAll(/\s+/g, ' '), WIDTH - indent.length).map((line) => `${indent}${line}`);

/** A debrief, to be read in a terminal or printed. */
export function debriefText(debrief: Debrief): string {
  const {
    case: taken,
    seed,
    mode,
    learner,
    passed,
    points,
    of,
    lasted,
    saidDone,
    hints,
    values,
    hidden,
    rubric,
    timeline,
    harm,
  } = debrief;
  const who = learner === null ? '' : `, ${learner}`;
  const left =
    saidDone === null ? 'never said that it was done' : `said after ${formatDuration(span(saidDone))} that it was done`;
  return [
    `DEBRIEF: ${taken.title}`,
    `${taken.id}, seed ${seed}, ${mode}${who}. Began ${showDateTime(debrief.began)}, watched for ${formatDuration(span(lasted))}; ${left}.`,
    `${passed ? 'PASSED' : 'NOT PASSED'}: ${points} of ${of} points${hints.length === 0 ? '' : `, ${hints.length} hints`}`,
    '',
    'What could not be seen',
    ...paragraph(hidden, '  '),
    ...paragraph(drawnText(values), '  '),
    '',
    'What was looked for',
    ...rubric.flatMap(lineText),
    '',
    'What happened, what the pump believed, what was true',
    ...timeline.flatMap(momentText),
    '',
    'Harm, by the teaching model of the CSF: for teaching, never a prediction',
    ...harmText(harm),
    '',
  ].join('\n');
}

/** What the seed decided, by the names of the case. */
const drawnText = (values: Debrief['values']): string => {
  const drawn = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return `Drawn: ${drawn.join(', ') || 'nothing'}.`;
};

function lineText({ says, met, must, points, why, evidence, expert }: DebriefLine): string[] {
  const mark = met ? '✓' : must ? '✗' : '–';
  const worth = `${points} ${points === 1 ? 'point' : 'points'}${must ? '' : ', not needed to pass'}`;
  const shown =
    evidence === null
      ? []
      : [`    shown by record ${evidence.n}, ${showDateTime(evidence.localTime)}: ${evidence.text}`];
  return [
    `${mark} ${says} (${worth})`,
    ...(met && evidence !== null ? [] : paragraph(`${why}.`, '    ')),
    ...shown,
    ...paragraph(`An expert: ${expert}`, '    '),
  ];
}

function momentText({ localTime, decision, happened, believed, true: really }: DebriefMoment): string[] {
  const lines = paragraph(happened.join('; '));
  return [
    ...lines.map(
      (line, i) => `${i === 0 ? `${decision ? '▶' : ' '} ${showDateTime(localTime)}` : ''.padEnd(18)}  ${line}`,
    ),
    ...(believed === '' ? [] : paragraph(`believed: ${believed}`, INDENT)),
    ...(really === '' ? [] : paragraph(`true: ${really}`, INDENT)),
  ];
}

const hours = (ms: number): string => (ms === 0 ? '–' : `${(ms / 3_600_000).toFixed(1)} h`);
const percent = (share: number): string => `${Math.round(share * 100)} %`;

function harmText(harm: readonly DrugHarm[]): string[] {
  if (harm.length === 0) return ['  nothing the patient is used to'];
  const rows = harm.map(({ drug, lasted, least, most }) => [
    `  ${drug}`,
    ...BAND_NAMES.map((band) => hours(lasted[band])),
    percent(least),
    percent(most),
  ]);
  return [table([['  drug', ...BAND_NAMES.map((band) => BANDS[band].says), 'least', 'most'], ...rows])];
}

/** Many debriefs of a class as a table: a row each, and which lines were missed how often. */
export function classText(debriefs: readonly Debrief[]): string {
  const rows = debriefs.map(({ learner, case: taken, seed, mode, passed, points, of, rubric }) => [
    learner ?? '–',
    taken.id,
    `${seed}`,
    mode,
    passed ? 'passed' : 'not passed',
    `${points} of ${of}`,
    missedIn({ rubric }).join(', '),
  ]);
  const missed = new Map<string, number>();
  for (const { case: taken, rubric } of debriefs)
    for (const id of missedIn({ rubric }))
      missed.set(`${taken.id}: ${id}`, (missed.get(`${taken.id}: ${id}`) ?? 0) + 1);
  const often = [...missed]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'))
    .map(([what, n]) => [`  ${n}×`, what]);
  const count = debriefs.filter(({ passed }) => passed).length;
  return [
    table([['learner', 'case', 'seed', 'mode', 'outcome', 'points', 'missed'], ...rows]),
    '',
    `${count} of ${debriefs.length} passed`,
    ...(often.length === 0 ? [] : ['', 'Missed most often', table(often)]),
    '',
  ].join('\n');
}
