import { z } from 'zod';
import { wire } from '../shared/index.ts';

/* What the fields of a payload are, read off its schema. */

type JsonSchema = z.core.JSONSchema.BaseSchema;

const jsonOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' });

/** A row for each field of a map, those of maps in it with it: its name, its type, what it is. */
export function fieldRows(
  schema: z.ZodType,
  lists: ReadonlyMap<string, string>,
  shape?: string,
): (readonly [name: string, type: string, about: string])[] {
  return rowsIn(jsonOf(schema), '', { lists, shape });
}

/** The least and the most of a kind of number, in groups of digits; undefined where it is a text. */
export function limitOf(kind: string): readonly [string, string] | undefined {
  const schema = Object.entries(wire).find(([name]) => name === kind)?.[1];
  const { minimum, maximum } = schema === undefined ? {} : jsonOf(schema);
  return minimum === undefined || maximum === undefined ? undefined : [grouped(minimum), grouped(maximum)];
}

const grouped = (n: number): string => `${n}`.replaceAll(/\B(?=(\d{3})+$)/g, ' ');

interface How {
  readonly lists: ReadonlyMap<string, string>;
  /** The name of the shape that is told here, and not only referred to. */
  readonly shape: string | undefined;
}

function rowsIn(schema: JsonSchema, path: string, how: How): (readonly [string, string, string])[] {
  if (isElsewhere(schema, how)) return [];
  if (schema.oneOf !== undefined) return schema.oneOf.flatMap((each) => choiceRows(json(each), path, how));
  const value = schema.anyOf === undefined ? schema : otherThanNull(schema);
  if (value !== schema) return rowsIn(value, path, how);
  if (schema.items !== undefined) return rowsIn(itemOf(schema), `${path}[]`, how);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [rowOf(at, json(field), how), ...rowsIn(json(field), at, how)];
  });
}

/** The rows of one choice of several, under the text that tells which it is. */
function choiceRows(schema: JsonSchema, path: string, how: How): (readonly [string, string, string])[] {
  const { type, ...properties } = schema.properties ?? {};
  const tag = json(type).const;
  const head = [`\`type\``, `\`${String(tag)}\``, aboutOf(`type ${String(tag)}`, schema)] as const;
  const { description: _, ...rest } = schema;
  return [head, ...rowsIn({ ...rest, properties }, path, how)];
}

const rowOf = (name: string, schema: JsonSchema, how: How): readonly [string, string, string] => [
  `\`${name}\``,
  typeOf(schema, how),
  aboutOf(name, schema),
];

/** Every field says what it is: the page tells nothing of it otherwise. */
function aboutOf(name: string, { description }: JsonSchema): string {
  if (description === undefined) throw new Error(`${name} does not say what it is`);
  return description;
}

function typeOf(schema: JsonSchema, how: How): string {
  const { anyOf, enum: names, const: only, items } = schema;
  if (isElsewhere(schema, how))
    return `[${String(schema['shape'])}](#a-${String(schema['shape']).replaceAll(' ', '-')})`;
  if (anyOf !== undefined) return `${typeOf(otherThanNull(schema), how)} or null`;
  if (typeof schema['kind'] === 'string') return `[${schema['kind']}](#values)`;
  if (only !== undefined) return `\`${String(only)}\``;
  if (names !== undefined) return how.lists.get(names.join()) ?? names.map((name) => `\`${String(name)}\``).join(', ');
  if (items !== undefined) {
    const most = schema.maxItems === undefined ? '' : `at most ${schema.maxItems} `;
    return `list of ${most}${typeOf(itemOf(schema), how)}`;
  }
  if (schema.type === 'integer') return `${schema.minimum} to ${schema.maximum}`;
  if (schema.type === 'string') return 'text';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.properties === undefined && schema.additionalProperties !== undefined) return 'map of any names';
  return 'map';
}

const isElsewhere = (schema: JsonSchema, { shape }: How): boolean =>
  typeof schema['shape'] === 'string' && schema['shape'] !== shape;

const itemOf = ({ items }: JsonSchema): JsonSchema => json(Array.isArray(items) ? undefined : items);

/** What a field that may be null is otherwise. */
const otherThanNull = ({ anyOf = [] }: JsonSchema): JsonSchema =>
  json(anyOf.find((each) => json(each).type !== 'null'));

const json = (schema: JsonSchema | boolean | undefined): JsonSchema => (typeof schema === 'object' ? schema : {});
