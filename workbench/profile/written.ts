import { digestOf, type ProfileSheet, profileNamed, toJson } from '../../shared/index.ts';

/** A data sheet as a profile file of its own, every line in it. */
export type WrittenProfile = { readonly thecal: 'profile/1' } & ProfileSheet;

export const writtenProfile = (sheet: ProfileSheet): WrittenProfile => ({ thecal: 'profile/1', ...sheet });

/** What a trace says of its device: of a shipped one the name, of any other the whole sheet, so that it can run again. */
export function profileHeader(sheet: ProfileSheet): { readonly profile: string; readonly sheet?: WrittenProfile } {
  const { name: profile } = sheet;
  return isShipped(sheet) ? { profile } : { profile, sheet: writtenProfile(sheet) };
}

function isShipped(sheet: ProfileSheet): boolean {
  const shipped = profileNamed(sheet.name);
  if (shipped === undefined || shipped === sheet) return shipped === sheet;
  return digestOf(toJson(shipped)) === digestOf(toJson(sheet));
}
