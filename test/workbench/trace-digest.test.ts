import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadScenario, runScenario, TraceDigest } from '../../workbench/index.ts';
import { QUICK } from '../integration/cli.ts';

test('the digest of a trace is SHA-256 of the file it would be', () => {
  const digest = new TraceDigest();
  let file = '';
  const take = (line: Parameters<TraceDigest['take']>[0]) => {
    file += `${JSON.stringify(line)}\n`;
    digest.take(line);
    if (file.length < 10_000) expect(digest.hex).toBe(createHash('sha256').update(file).digest('hex'));
  };
  const [path = ''] = QUICK.filter((name) => name.endsWith('/left-stopped.yaml'));
  runScenario(loadScenario(readFileSync(path, 'utf8')), {
    id: 'left-stopped',
    version: '0',
    onHeader: take,
    onRecord: take,
  });
  expect(file.length).toBeGreaterThan(10_000);
  expect(digest.hex).toBe(createHash('sha256').update(file).digest('hex'));
});
