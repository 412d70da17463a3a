import type { Asked } from './telemetry.ts';
import type { VisitContext } from './visit-context.ts';
import { commandOf, commitOf, noteOf } from './visit-guards.ts';
import { reasonIn } from './visit-refill.ts';

/** What the chart of a visit asks the pump: the request, or nothing where there is none to make. */
export const requests = {
  askOpen: (): Asked => ({ name: 'openSession' }),
  askAuthenticate: (): Asked => ({ name: 'authenticate', payload: {} }),
  askStatus: (): Asked => ({ name: 'interrogate', payload: {} }),
  askStage: ({ intended, serial }: VisitContext): Asked | undefined => {
    if (intended === null) return undefined;
    const { prescription, run, override, endOpening } = intended;
    return {
      name: 'stagePrescription',
      payload: { serial: serial ?? '', prescription, run, override, endOpening },
    };
  },
  askBegin: ({ intended }: VisitContext): Asked => ({
    name: 'beginUpdate',
    payload: { digest: intended?.digest ?? '' },
  }),
  askCommit: ({ intended, settings }: VisitContext): Asked => commitOf(intended, settings),
  noteAsked: (context: VisitContext) => noteOf('asked', context),
  noteConfirmed: (context: VisitContext) => noteOf('confirmed', context),
  noteDeclined: (context: VisitContext) => noteOf('declined', context),
  noteRefused: (context: VisitContext) => noteOf('refused', context),
  askCommand: ({ act, serial, readAt, ordering }: VisitContext): Asked | undefined =>
    commandOf(act, serial ?? '', readAt, ordering),
  noteReason: (context: VisitContext) => reasonIn(context),
  askCorrection: ({ readAt }: VisitContext): Asked => ({ name: 'setClock', payload: { wall: readAt } }),
  askHistory: ({ history }: VisitContext): Asked => ({
    name: 'readHistory',
    payload: { from: (history.at(-1)?.number ?? 0) + 1 },
  }),
  askLog: ({ log }: VisitContext): Asked => ({ name: 'readLog', payload: { from: (log.at(-1)?.number ?? 0) + 1 } }),
  askClose: (): Asked => ({ name: 'closeSession', payload: {} }),
};
