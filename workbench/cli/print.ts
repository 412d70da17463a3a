import { styleText } from 'node:util';

export { recordText, table, wrap } from '../index.ts';

/** What a command has to say: results to standard output, everything else to standard error. */
export const out = (text: string): void => void process.stdout.write(`${text}\n`);
export const note = (text: string): void => void process.stderr.write(`${text}\n`);

type Style = Parameters<typeof styleText>[0];

/** Colour where the stream is a terminal that wants it: NO_COLOR, FORCE_COLOR and pipes are honoured. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream, validateStream: true });
}
