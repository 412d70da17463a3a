/*
 * Runs the programmer alone against a recording: acts are done and frames arrive at their recorded times.
 * Prints every frame it sends, as JSON. Usage: node replay.mjs PROGRAM-FOLDER RECORDING
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [root, path] = process.argv.slice(2);
const load = (file) => import(new URL(file, pathToFileURL(`${root}/`)).href);
const { Programmer } = await load('programmer/index.js');
const { bytesToHex, hexToBytes, silent, simulatedPairing, simulatedSecret } = await load('shared/index.js');
await load('firmware-sim/index.js').then(
  () => {
    throw new Error('the firmware can be resolved here');
  },
  () => undefined,
);

const { wallClock, settings, serial, steps } = JSON.parse(readFileSync(path, 'utf8'));
const clock = { now: 0 };
const sent = [];
let take;
const port = {
  send: (bytes) => sent.push({ t: clock.now, bytes: bytesToHex(bytes) }),
  onFrame: (taker) => {
    take = taker;
  },
};
const localTime = () => wallClock + clock.now;
const keys = { pairing: simulatedPairing, secret: simulatedSecret('programmer') };
const programmer = new Programmer({ port, clock, localTime, serial, ...settings, ...keys, witness: silent });

for (const { t, act, bytes } of steps) {
  for (let due = programmer.due(); due !== undefined && due <= t; due = programmer.due()) {
    clock.now = due;
    programmer.wake(due);
  }
  clock.now = t;
  if (act !== undefined) programmer.act(act);
  else take(hexToBytes(bytes));
}
process.stdout.write(JSON.stringify({ sent, outcome: programmer.outcome() }));
