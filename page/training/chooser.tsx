import { useState } from 'preact/hooks';
import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { TRAINING } from '../text.ts';
import type { Mode } from '../worker/protocol.ts';

const MODES: readonly Mode[] = ['practice', 'assessment'];
const MOST_SEED = 2 ** 31 - 1;

/** What was entered last. The case after it may be somebody else's, who is not to go by that name unawares. */
const last: { mode: Mode; learner: string } = { mode: 'practice', learner: '' };

/** The seed that was entered, if any; undefined where it is none. */
function seedIn(text: string): { readonly seed?: number } | undefined {
  if (text.trim() === '') return {};
  const seed = Number(text);
  return /^\s*\d{1,10}\s*$/.test(text) && seed <= MOST_SEED ? { seed } : undefined;
}

/** Chooses a case, how it is taken and by whom; it opens beside what is open. */
export function Chooser({ desk }: { desk: Desk }) {
  const { got: cases = [], problem } = useAsked(desk, 'cases', null);
  const [name, setName] = useState<string>();
  const [mode, setMode] = useState(last.mode);
  const [learner, setLearner] = useState('');
  const [seed, setSeed] = useState('');
  const [told, setTold] = useState('');
  const [isBeginning, setBeginning] = useState(false);
  const chosen = name ?? cases[0]?.name;
  const begin = async () => {
    const given = seedIn(seed);
    if (given === undefined || chosen === undefined) return setTold(TRAINING.noSeed);
    const who = learner.trim();
    Object.assign(last, { mode, learner });
    setBeginning(true);
    setTold('');
    try {
      await desk.ask('openCase', { name: chosen, mode, ...given, ...(who === '' ? {} : { learner: who }) });
      setLearner('');
    } catch (error) {
      setTold(error instanceof Error ? error.message : `${error}`);
    }
    setBeginning(false);
  };
  return (
    <>
      <p class="hint">{TRAINING.about}</p>
      <label class="field">
        <strong>{TRAINING.case}</strong>
        <select value={chosen} onChange={({ currentTarget }) => setName(currentTarget.value)}>
          {cases.map((each) => (
            <option key={each.name} value={each.name}>
              {each.title}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="row">
        <legend>{TRAINING.mode}</legend>
        {MODES.map((each) => (
          <button key={each} type="button" aria-pressed={mode === each} onClick={() => setMode(each)}>
            {TRAINING.modes[each]}
          </button>
        ))}
        <span class="hint">{TRAINING.modeAbout[mode]}</span>
      </fieldset>
      <label class="field">
        <strong>{TRAINING.learner}</strong>
        <input value={learner} maxLength={80} onInput={({ currentTarget }) => setLearner(currentTarget.value)} />
      </label>
      {last.learner.trim() === '' || learner !== '' ? null : (
        <button type="button" onClick={() => setLearner(last.learner)}>
          {TRAINING.goesOn(last.learner.trim())}
        </button>
      )}
      <label class="field">
        <strong>{TRAINING.seed}</strong>
        <input
          value={seed}
          inputMode="numeric"
          maxLength={12}
          onInput={({ currentTarget }) => setSeed(currentTarget.value)}
        />
      </label>
      <button type="button" class="main" disabled={chosen === undefined || isBeginning} onClick={() => void begin()}>
        {TRAINING.begin}
      </button>
      <span class="hint">{TRAINING.beginAbout}</span>
      <output class="told-once">{told === '' ? problem : told}</output>
    </>
  );
}
