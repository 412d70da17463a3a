import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { MAIN, ROOT } from './cli.ts';

export interface PumpProcess {
  readonly child: ChildProcess;
  /** Where its telemetry is. */
  readonly telemetry: string;
  /** Where its control channel is; empty where it has none. */
  readonly control: string;
  /** Everything it has printed. */
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** Ends it as a user would; its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Its exit code, once it has ended by itself. */
  readonly ended: Promise<number | null>;
}

/** Starts `thecal pump` on free ports, and ends it with the test that started it unless that has done so. */
export async function pumpProcess(...args: readonly string[]): Promise<PumpProcess> {
  const starting = startingPump(args);
  onTestFinished(async () => void (await starting.end('SIGKILL')));
  return starting.ready;
}

/** A pump's process from its very beginning. `ready` rejects where it ends before it listens. */
export function startingPump(
  args: readonly string[],
): Pick<PumpProcess, 'end'> & { readonly ready: Promise<PumpProcess> } {
  const child = spawn(process.execPath, [join(ROOT, MAIN), 'pump', '--listen', '0', '--control', '0', ...args], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  const [out, err]: [string[], string[]] = [[], []];
  createInterface({ input: child.stderr }).on('line', (line) => err.push(line));
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => child.exitCode);
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
    }
    return ended;
  };
  const at = (word: string) => out.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? '';
  const ready = new Promise<PumpProcess>((done, fail) => {
    lines.on('line', (line) => {
      out.push(line);
      if (line.startsWith('control '))
        done({ child, telemetry: at('telemetry'), control: at('control'), out, err, end, ended });
    });
    child.once('exit', (code) => fail(new Error(`the pump ended with ${code}: ${err.join('\n')}`)));
  });
  return { ready, end };
}
