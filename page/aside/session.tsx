import { useRef, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { packed } from '../link.ts';
import { SESSION } from '../text.ts';
import type { Shown } from '../worker/protocol.ts';
import { sentence } from './line-text.ts';
import { openFiles } from './opening.ts';
import { LOOKS, type Settings } from './settings.ts';
import { roomTime } from './time.tsx';

/** A visit to go on with: when it was kept, and what opens it and says what came of it. */
export interface Before {
  readonly at: number;
  readonly goOn: () => Promise<string>;
}

interface Props {
  readonly shown: Shown;
  readonly desk: Desk;
  /** What came of the file or link that was opened last. */
  readonly told: string;
  readonly onTold: (told: string) => void;
  /** The visit that a page before this one kept. */
  readonly before: Before | undefined;
  readonly settings: Settings;
  readonly onSettings: (settings: Settings) => void;
}

/** Files, the story that came with the pump, links, and how the page looks. */
export function SessionPane({ shown, desk, told, onTold, before, settings, onSettings }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <section class="form" aria-label={SESSION.title}>
      <h2>{SESSION.title}</h2>
      {before === undefined ? null : (
        <div class="field">
          <button type="button" class="main" onClick={async () => onTold(await before.goOn())}>
            {SESSION.goOn(roomTime(before.at - new Date(before.at).getTimezoneOffset() * 60_000))}
          </button>
          <span class="hint">{SESSION.goOnHint}</span>
        </div>
      )}
      <div class="field">
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={SESSION.open}
          onChange={async ({ currentTarget }) => {
            onTold(await openFiles(desk, currentTarget.files ?? []));
            // The same file may be chosen again, once it has been put right.
            currentTarget.value = '';
          }}
        />
        <button type="button" class="main" onClick={() => input.current?.click()}>
          {SESSION.open}
        </button>
        <span class="hint">{SESSION.openHint}</span>
      </div>
      <output class="told-once">{told}</output>
      {shown.story.of === 0 ? null : <Story key={shown.visit} shown={shown} desk={desk} />}
      {shown.lesson?.isHiding === true ? null : <Keep desk={desk} />}
      <h2>{SESSION.look}</h2>
      <fieldset class="row">
        <legend class="unseen">{SESSION.look}</legend>
        {LOOKS.map((look) => (
          <button
            key={look}
            type="button"
            aria-pressed={settings.look === look}
            onClick={() => onSettings({ ...settings, look })}
          >
            {SESSION.looks[look]}
          </button>
        ))}
      </fieldset>
      <h2>{SESSION.instructor}</h2>
      <fieldset class="row">
        <legend class="unseen">{SESSION.instructor}</legend>
        {([true, false] as const).map((instructor) => (
          <button
            key={`${instructor}`}
            type="button"
            aria-pressed={settings.instructor === instructor}
            onClick={() => onSettings({ ...settings, instructor })}
          >
            {instructor ? SESSION.instructorShown : SESSION.instructorHidden}
          </button>
        ))}
      </fieldset>
      <h2>{SESSION.realTime}</h2>
      <fieldset class="row">
        <legend class="unseen">{SESSION.realTime}</legend>
        {([true, false] as const).map((realTime) => (
          <button
            key={`${realTime}`}
            type="button"
            aria-pressed={settings.realTime === realTime}
            onClick={() => onSettings({ ...settings, realTime })}
          >
            {realTime ? SESSION.timeRuns : SESSION.timeStands}
          </button>
        ))}
      </fieldset>
    </section>
  );
}

/** The story of the scenario that was opened, a step at a time. Time stands still between its steps. */
function Story({ shown: { story }, desk }: Pick<Props, 'shown' | 'desk'>) {
  const [said, setSaid] = useState('');
  const [isPlaying, setPlaying] = useState(false);
  const goesOn = useRef(false);
  const play = async (word: 'next' | 'skip', isAll = false) => {
    goesOn.current = isAll;
    setPlaying(true);
    await desk.ask('pause', null);
    do {
      const step = desk.shown?.story.next ?? '';
      const { text, problem } = await desk.ask('line', word);
      setSaid(problem ?? withoutSteps(text, step));
      if (problem !== undefined) break;
    } while (goesOn.current && desk.shown?.story.next !== undefined);
    setPlaying(false);
  };
  return (
    <>
      <h2>{SESSION.story}</h2>
      {story.next === undefined ? (
        <p>{SESSION.noStory}</p>
      ) : (
        <>
          <h3>{SESSION.step(story.played, story.of)}</h3>
          <p class="step">{sentence(story.says ?? '')}</p>
          <details>
            <summary>{SESSION.asWritten}</summary>
            <pre class="report step">{story.next}</pre>
          </details>
          <div class="row">
            <button type="button" class="main" disabled={isPlaying} onClick={() => void play('next')}>
              {SESSION.play}
            </button>
            <button type="button" disabled={isPlaying} onClick={() => void play('skip')}>
              {SESSION.skip}
            </button>
            {isPlaying ? (
              <button
                type="button"
                onClick={() => {
                  goesOn.current = false;
                }}
              >
                {SESSION.stopPlaying}
              </button>
            ) : (
              <button type="button" onClick={() => void play('next', true)}>
                {SESSION.playAll}
              </button>
            )}
          </div>
        </>
      )}
      <output class="said">{said}</output>
    </>
  );
}

/** What came of a step, without the step itself and the one after it: those stand above. */
const withoutSteps = (text: string, step: string): string =>
  text
    .replace(step, '')
    .replace(/^next \(\d+ of \d+\):[\s\S]*/m, '')
    .trim();

/** The visit so far, to be taken along: as a file, or as a link. */
function Keep({ desk }: Pick<Props, 'desk'>) {
  const [link, setLink] = useState<string>();
  const [told, setTold] = useState('');
  const save = async () => {
    const url = URL.createObjectURL(new Blob([await desk.ask('recorded', null)], { type: 'text/yaml' }));
    const anchor = document.createElement('a');
    anchor.href = url;
    anchor.download = 'visit.yaml';
    anchor.click();
    URL.revokeObjectURL(url);
  };
  const share = async () => {
    const address = new URL(location.href);
    address.hash = `visit=${await packed(await desk.ask('recorded', null))}`;
    setTold('');
    setLink(address.href);
  };
  const copy = () =>
    navigator.clipboard.writeText(link ?? '').then(
      () => setTold(SESSION.copied),
      () => setTold(SESSION.notCopied),
    );
  return (
    <>
      <h2>{SESSION.keep}</h2>
      <div class="row">
        <button type="button" onClick={() => void save()}>
          {SESSION.save}
        </button>
        <button type="button" onClick={() => void share()}>
          {SESSION.share}
        </button>
      </div>
      {link === undefined ? null : (
        <>
          <label class="field">
            <strong>{SESSION.link}</strong>
            <input readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
            <span class="hint">{SESSION.linkHint}</span>
          </label>
          <div class="row">
            <button type="button" onClick={() => void copy()}>
              {SESSION.copy}
            </button>
            <output>{told}</output>
          </div>
        </>
      )}
    </>
  );
}
