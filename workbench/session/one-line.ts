import { stringify } from 'yaml';

/** What JSON leaves as it is and a text file cannot keep, or a reader not see. */
const UNSEEN = /[\p{Cc}\u2028\u2029\uFFFD]/gu;
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A value as YAML on one line; one with line breaks or other control characters in it as JSON, which is YAML too. */
export function oneLine(value: unknown): string {
  const json = JSON.stringify(value).replaceAll(UNSEEN, escaped);
  if (/\\[bfnrtu]/u.test(json)) return json;
  const yaml = stringify(value, {
    schema: 'core',
    lineWidth: 0,
    collectionStyle: 'flow',
    defaultStringType: 'PLAIN',
    aliasDuplicateObjects: false,
  });
  // Its writer breaks long flow collections.
  return yaml.trim().replaceAll(/\s*\n\s*/gu, ' ');
}
