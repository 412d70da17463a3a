import type { Break } from '../index.ts';
import type { Ran } from './ran.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
// Characters XML 1.0 has no way to hold are left out.
const xml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** The runs as a JUnit report: a test case a scenario. */
export function junit(ran: readonly Ran[]): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  const cases = ran.map(({ id, scenario, problems, wallMs }) => {
    const open = `    <testcase classname="thecal" name="${xml(`${id}: ${scenario.title}`)}" time="${seconds(wallMs)}"`;
    if (problems.length === 0) return `${open}/>`;
    // Where the first problem is, and what it is.
    const [where, what] = problems[0]?.split('\n') ?? [];
    return `${open}>\n      <failure message="${xml(`${where}: ${what?.trim()}`)}">${xml(problems.join('\n'))}</failure>\n    </testcase>`;
  });
  const failed = ran.filter(({ problems }) => problems.length > 0).length;
  const time = seconds(ran.reduce((sum, { wallMs }) => sum + wallMs, 0));
  const counts = `tests="${ran.length}" failures="${failed}" errors="0" time="${time}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="thecal scenarios" ${counts}>`,
    ...properties(ran[0]?.breaks ?? []),
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** The faults added, which are the same for every scenario of a run. */
function properties(breaks: readonly Break[]): string[] {
  if (breaks.length === 0) return [];
  const each = breaks.map(({ text }) => `      <property name="added fault" value="${xml(text)}"/>`);
  return ['    <properties>', ...each, '    </properties>'];
}
