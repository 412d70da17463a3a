import { type DeviceProfile, PROFILE_NAMES, profileNamed, readProfile } from '../../shared/index.ts';
import { ConnectionLost, FarRefusal } from '../node/connection-lost.ts';
import { DirectoryError } from '../node/directory-storage.ts';
import { WorldError } from '../node/live-pump.ts';
import { type Card, FolderError, readCard } from '../node/pump-folder.ts';
import { Unusable } from './exit.ts';

/** What the system says where nothing can be listened on. */
const NOT_HERE = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN']);

/** An error of another process, a folder or an address, as one of usage: said without a stack. */
export function asUnusable(error: unknown): unknown {
  for (const known of [ConnectionLost, DirectoryError, FarRefusal, FolderError, WorldError])
    if (error instanceof known) return new Unusable(error.message);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return error instanceof Error && typeof code === 'string' && NOT_HERE.has(code) ? new Unusable(error.message) : error;
}

/** Throws Unusable where there is no profile of that name. */
export function profileCalled(name: string): DeviceProfile {
  const sheet = profileNamed(name);
  if (sheet === undefined) throw new Unusable(`no profile "${name}": expected one of ${PROFILE_NAMES.join(', ')}`);
  return readProfile(sheet);
}

/** The pump a programmer is set for: by its card, or else by the name of its profile. Throws Unusable. */
export function pumpMeant({ card: path, profile }: { readonly card?: string; readonly profile: string }): {
  readonly card: Card | undefined;
  readonly profile: DeviceProfile;
} {
  if (path === undefined) return { card: undefined, profile: profileCalled(profile) };
  try {
    const card = readCard(path);
    return { card, profile: profileCalled(card.profile) };
  } catch (error) {
    throw asUnusable(error);
  }
}
