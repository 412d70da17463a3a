import { useState } from 'preact/hooks';
import { amount, amountText, type FluidDraft, fluidEntry } from '../parts/draft.ts';
import { FluidForm } from '../parts/forms.tsx';
import { AmountBox } from '../parts/inputs.tsx';
import { BEDSIDE, HANDSET } from '../text.ts';
import { type HandsAct, isRefused, type Reply, type Visit } from '../visit.ts';
import { handsetLines } from './handset-lines.ts';

/** The patient's own controller: one button, and what it answers. */
export function Handset({ visit, localTime, isAlone = false }: { visit: Visit; localTime: number; isAlone?: boolean }) {
  const lines = handsetLines(visit.handset, localTime);
  const [said, when] = [lines.filter(({ isWhen }) => !isWhen), lines.find(({ isWhen }) => isWhen)];
  return (
    <section class="handset" aria-label={HANDSET.title}>
      {isAlone ? <h1>{HANDSET.title}</h1> : <h2>{HANDSET.title}</h2>}
      <div class="handset-screen">
        <output aria-live="polite">
          {said.map(({ text }) => (
            <span key={text} class="line">
              {text}
            </span>
          ))}
        </output>
        {/* It counts down: said once with the answer is enough for whoever listens. */}
        {when === undefined ? null : <p class="when">{when.text}</p>}
      </div>
      <button type="button" class="main" onClick={() => void visit.act({ patient: 'requestBolus' })}>
        {HANDSET.ask}
      </button>
    </section>
  );
}

const MORPHINE: FluidDraft = { keeps: true, saline: false, drugs: [{ name: 'morphine', strength: amount('mg/mL') }] };

/** What hands can do: the only way to find out what is true. */
export function Bedside({ visit }: { visit: Visit }) {
  const [volume, setVolume] = useState(amount('mL'));
  const [fluid, setFluid] = useState(MORPHINE);
  const [told, setTold] = useState<readonly string[]>([]);
  const hands = async (act: HandsAct) => {
    const reply: Reply = await visit.act({ hands: act });
    const line = isRefused(reply) ? (reply.problem ?? reply.text) : reply.text;
    setTold([line.split('\n')[0] ?? '', ...told].slice(0, 8));
  };
  const ml = amountText(volume);
  const solution = fluidEntry(fluid);
  const withVolume: readonly (readonly [string, HandsAct])[] = [
    [BEDSIDE.inject, { inject: { volume: ml, ...solution } }],
    [BEDSIDE.aspirate, { aspirate: ml }],
    [BEDSIDE.aspiratePort, { aspiratePort: ml }],
    [BEDSIDE.injectPort, { injectPort: { volume: ml, ...solution } }],
    [BEDSIDE.pocket, { aspiratePocket: ml }],
    [BEDSIDE.dye, { dyeStudy: ml }],
    [BEDSIDE.csf, { withdrawCsf: ml }],
  ];
  const bare: readonly (readonly [string, HandsAct])[] = [
    [BEDSIDE.drain, 'drain'],
    [BEDSIDE.ask, 'askPatient'],
    [BEDSIDE.listen, { listen: '1h' }],
    [BEDSIDE.film, 'film'],
    [BEDSIDE.enterScanner, { enterScanner: '1.5 T' }],
    [BEDSIDE.leaveScanner, 'leaveScanner'],
  ];
  return (
    <section class="form" aria-label={BEDSIDE.title}>
      <h2>{BEDSIDE.title}</h2>
      <div class="row">
        {bare.map(([name, act]) => (
          <button type="button" key={name} onClick={() => void hands(act)}>
            {name}
          </button>
        ))}
      </div>
      <AmountBox label={BEDSIDE.volume} value={volume} units={['mL']} onValue={setVolume} />
      <FluidForm draft={fluid} drugs={visit.drugs} onDraft={setFluid} />
      <div class="row">
        {withVolume.map(([name, act]) => (
          <button type="button" key={name} disabled={volume.number.trim() === ''} onClick={() => void hands(act)}>
            {name}
          </button>
        ))}
      </div>
      <ul class="told" aria-live="polite" aria-label={BEDSIDE.told}>
        {told.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
