import { inspect, styleText } from 'node:util';

export { recordText, table, wrap } from '../index.ts';

/** What a command has to say: results to standard output, everything else to standard error. */
export const out = (text: string): void => void process.stdout.write(`${legible(text)}\n`);
export const note = (text: string): void => void process.stderr.write(`${legible(text)}\n`);

const STYLES = ['red', 'green', 'yellow', 'cyan', 'bold', 'dim'] as const;
type Style = (typeof STYLES)[number];
const COLOURS = STYLES.flatMap((style) => inspect.colors[style] ?? []).map((code) => `\u001B[${code}m`);
/** What a terminal may obey: line breaks, tabs and what `styled` writes. */
const OBEYED = new Set(['\n', '\t', ...COLOURS]);

/** Titles and serial numbers may hold other control characters: people read them as `\u001b`. */
const legible = (text: string): string =>
  text.replaceAll(/[\n\t]|\p{Cc}(?:\[\d+m)?/gu, (found) => {
    const [code, rest] = [found.charCodeAt(0).toString(16).padStart(4, '0'), found.slice(1)];
    return OBEYED.has(found) ? found : `\\u${code}${rest}`;
  });

/** `1 shard`, `2 shards`: of words whose plural has an s. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** A path as a word of a shell's command line, never taken for an option. */
export function word(path: string): string {
  const safe = path.startsWith('-') ? `./${path}` : path;
  return /^[\w./@%+=:,-]+$/u.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}

/** Colour where the stream is a terminal that wants it: NO_COLOR, FORCE_COLOR and pipes are honoured. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream, validateStream: true });
}
