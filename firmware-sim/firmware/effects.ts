import type { Instant, LibraryStamp, LogData, LogKind, Prescription, Rate, Role, Volume } from '../../shared/index.ts';

/** What the chart wants done, as data: collected in order and handed to motor, log and history. */
export type Effect =
  | { readonly type: 'drive'; readonly rate: Rate }
  | { readonly type: 'stroke'; readonly volume: Volume }
  | { readonly type: 'log'; readonly at: Instant; readonly kind: LogKind; readonly data: LogData }
  | {
      readonly type: 'record';
      readonly at: Instant;
      readonly by: Role;
      readonly prescription: Prescription;
      readonly library: LibraryStamp | null;
    };
