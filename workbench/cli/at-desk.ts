import type { WallClock } from '../../shared/index.ts';
import { Deferred } from '../node/deferred.ts';
import { Desk } from '../node/desk.ts';
import { asUnusable, pumpMeant } from './elsewhere.ts';
import type { ProgrammerRole } from './options.ts';
import { libraryCalled } from './sheets.ts';

/** Which pump in another process, and who sits at its programmer. */
export interface DeskFlags {
  readonly connect: string;
  readonly card?: string;
  readonly role: ProgrammerRole;
  readonly profile: string;
  readonly clock?: WallClock | undefined;
  /** The file of the drug library the programmer judges by, or none. */
  readonly library?: string;
}

/** Does something at a programmer that is connected for it, and let go afterwards. Throws Unusable. */
export async function atDesk<T>(flags: DeskFlags, work: (desk: Desk) => Promise<T>): Promise<T> {
  const { card, profile } = pumpMeant(flags);
  const { connect: url, role, clock: wallClock } = flags;
  const library = flags.library === undefined ? undefined : libraryCalled(flags.library);
  const failure = new Deferred<never>();
  try {
    const desk = await Desk.open({ url, profile, card, library, role, wallClock, failed: failure.reject });
    try {
      return await Promise.race([work(desk), failure.promise]);
    } finally {
      await desk.close();
    }
  } catch (error) {
    throw asUnusable(error);
  }
}
