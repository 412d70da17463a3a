import { useLayoutEffect, useRef } from 'preact/hooks';
import { TEXT } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';

const PREFIX = `${TEXT.notDone}: `;

/** What the screen says of the act that was not done last: with its figures, and what would be possible. */
const onScreen = ({ screen }: Visit): string | undefined =>
  screen.warnings.find((warning) => warning.startsWith(PREFIX))?.slice(PREFIX.length);

/** The warnings of the screen without a refusal that is shown beside what was asked for. */
export const warningsApart = ({ screen }: Visit): readonly string[] =>
  screen.warnings.filter((warning) => !warning.startsWith(PREFIX));

/** What is wrong with an entry, without its place in a file. */
const withoutPlace = (problem: string): string => problem.replace(/^(?:act: )?clinician[\w.[\]]*: /gm, '');

/** The reason alone, of all that a console would say of a refusal. */
const reasonIn = (text: string): string => /^refused \(\w+\): (.*)$/m.exec(text)?.[1] ?? text;

/** Why something was not done, brought into sight; nothing where it was done. */
export function Refusal({ reply, visit, more }: { reply: Reply | undefined; visit: Visit; more?: string | undefined }) {
  const place = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    if (reply !== undefined) place.current?.scrollIntoView({ block: 'nearest' });
  }, [reply]);
  if (reply === undefined || !isRefused(reply)) return null;
  const { problem, text } = reply;
  return (
    <p class="refused" role="alert" ref={place}>
      <strong>{TEXT.notDone}.</strong>{' '}
      {problem === undefined ? (onScreen(visit) ?? reasonIn(text)) : withoutPlace(problem)}
      {more === undefined ? null : `. ${more}`}
    </p>
  );
}
