import { type PlainChart, type PlainRegion, transitionsOf } from '../firmware-sim/index.ts';

/** The chart as a Mermaid state diagram: the regions side by side, every transition with its event and guard. */
export function mermaid(chart: PlainChart): string {
  const regions = Object.entries(chart.regions).map(([name, region]) => regionLines(name, region).join('\n'));
  return `stateDiagram-v2\n${regions.join('\n')}\n`;
}

function regionLines(name: string, region: PlainRegion): string[] {
  const id = (state: string) => `${name}_${state}`;
  const lines = [`  state "${name}" as ${name} {`, `    [*] --> ${id(region.initial)}`];
  for (const [state, { on = {} }] of Object.entries(region.states)) {
    lines.push(`    state "${state}" as ${id(state)}`);
    for (const type of Object.keys(on)) {
      for (const { target, guard } of transitionsOf(region, state, type)) {
        if (target === undefined) continue;
        const label = guard === undefined ? type : `${type} [${guard}]`;
        lines.push(`    ${id(state)} --> ${id(target)} : ${label}`);
      }
    }
  }
  return [...lines, '  }'];
}
