import { GROUPS, type Group, MEASURES } from '../campaign/measures.ts';
import { paired } from '../campaign/pairs.ts';
import type { CampaignResult } from '../campaign/result.ts';
import { resultHead, summarized } from '../campaign/tables.ts';
import { measureFigure, pairsFigure, sameFigure, sharesFigure } from './campaign-figures.ts';
import { sampled } from './campaign-samples.ts';
import { escaped } from './chart.ts';
import { isSpread } from './histogram.ts';
import { DISCLAIMER, pageHtml } from './page.ts';

const TITLES: Readonly<Record<Group | '', string>> = {
  '': 'Lives',
  alarms: 'Alarms',
  refills: 'Refills',
  stopped: 'Stopped and dry',
  dose: 'Dose',
  refusals: 'Requests',
  harm: 'Too little and too much',
};
const STYLE = `body{max-width:80rem}h3{margin:1.5rem 0 .3rem}code{overflow-wrap:anywhere}
nav a{display:inline-block;padding:.7rem 1rem .7rem 0;min-width:44px;color:var(--a)}summary{padding:.7rem 0;min-width:44px}
figure{display:grid;grid-template-columns:minmax(0,27rem) minmax(0,1fr);gap:.3rem 2rem;align-items:start}figcaption{grid-column:1/-1}figcaption h3{margin:0}figure.same{display:block}
.tables{overflow-x:auto}.tables table{font-size:.9rem}td,th{padding:.25rem .5rem;vertical-align:bottom}th[scope=row],thead th:first-child{text-align:left}th[scope=row]{font-weight:400;min-width:4.5rem}td{white-space:nowrap}th[scope=rowgroup]{text-align:left;padding-top:.8rem}
.arm{font-weight:600}.bar{fill:var(--a)}.range{stroke:currentColor;stroke-width:1.5}.median{fill:var(--paper);stroke:currentColor;stroke-width:2}
.range-key::before{content:"├─○─┤ ";letter-spacing:-.05em}
@media(max-width:62rem){figure{grid-template-columns:minmax(0,1fr)}svg{max-width:34rem}}
@media(max-width:40rem){td{white-space:normal}td,th{padding:.25rem}}
@media print{:root{color-scheme:light}details,nav{display:none}figure{break-inside:avoid}h2,h3{break-after:avoid}.bar{print-color-adjust:exact}}`;

/** What a campaign came to, as one page. */
export function campaignHtml(result: CampaignResult): string {
  const measures = summarized(result).map((measure) => sampled(measure, result));
  const pairs = paired(result);
  const groups = (['', ...GROUPS] as const).flatMap((group) => {
    const of = measures.filter(({ name }) => MEASURES[name].group === group);
    return of.length === 0 ? [] : [{ group, of }];
  });
  const sections = groups.map(({ group, of }) => {
    const against = pairs.filter(({ name }) => of.some((each) => each.name === name));
    const [spread, same] = [true, false].map((is) => of.filter(({ samples }) => isSpread(samples) === is));
    const figures = [
      ...sharesFigure(of),
      ...(spread ?? []).map(measureFigure),
      ...sameFigure(same ?? []),
      ...(spread?.length === 0 ? [] : pairsFigure(against, result)),
    ];
    return `<section id="${idOf(group)}"><h2>${TITLES[group]}</h2>${figures.join('\n')}</section>`;
  });
  const links = groups.map(({ group }) => `<a href="#${idOf(group)}">${TITLES[group]}</a>`);
  const body = `<main><h1>${escaped(result.title)}</h1>
${rulesHtml(result)}
<p>${escaped(resultHead(result))}.<br>Digest of the plan: <code>${escaped(result.plan)}</code></p>
<p>${DISCLAIMER}</p>
<p>Plots: how many lives had how much, in each arm; below it <span class="range-key">from the 5th percentile to the 95th, and the median</span>. The figures go with each.</p>
<nav aria-label="Measures">${links.join(' ')}</nav>
${sections.join('\n')}</main>`;
  return pageHtml(result.title, STYLE, body);
}

const idOf = (group: Group | ''): string => (group === '' ? 'lives' : group);

/** Which always-true rules were broken; of a result that held no life against them, that. */
function rulesHtml({ breaches, watched }: CampaignResult): string {
  if (breaches.length > 0)
    return `<section id="rules"><h2 class="unmet">Always-true rules broken: ${breaches.length}</h2>${breaches.map((breach) => `<pre class="problem">${escaped(breach)}</pre>`).join('')}</section>`;
  if (watched === 0) return '<p>None of these lives was held against the always-true rules.</p>';
  return '<p class="met">No always-true rule was broken.</p>';
}
