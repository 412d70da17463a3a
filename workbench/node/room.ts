import { span, type WallClock } from '../../shared/index.ts';

/** The clock on the wall of the room a pump is in: what it shows, and how many times as fast as ours it runs. */
export interface Room {
  readonly wall: WallClock;
  readonly speed: number;
}

/** Said when a connection opens, and never in a frame: whoever enters the room sees the clock. */
const HEADER = 'thecal-room';

export const roomHeader = ({ wall, speed }: Room): string => `${HEADER}: ${wall} ${speed}`;

/** The room of a pump that says so. */
export function roomOf(headers: Readonly<Record<string, string | string[] | undefined>>): Room | undefined {
  const [, wall = '', speed = ''] = /^(\d{1,15}) (\d{1,9}(?:\.\d{1,9})?)$/.exec(`${headers[HEADER] ?? ''}`) ?? [];
  return wall === '' ? undefined : { wall: span(Number(wall)), speed: Number(speed) };
}

/** The room this computer is in: its own local time. */
export function thisRoom(): Room {
  const now = new Date();
  return { wall: span(Math.max(0, now.getTime() - now.getTimezoneOffset() * 60_000)), speed: 1 };
}
