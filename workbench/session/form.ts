import type { z } from 'zod';
import { step } from '../scenario/schema.ts';
import { writtenJsonSchema } from '../scenario/text.ts';
import { once } from './once.ts';
import { oneLine } from './one-line.ts';

/** What may stand at one place of a scenario, read from its schema: every word, key and hint comes from there. */
export interface Form {
  readonly about: string | undefined;
  /** As they would be written. */
  readonly examples: readonly string[];
  /** The words it may be. */
  readonly words: readonly string[];
  /** The keys it may have, and what may stand at each. */
  readonly keys: ReadonlyMap<string, Form>;
  /** The keys it must have, where it has keys. */
  readonly required: readonly string[];
  /** What its items may be, where it is a list. */
  readonly items: Form | undefined;
  /** Whether it may be a text or number other than its words. */
  readonly free: 'text' | 'number' | undefined;
}

/** As much of JSON Schema as scenarios use. */
type Schema = z.core.JSONSchema.BaseSchema;

/** What a step may be: the one vocabulary of the console. */
export const stepForm = once((): Form => formOf(writtenJsonSchema(step)));

function formOf(root: Schema): Form {
  const visit = (schema: Schema | boolean): Form => {
    const { $ref } = resolved(schema);
    const target = $ref === undefined ? resolved(schema) : (root.$defs?.[$ref.replace('#/$defs/', '')] ?? {});
    const { description, examples, enum: choices, const: only, type, properties = {}, required, items } = target;
    const own: Form = {
      about: description,
      examples: (examples ?? []).map(oneLine),
      words: [...(choices ?? []), only].filter((word) => word !== undefined).map(String),
      keys: new Map(Object.entries(properties).map(([key, value]) => [key, visit(value)])),
      required: required ?? [],
      items: items === undefined || Array.isArray(items) ? undefined : visit(items),
      free: choices === undefined && only === undefined ? freeType(type) : undefined,
    };
    const booleans = type === 'boolean' && only === undefined ? { words: ['true', 'false'] } : {};
    return [...(target.anyOf ?? []), ...(target.oneOf ?? [])].map(visit).reduce(merged, { ...own, ...booleans });
  };
  return visit(root);
}

function resolved(schema: Schema | boolean): Schema {
  return typeof schema === 'boolean' ? {} : schema;
}

function freeType(type: Schema['type']): Form['free'] {
  if (type === 'string') return 'text';
  return type === 'number' || type === 'integer' ? 'number' : undefined;
}

/** What is one or the other. */
function merged(a: Form, b: Form): Form {
  const keys = new Map(a.keys);
  for (const [key, form] of b.keys) {
    const other = keys.get(key);
    keys.set(key, other === undefined ? form : merged(other, form));
  }
  const must =
    a.keys.size === 0 ? b.required : a.required.filter((key) => b.keys.size === 0 || b.required.includes(key));
  return {
    about: a.about ?? b.about,
    examples: [...new Set([...a.examples, ...b.examples])],
    words: [...new Set([...a.words, ...b.words])],
    keys,
    required: must,
    items: a.items ?? b.items,
    free: a.free ?? b.free,
  };
}

/** The form at a dotted key, such as `belief.reservoir`; undefined where there is none. */
export function formAt(form: Form, dotted: string): Form | undefined {
  return dotted.split('.').reduce<Form | undefined>((at, key) => at?.keys.get(key), form);
}
