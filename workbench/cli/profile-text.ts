import {
  type Line,
  PARAMETER_NAMES,
  PARAMETERS,
  type ParameterName,
  type ProfileSheet,
  STATUSES,
} from '../../shared/index.ts';
import { styled, table, wrap } from './print.ts';

/* What "thecal profiles" prints: sheets, and two of them beside each other. */

type Status = Line['status'];
const COLOURS = { verified: 'green', secondary: 'cyan', unverified: 'yellow', assumed: 'dim' } as const;

const statusOf = (sheet: ProfileSheet, status: Status): number =>
  PARAMETER_NAMES.filter((name) => sheet.parameters[name].status === status).length;

/** A cell of a table in the colour of its status. It is put in once columns are as wide as their text. */
const coloured = (text: string): string =>
  text.replaceAll(new RegExp(`(?<= )(${STATUSES.join('|')})(?= |$)`, 'gmu'), (word) => {
    const status = STATUSES.find((each) => each === word);
    return status === undefined ? word : styled(COLOURS[status], word);
  });

/** Every sheet on a line, with how many of its lines are known how well. */
export function profileList(sheets: readonly ProfileSheet[]): string {
  const rows = sheets.map((sheet) => {
    const counts = STATUSES.map((status) => `${statusOf(sheet, status)}`.padStart(status.length));
    return [sheet.name, sheet.title, ...counts];
  });
  const [head = '', ...lines] = table([['profile', 'title', ...STATUSES], ...rows]).split('\n');
  const hints = [
    'lines of each, by how well they are known',
    '',
    '  thecal profiles NAME            every line of one, with its source',
    '  thecal profiles --compare A B   what differs between two',
  ];
  return [styled('bold', head), ...lines, '', ...hints.map((hint) => styled('dim', hint))].join('\n');
}

/** A value with its unit, where it has one. */
const written = ({ value, unit }: Line): string =>
  ['choice', 'count', 'sensors'].includes(unit) ? `${value}` : `${value} ${unit}`;

/** How wide the terminal is; a pipe is taken for one of 120 columns. */
const columns = (): number => process.stdout.columns ?? 120;

/** Every line of a sheet: what it is, and below it where it comes from. */
export function profileText(sheet: ProfileSheet): string {
  const { name, title, about, parameters } = sheet;
  const cells = PARAMETER_NAMES.map((each) => [each, written(parameters[each]), parameters[each].status]);
  const left = table(cells.map((row) => [...row, '|']))
    .split('\n')
    .map((row) => row.slice(0, -1));
  const indent = left[0]?.length ?? 0;
  const room = Math.max(40, columns() - indent);
  const lines = PARAMETER_NAMES.flatMap((each, i) => {
    const [first = '', ...more] = wrap(PARAMETERS[each].about, room);
    const source = wrap(parameters[each].source, room).map((line) => styled('dim', line));
    const below = [...more, ...source].map((line) => `${' '.repeat(indent)}${line}`);
    return [`${coloured(left[i] ?? '')}${first}`, ...below];
  });
  const counts = STATUSES.map((status) => `${statusOf(sheet, status)} ${status}`).join(', ');
  const head = [styled('bold', `${title} (${name})`), ...wrap(about, Math.min(100, columns())), '', counts];
  return [...head, '', ...lines].join('\n');
}

/** Two sheets beside each other. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  /** Parameters with another value. */
  readonly values: readonly Compared[];
  /** Parameters with the same value that is known otherwise. */
  readonly statuses: readonly Compared[];
  /** How many are alike in both. */
  readonly alike: number;
}

interface Compared {
  readonly parameter: ParameterName;
  readonly a: Line;
  readonly b: Line;
}

/** What differs between two sheets. Values are held against each other as the device has them, whatever their unit. */
export function comparison(a: ProfileSheet, b: ProfileSheet): Comparison {
  const all = PARAMETER_NAMES.map((parameter) => ({
    parameter,
    a: a.parameters[parameter],
    b: b.parameters[parameter],
  }));
  const valueIn = ({ parameter }: Compared, line: Line) => JSON.stringify(PARAMETERS[parameter].read(line));
  const isSame = (each: Compared) => valueIn(each, each.a) === valueIn(each, each.b);
  const values = all.filter((each) => !isSame(each));
  const statuses = all.filter((each) => isSame(each) && each.a.status !== each.b.status);
  return { a: a.name, b: b.name, values, statuses, alike: all.length - values.length - statuses.length };
}

export function comparisonText({ a, b, values, statuses, alike }: Comparison): string {
  const others = values.map((each) => [each.parameter, written(each.a), each.a.status, written(each.b), each.b.status]);
  const [head = '', ...rows] = table([['parameter', a, '', b, ''], ...others]).split('\n');
  const known = statuses.map((each) => [each.parameter, written(each.a), each.a.status, '→', each.b.status]);
  return [
    ...(values.length === 0 ? ['no value differs'] : [styled('bold', head), ...rows.map(coloured)]),
    ...(known.length === 0 ? [] : ['', styled('bold', 'the same value, known otherwise'), coloured(table(known))]),
    '',
    styled('dim', `${alike} of ${alike + values.length + statuses.length} lines are alike`),
  ].join('\n');
}
