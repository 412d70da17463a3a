import type { Request } from '../shared/index.ts';
import type { VisitContext } from './visit-context.ts';
import { commandOf } from './visit-guards.ts';

/** What the chart of a visit asks the pump: the request, or nothing where there is none to make. */
export const requests = {
  askOpen: (): Request => ({ name: 'openSession', payload: { role: 'clinician' } }),
  askStatus: (): Request => ({ name: 'interrogate', payload: {} }),
  askStage: ({ intended, serial }: VisitContext): Request | undefined => {
    if (intended === null) return undefined;
    const { prescription, run, override } = intended;
    return { name: 'stagePrescription', payload: { serial: serial ?? '', prescription, run, override } };
  },
  askBegin: ({ intended }: VisitContext): Request => ({
    name: 'beginUpdate',
    payload: { digest: intended?.digest ?? '' },
  }),
  askCommit: ({ intended }: VisitContext): Request => ({
    name: 'commitUpdate',
    payload: { digest: intended?.digest ?? '' },
  }),
  askCommand: ({ act, serial, readAt }: VisitContext): Request | undefined => commandOf(act, serial ?? '', readAt),
  askCorrection: ({ readAt }: VisitContext): Request => ({ name: 'setClock', payload: { wall: readAt } }),
  askHistory: ({ history }: VisitContext): Request => ({
    name: 'readHistory',
    payload: { from: (history.at(-1)?.number ?? 0) + 1 },
  }),
  askLog: ({ log }: VisitContext): Request => ({ name: 'readLog', payload: { from: (log.at(-1)?.number ?? 0) + 1 } }),
  askClose: (): Request => ({ name: 'closeSession', payload: {} }),
};
