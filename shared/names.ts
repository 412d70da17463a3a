/** The names of a table, in its order. A table's type knows all its keys, which TypeScript does not take for granted. */
export const namesOf = <K extends string>(table: Readonly<Record<K, unknown>>): [K, ...K[]] =>
  Object.keys(table) as [K, ...K[]];
