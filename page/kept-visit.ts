/*
 * The visit at hand, kept by the browser in a file of the page's own, so that it outlasts the page: a tablet that is
 * switched off, a tab that is closed. Where a browser keeps no files, nothing is kept and nothing is said.
 */

const NAME = 'visit.yaml';

/** A visit as a scenario, and when it was kept, in milliseconds of the room. */
export interface KeptVisit {
  readonly scenario: string;
  readonly at: number;
}

/** The visit that a page before this one kept; undefined where there is none. */
export async function keptVisit(): Promise<KeptVisit | undefined> {
  try {
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle(NAME)).getFile();
    const scenario = await file.text();
    return scenario === '' ? undefined : { scenario, at: file.lastModified };
  } catch {
    return undefined;
  }
}

/** Keeps a visit in place of the one before. Rejects where it cannot. */
export async function keepVisit(scenario: string): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  // What was there before stays whole until this is.
  const file = await (await folder.getFileHandle(NAME, { create: true })).createWritable();
  await file.write(scenario);
  await file.close();
}
