import { MOST_NUMBER } from '../../../shared/index.ts';

/*
 * Session numbers go around: after the highest that a frame carries comes 1, since 0 is no session. Two numbers are
 * told apart as long as fewer than half of all have been given out in between (RFC 1982).
 */

export const nextSession = (session: number): number => (session === MOST_NUMBER ? 1 : session + 1);

/** Whether a session was asked for after another. */
export const isLater = (session: number, than: number): boolean => {
  const ahead = (session - than + MOST_NUMBER) % MOST_NUMBER;
  return ahead > 0 && ahead < MOST_NUMBER / 2;
};
