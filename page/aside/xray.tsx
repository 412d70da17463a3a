import { useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { XRAY } from '../text.ts';
import type { Shown } from '../worker/protocol.ts';

/** Belief beside truth: for the instructor, and for a learner once it is over. */
export function Xray({ shown, desk }: { shown: Shown; desk: Desk }) {
  const [views, setViews] = useState<readonly [string, string][]>([]);
  const look = async () => {
    const texts = await Promise.all(
      (['belief', 'truth', 'why'] as const).map(
        async (view) => [XRAY[view], (await desk.ask('line', view)).text] as [string, string],
      ),
    );
    setViews(texts);
  };
  return (
    <section class="form" aria-label={XRAY.title}>
      <h2>{XRAY.title}</h2>
      <dl class="facts">
        {Object.entries(shown.states).map(([region, state]) => (
          <div key={region} style={{ display: 'contents' }}>
            <dt>{region}</dt>
            <dd>{state}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => void look()}>
        {XRAY.look}
      </button>
      {views.map(([title, text]) => (
        <details key={title} open>
          <summary>{title}</summary>
          <pre class="report">{text}</pre>
        </details>
      ))}
    </section>
  );
}
