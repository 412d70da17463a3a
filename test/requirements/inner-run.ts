import { spawn } from 'node:child_process';
import { ROOT } from '../integration/cli.ts';
import { cleanEnv, tool } from '../integration/inner-vitest.ts';

/** A test of an inner run, by its title and file. */
export interface Ran {
  readonly title: string;
  readonly file: string;
  readonly passed: boolean;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** What becomes of the tests that an inner vitest runs; skipped ones are left out. Rejects where it makes no report. */
export function innerRun(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<readonly Ran[]> {
  const child = spawn(process.execPath, [tool('vitest'), 'run', '--reporter', 'json', ...args], {
    cwd: ROOT,
    env: { ...cleanEnv(), ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const report = out.slice(out.indexOf('{"numTotalTestSuites"'));
      if (!report.startsWith('{"num')) reject(new Error(`no report: ${err}${out}`));
      else resolve(testsIn(JSON.parse(report) as Report));
    });
  });
}

const testsIn = ({ testResults }: Report): readonly Ran[] =>
  testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ title, status }) => ({ title, file, passed: status === 'passed' })),
  );
