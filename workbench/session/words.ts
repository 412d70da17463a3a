/** A word of a line outside quotes and brackets, and what stands around it. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether a comma stands before it. */
  readonly afterComma: boolean;
  /** Whether a colon stands right after it. */
  readonly colon: boolean;
}

const WORD = /[^\s:,[\]{}"']+(?::(?=\S)[^\s:,[\]{}"']+)*/uy;

/** The words of a line that stand outside quotes and brackets. */
export function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  let depth = 0;
  let afterComma = false;
  for (let i = 0; i < line.length; ) {
    const char = line.charAt(i);
    WORD.lastIndex = i;
    const text = WORD.exec(line)?.[0];
    if (text !== undefined) {
      const end = i + text.length;
      if (depth === 0) words.push({ text, start: i, end, afterComma, colon: line.charAt(end) === ':' });
      afterComma = false;
      i = end;
      continue;
    }
    if (char === '"' || char === "'") i = Math.max(i, closing(line, i));
    if (/[[{]/u.test(char)) depth += 1;
    if (/[\]}]/u.test(char)) depth -= 1;
    if (!/\s/u.test(char)) afterComma = char === ',';
    i += 1;
  }
  return words;
}

/** Where a quotation that begins at `from` ends; the end of the line where it does not. */
function closing(line: string, from: number): number {
  const at = line.indexOf(line.charAt(from), from + 1);
  return at === -1 ? line.length : at;
}
