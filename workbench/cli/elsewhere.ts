import { type DeviceProfile, profileNamed, readProfile } from '../../shared/index.ts';
import { ConnectionLost, FarRefusal } from '../node/connection-lost.ts';
import { DirectoryError } from '../node/directory-storage.ts';
import { WorldError } from '../node/live-pump.ts';
import { type Card, FolderError, readCard } from '../node/pump-folder.ts';
import { Unusable } from './exit.ts';
import { sheetCalled } from './sheets.ts';

/** What the system says where nothing can be listened on. */
const NOT_HERE = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN']);

/** An error of another process, a folder or an address, as one of usage: said without a stack. */
export function asUnusable(error: unknown): unknown {
  for (const known of [ConnectionLost, DirectoryError, FarRefusal, FolderError, WorldError])
    if (error instanceof known) return new Unusable(error.message);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return error instanceof Error && typeof code === 'string' && NOT_HERE.has(code) ? new Unusable(error.message) : error;
}

/**
 * The pump a programmer is set for: by its card, or else by its profile. A card names a pump's profile; of one that is
 * not shipped, the file has to be named too. Throws Unusable.
 */
export function pumpMeant({ card: path, profile }: { readonly card?: string; readonly profile: string }): {
  readonly card: Card | undefined;
  readonly profile: DeviceProfile;
} {
  if (path === undefined) return { card: undefined, profile: readProfile(sheetCalled(profile)) };
  try {
    const card = readCard(path);
    const sheet = profileNamed(card.profile) ?? sheetCalled(profile);
    if (sheet.name !== card.profile)
      throw new Unusable(`${path}: the card of a ${card.profile}: expected --profile with the file of that profile`);
    return { card, profile: readProfile(sheet) };
  } catch (error) {
    throw asUnusable(error);
  }
}
