import type { ComponentChildren } from 'preact';
import { TEXT } from '../text.ts';
import type { Field, Screen } from '../worker/protocol.ts';

/** A heading with what belongs to it. */
export const Panel = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="panel">
    <h2>{title}</h2>
    {children}
  </section>
);

/** Lines of a screen: what each is called, and what it says. */
export const Facts = ({ fields }: { fields: readonly Pick<Field, 'name' | 'label' | 'text'>[] }) => (
  <dl class="facts">
    {fields.map(({ name, label, text }) => (
      <div key={name} data-field={name}>
        <dt>{label}</dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
);

/** The lines of a screen under the headings of their topics; banners say what stopped it, and Finish what a review shows. */
export const Groups = ({ fields }: { fields: readonly Field[] }) => (
  <div class="groups">
    {Object.entries(TEXT.topics).map(([topic, title]) => {
      const about = fields.filter((field) => field.topic === topic);
      return about.length === 0 ? null : (
        <Panel key={topic} title={title}>
          <Facts fields={about} />
        </Panel>
      );
    })}
  </div>
);

export const Warnings = ({ warnings }: { warnings: readonly string[] }) =>
  warnings.length === 0 ? null : (
    <ul class="warnings" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );

interface Compared {
  readonly rows: Screen['comparison'];
  readonly was: string;
  readonly willBe: string;
}

/** Two prescriptions side by side, each under what it is; what differs is marked. */
export const Comparison = ({ rows, was, willBe }: Compared) => (
  <table>
    <thead>
      <tr>
        <th scope="col">{TEXT.what}</th>
        <th scope="col">{was}</th>
        <th scope="col">{willBe}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ part, label, before, after, changed }) => (
        <tr key={part} data-part={part} class={changed ? 'changed' : ''}>
          <th scope="row">{label}</th>
          <td>{before}</td>
          <td class="new">{after}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Text as the command line gives it. What scrolls must be reached by keyboard. */
export const Paper = ({ children }: { children: string | undefined }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
  <pre class="report" tabIndex={0}>
    {(children ?? '').split('\n').map((line, i) => (
      <span class="report-line" key={i} style={{ '--hang': `${hangOf(line)}ch` }}>
        {`${line}\n`}
      </span>
    ))}
  </pre>
);

/** Where a line that is too long goes on: below its second column, or a little behind its beginning. */
const hangOf = (line: string): number =>
  /^ *\S.*? {2,}(?=\S)/.exec(line)?.[0].length ?? (/^ */.exec(line)?.[0].length ?? 0) + 2;
