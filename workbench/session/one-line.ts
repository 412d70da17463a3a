import { stringify } from 'yaml';

/** A value as YAML on one line; its writer breaks long flow collections. */
export const oneLine = (value: unknown): string =>
  stringify(value, {
    schema: 'core',
    lineWidth: 0,
    collectionStyle: 'flow',
    defaultStringType: 'PLAIN',
    aliasDuplicateObjects: false,
  })
    .trim()
    .replaceAll(/\s*\n\s*/gu, ' ');
