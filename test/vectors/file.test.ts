import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileText } from './made.ts';

test('the vectors are those the code makes; `npm run vectors` writes them', async () => {
  await expect(fileText()).toMatchFileSnapshot(join(import.meta.dirname, 'protocol.json'));
});
