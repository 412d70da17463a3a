import { escaped } from './chart.ts';

export type Cells = readonly string[];

/** A table whose rows begin with what they are of; one of a single cell heads those after it. Too wide for a page, it is moved below the finger or by keys. */
export function tableHtml(
  label: string,
  { head, rows }: { readonly head: Cells; readonly rows: readonly Cells[] },
): string {
  const heads = head.map((name) => (name === '' ? '<td></td>' : `<th scope="col">${escaped(name)}</th>`)).join('');
  const body = rows.map(([first = '', ...others]) =>
    others.length === 0
      ? `<tr><th scope="rowgroup" colspan="${head.length}">${escaped(first)}</th></tr>`
      : `<tr><th scope="row">${escaped(first)}</th>${others.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="tables" role="group" tabindex="0" aria-label="${escaped(label)}"><table><thead><tr>${heads}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
