import { chartFigures, type LifeCurves, lifeCharts, PANE, svgOf } from '../../workbench/index.ts';
import type { CurvesDrawn } from './protocol.ts';

/** The curves of a life as `thecal run --report` draws them, as wide as a pane; the figures of those that want them. */
export const curvesDrawn = (life: LifeCurves, figuresOf: readonly string[]): readonly CurvesDrawn[] =>
  lifeCharts(life).map((chart) => ({
    title: chart.title,
    unit: chart.unit,
    about: chart.about,
    names: chart.curves.map(({ name }) => name),
    svg: svgOf(chart, PANE),
    figures: figuresOf.includes(chart.title) ? chartFigures(chart) : undefined,
  }));
