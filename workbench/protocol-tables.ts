import type { z } from 'zod';
import { ALARM_WORDS, BOLUS_END_WORDS, LOG_WORDS } from '../programmer/index.ts';
import {
  ALARM_CODES,
  ALARM_ENDS,
  ALARMS,
  BOLUS_ENDS,
  COMMANDS,
  DRUGS,
  discrepancySchema,
  FRAME_ERRORS,
  FRAME_FAULTS,
  FRAME_PARTS,
  historyEntrySchema,
  isCommand,
  LIMIT_NAMES,
  LIMITS,
  LOG_DATA,
  LOG_KINDS,
  libraryStampSchema,
  logRecordSchema,
  MESSAGE_NAMES,
  MESSAGES,
  type MessageName,
  MOST_PAYLOAD,
  prescriptionSchema,
  programSchema,
  REFUSAL_CODES,
  REFUSAL_OPCODE,
  REFUSALS,
  REPLY_BIT,
  ROLES,
  type Role,
  refusalSchema,
  STOP_REASON_CODES,
  STOP_REASONS,
  statusSchema,
  WIRE_KINDS,
} from '../shared/index.ts';
import { fieldRows, limitOf } from './schema-rows.ts';

/* What docs/protocol.md says by the code: by name, what stands between its marks. */

const code = (text: string): string => `\`${text}\``;
const hex = (opcode: number): string => opcode.toString(16).toUpperCase().padStart(2, '0');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Lists of names that a field refers to instead of repeating them, and the heading they stand under. */
const LISTS: ReadonlyMap<string, string> = new Map([
  [REFUSAL_CODES.join(), '[refusal](#refusals)'],
  [LOG_KINDS.join(), '[log kind](#log-records)'],
  [ALARM_CODES.join(), '[alarm](#alarms)'],
  [STOP_REASON_CODES.join(), '[stop reason](#stop-reasons)'],
  [COMMANDS.join(), '[command](#commands)'],
]);

const SHAPES = {
  status: statusSchema,
  prescription: prescriptionSchema,
  program: programSchema,
  'history entry': historyEntrySchema,
  'log record': logRecordSchema,
  refusal: refusalSchema,
  'library stamp': libraryStampSchema,
  discrepancy: discrepancySchema,
};

function frame(): string {
  let offset = 0;
  let behind = '';
  const rows = FRAME_PARTS.map(({ part, bytes, what }) => {
    const row = [`${offset}${behind}`, bytes === null ? 'n' : `${bytes}`, part, what];
    offset += bytes ?? 0;
    if (bytes === null) behind = ' + n';
    return row;
  });
  return `${table(['offset', 'bytes', 'part', 'what it is'], rows)}\n\nn is at most ${MOST_PAYLOAD}, a frame at most ${offset + MOST_PAYLOAD} bytes and at least ${offset}.`;
}

const faults = (): string =>
  table(
    ['code', 'when', 'answer'],
    FRAME_ERRORS.map((name) => [code(name), FRAME_FAULTS[name].text, FRAME_FAULTS[name].answer]),
  );

const kinds = (): string =>
  table(
    ['name', 'what it is', 'from', 'to'],
    Object.entries(WIRE_KINDS).map(([name, what]) => {
      const [from = '', to = ''] = limitOf(name) ?? [];
      return [code(name), what, from, to];
    }),
  );

const mayAsk = (name: MessageName, role: Role): boolean => {
  const roles: readonly Role[] = MESSAGES[name].roles;
  return roles.includes(role);
};

const overview = (): string =>
  table(
    ['request', 'reply', 'message', ...ROLES, 'in a session', 'may change delivery', 'a command'],
    MESSAGE_NAMES.map((name) => {
      const { opcode, inSession, changesDelivery } = MESSAGES[name];
      const marks = [...ROLES.map((role) => mayAsk(name, role)), inSession, changesDelivery, isCommand(name)];
      return [hex(opcode), hex(opcode | REPLY_BIT), `[${name}](#${name.toLowerCase()})`, ...marks.map(markOf)];
    }),
  );
const markOf = (is: boolean): string => (is ? 'yes' : '');

const fields = (title: string, schema: z.ZodType, shape?: string): string => {
  const elsewhere = Object.entries(SHAPES).find(([name, each]) => each === schema && name !== shape)?.[0];
  if (elsewhere !== undefined) return `${title}: a [${elsewhere}](#a-${elsewhere.replaceAll(' ', '-')}).`;
  const rows = fieldRows(schema, LISTS, shape);
  return rows.length === 0 ? `${title}: an empty map.` : `${title}:\n\n${table(['field', 'type', 'what it is'], rows)}`;
};

const messages = (): string =>
  MESSAGE_NAMES.map((name) => {
    const { about, request, reply, opcode } = MESSAGES[name];
    return [
      `### ${name}`,
      about,
      fields(`Request, type ${hex(opcode)}`, request),
      fields(`Reply, type ${hex(opcode | REPLY_BIT)}`, reply),
    ].join('\n\n');
  }).join('\n\n');

const shapes = (): string =>
  Object.entries(SHAPES)
    .map(([name, schema]) => {
      const title = name === 'refusal' ? `Type ${hex(REFUSAL_OPCODE)}` : 'The fields';
      return `### A ${name}\n\n${fields(title, schema, name)}`;
    })
    .join('\n\n');

const words = (head: string, rows: readonly (readonly string[])[]): string =>
  table(
    [head, 'what it says'],
    rows.map(([name = '', ...rest]) => [code(name), ...rest]),
  );

function codes(): string {
  const refusals = words(
    'code',
    REFUSAL_CODES.map((name) => [name, REFUSALS[name]]),
  );
  const alarms = table(
    ['alarm', 'class', 'priority', 'ended by', 'its tone may be silenced', 'what it says'],
    ALARM_CODES.map((name) => {
      const { class: what, priority, endedBy, silence } = ALARMS[name];
      return [code(name), what, priority, ALARM_ENDS[endedBy], markOf(silence === 'tone'), ALARM_WORDS[name]];
    }),
  );
  const stops = words(
    'reason',
    STOP_REASON_CODES.map((name) => [name, STOP_REASONS[name]]),
  );
  const ends = words(
    'end',
    BOLUS_ENDS.map((name) => [name, BOLUS_END_WORDS[name]]),
  );
  const records = table(
    ['kind', 'what happened', 'data'],
    LOG_KINDS.map((name) => [code(name), LOG_WORDS[name], LOG_DATA[name]]),
  );
  const commands = COMMANDS.map(code).join(', ');
  const limits = table(
    ['limit', 'what it is of, and the unit of its value and bound'],
    LIMIT_NAMES.map((name) => [code(name), LIMITS[name]]),
  );
  const drugs = DRUGS.map(code).join(', ');
  return [
    `### Refusals\n\n${refusals}`,
    `### Alarms\n\n${alarms}`,
    `### Stop reasons\n\n${stops}`,
    `### Ends of a bolus\n\n${ends}`,
    `### Log records\n\n${records}`,
    `### Commands\n\nMessages that are carried out once, and whose answer is kept for \`recall\`: ${commands}. So is \`noteLimit\`, which no status offers.`,
    `### Limits of a drug library\n\n${limits}`,
    `### Drugs\n\n${drugs}.`,
  ].join('\n\n');
}

/** The generated parts of docs/protocol.md, by the name of their marks. */
export const protocolTables = (): Readonly<Record<string, string>> => ({
  frame: frame(),
  faults: faults(),
  kinds: kinds(),
  overview: overview(),
  messages: messages(),
  shapes: shapes(),
  codes: codes(),
});
