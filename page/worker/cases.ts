/// <reference types="vite/types/importMeta.d.ts" />
import {
  type Chart,
  caseTitle,
  chartFigures,
  type Debrief,
  drawnSeed,
  Lesson,
  type LessonOptions,
  loadCase,
  type OpenFile,
  PANE,
  svgOf,
} from '../../workbench/index.ts';
import { type Begin, EXECUTOR } from './life.ts';
import type { CaseListed, CurvesDrawn } from './protocol.ts';

/** The cases that come with it: their texts, by paths. */
const SHIPPED = import.meta.glob<string>('../../cases/*.yaml', { query: '?raw', import: 'default', eager: true });

/** The cases there are: those that come with it, and those that were added, by name. */
export class Cases {
  readonly #cases = new Map<string, { readonly text: string; readonly open?: OpenFile }>(
    Object.entries(SHIPPED).map(([path, text]) => [path.replace(/^.*\/(.*)\.yaml$/, '$1'), { text }]),
  );

  get list(): readonly CaseListed[] {
    const list = [...this.#cases].map(([name, { text }]) => ({ name, title: caseTitle(text) }));
    return list.sort((a, b) => a.title.localeCompare(b.title, 'en'));
  }

  /** Adds one, in place of any of its name. Throws CaseError where it is none, and then adds nothing. */
  add(name: string, text: string, open: OpenFile): CaseListed {
    const { title } = loadCase(text, 0, open).lesson;
    this.#cases.set(name, { text, open });
    return { name, title };
  }

  /** What begins a case as a seed makes it, one by chance unless given; undefined where there is none of that name. Throws CaseError. */
  begin(
    name: string,
    seed = drawnSeed(crypto),
    options: Pick<LessonOptions, 'version' | 'mode' | 'learner'>,
  ): Begin | undefined {
    const found = this.#cases.get(name);
    if (found === undefined) return undefined;
    const loaded = loadCase(found.text, seed, found.open);
    return (watch) => {
      const lesson = new Lesson(loaded, { id: name, executor: EXECUTOR, ...options, ...watch });
      return {
        doer: lesson,
        listen: (most) => lesson.listen(most),
        session: lesson.session,
        title: loaded.lesson.title,
        lesson,
      };
    };
  }
}

const [HOURS, DAY] = [24, 86_400_000];

/** What was in the CSF while the case lasted, drug by drug, in times of what the patient was used to. */
export const harmDrawn = ({ harm, lasted }: Debrief): readonly CurvesDrawn[] =>
  harm.map(({ drug, curve }) => {
    const chart: Chart = {
      title: `CSF: ${drug}`,
      unit: 'times the usual',
      curves: [{ name: 'true', dots: curve.map(([hour, share]) => [hour / HOURS, share] as const), shape: 'straight' }],
      end: lasted / DAY,
    };
    return {
      title: chart.title,
      unit: chart.unit,
      about: 'By the teaching model of one compartment: for teaching, never a prediction.',
      names: ['true'],
      svg: svgOf(chart, PANE),
      figures: chartFigures(chart),
    };
  });
