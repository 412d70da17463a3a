import type { ComponentChildren } from 'preact';
import { TEXT } from '../text.ts';
import type { Field, Screen } from '../worker/protocol.ts';
import { grouped } from './groups.ts';

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
      <div key={name} data-field={name} style={{ display: 'contents' }}>
        <dt>{label}</dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
);

/** All lines of a screen, under their headings. */
export const Groups = ({ fields }: { fields: readonly Field[] }) => (
  <div class="groups">
    {grouped(fields).map(([group, list]) => (
      <Panel key={group} title={TEXT.groups[group]}>
        <Facts fields={list} />
      </Panel>
    ))}
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

/** Two prescriptions side by side; what differs is marked. */
export const Comparison = ({ rows }: { rows: Screen['comparison'] }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">{TEXT.what}</th>
        <th scope="col">{TEXT.was}</th>
        <th scope="col">{TEXT.willBe}</th>
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
export const Paper = ({ children }: { children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
  <pre class="report" tabIndex={0}>
    {children}
  </pre>
);
