import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { Programmer } from '../../programmer/index.ts';
import { silent, simulatedPairing, simulatedSecret, span, Timeline } from '../../shared/index.ts';
import { Deferred } from '../../workbench/node/deferred.ts';
import { RealTime } from '../../workbench/node/real-time.ts';
import { workerPort } from '../../workbench/node/worker-port.ts';
import { profileOf } from '../harness.ts';
import { ROOT } from '../integration/cli.ts';

test('a programmer in this thread interrogates a pump in another', async () => {
  const { port1, port2 } = new MessageChannel();
  const workerData = {
    port: port2,
    profile: 'synchromed-ii-like-20',
    serial: 'WORKER-1',
    key: simulatedPairing('WORKER-1').hex,
    executor: 'table',
    wallClock: 0,
    speed: 1,
  };
  const script = join(ROOT, 'dist/workbench/node/pump-worker.js');
  const worker = new Worker(script, { workerData, transferList: [port2] });
  const ended = new Promise<number>((done) => void worker.once('exit', done));
  onTestFinished(() => void worker.terminate());

  const timeline = new Timeline();
  const answered = new Deferred<void>();
  const time = new RealTime(timeline, {
    speed: 1,
    failed: (error) => {
      throw error;
    },
  });
  onTestFinished(() => time.stop());
  const far = workerPort(port1);
  const { lowReservoirDefault, clockTolerance, flowAccuracy } = profileOf('synchromed-ii-like-20');
  const programmer: Programmer = new Programmer({
    port: {
      send: (frame) => far.send(frame),
      onFrame: (take) =>
        far.onFrame((frame) => {
          time.run(() => take(frame));
          if (programmer.outcome() !== 'pending') answered.resolve();
        }),
    },
    clock: timeline,
    localTime: () => span(0),
    serial: null,
    lowReservoirDefault,
    deadSpace: profileOf('synchromed-ii-like-20'),
    clockTolerance,
    dayRules: profileOf('synchromed-ii-like-20'),
    flowAccuracy,
    witness: silent,
    pairing: simulatedPairing,
    secret: simulatedSecret('another thread'),
  });
  timeline.join(programmer);
  // What is no frame is left alone.
  port1.postMessage('interrogate');
  port1.postMessage(new Uint8Array(100_000));
  time.run(() => programmer.act({ type: 'interrogate' }));
  await answered.promise;
  expect(programmer.outcome()).toEqual({ done: true });
  expect(programmer.knows.status?.serial).toBe('WORKER-1');
  expect(programmer.knows.log).toEqual([]);
  port1.close();
  expect(await ended).toBe(0);
});
