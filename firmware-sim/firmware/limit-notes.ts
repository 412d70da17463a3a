import type { LimitAnswer, LogData, LogKind, RequestOf } from '../../shared/index.ts';

/** What is written down for an answer about a limit of the programmer's drug library. */
export const LIMIT_LOGS = {
  asked: 'limitAsked',
  confirmed: 'limitConfirmed',
  declined: 'limitDeclined',
  refused: 'limitRefused',
} as const satisfies Record<LimitAnswer, LogKind>;

/** The data of a record for each limit, as they were told: the pump judges nothing by them. */
export const limitRecords = ({
  library: { name, version },
  limits,
}: Pick<RequestOf<'noteLimit'>, 'library' | 'limits'>): LogData[] =>
  limits.map((limit) => ({ ...limit, library: `${name} ${version}` }));
