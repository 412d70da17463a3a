import { roomTime } from '../aside/time.tsx';
import { TEXT } from '../text.ts';
import type { Visit } from '../visit.ts';
import type { Field, Screen } from '../worker/protocol.ts';

const textOf = (fields: readonly Field[], name: Field['name']): string | undefined =>
  fields.find((field) => field.name === name)?.text;

/** Whether the pump delivers: the first thing to be seen, a stopped pump above all. */
export function StatusBanner({ fields }: Pick<Screen, 'fields'>) {
  const mode = textOf(fields, 'mode');
  if (mode === undefined) return null;
  const stoppedFor = textOf(fields, 'stoppedFor');
  const notDelivering = textOf(fields, 'notDelivering');
  if (notDelivering !== undefined)
    return (
      <div class="banner stopped" role="alert">
        <strong>
          ■ {TEXT.notDelivering} {notDelivering}
        </strong>
        <span>
          {mode}, {textOf(fields, 'rate')}
        </span>
      </div>
    );
  if (stoppedFor === undefined)
    return (
      <div class="banner runs">
        <strong>▶ {mode}</strong>
        <span>{textOf(fields, 'rate')}</span>
      </div>
    );
  const missed = textOf(fields, 'doseMissed');
  const not = textOf(fields, 'resumeNot');
  return (
    <div class="banner stopped" role="alert">
      <strong>
        ■ {TEXT.stopped} for {stoppedFor}
      </strong>
      <span>
        {mode}, since {textOf(fields, 'stoppedSince')}
        {missed === undefined ? '' : `; dose missed: ${missed}`}
      </span>
      {not === undefined ? null : <span>Cannot be resumed: {not}</span>}
    </div>
  );
}

/** Without a session, the pump that was left stopped, whether by somebody or because the session lay idle. */
export const LeftStopped = ({ serial, readAt }: NonNullable<Visit['leftStopped']>) => (
  <div class="banner stopped" role="alert">
    <strong>■ {TEXT.lastRead(roomTime(readAt))}</strong>
    <span>
      {serial}: {TEXT.lastReadDo}
    </span>
  </div>
);
