/** What is read by its names, such as the data of a trace record; a field that is not there reads as undefined. */
export type Fields = { readonly [key: string]: unknown };

const NONE: Fields = {};

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** The fields of a value; of what has none, none. */
export const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : NONE);

/** The fields of a record's data. */
export const fieldsOf = ({ data }: { readonly data: unknown }): Fields => fieldsIn(data);
