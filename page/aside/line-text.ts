/** What was done, to be read: "clinician: interrogate". */
export const lineText = (line: string): string =>
  line
    .replaceAll(/["{}]/g, '')
    .replaceAll(/([:,])(?=\S)/g, '$1 ')
    .trim();
