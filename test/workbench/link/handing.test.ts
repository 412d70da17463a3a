import { expect, test } from 'vitest';
import { type Message, silent, simulatedSecret, span, Timeline } from '../../../shared/index.ts';
import { Link } from '../../../workbench/link/link.ts';

/* A link that hands over what a frame would say: only where nothing can happen to it, and nobody hears of frames. */

const MESSAGE: Message = {
  session: 1,
  sequence: 2,
  says: { name: 'interrogate', payload: {} },
  key: simulatedSecret('handing'),
};

function linked(frames: boolean, hears: readonly string[] = []) {
  const timeline = new Timeline();
  const witness = { ...silent, hears: (kind: string) => hears.includes(kind) };
  const link = new Link({ clock: timeline, witness, latency: span(0), seed: 1, crash: () => undefined, frames });
  timeline.join(link);
  const [taken, heard]: [Uint8Array[], Message[]] = [[], []];
  const [antenna, station] = [link.antenna(), link.station('programmer')];
  antenna.onFrame((bytes) => void taken.push(bytes));
  antenna.handing?.onMessage((message) => void heard.push(message));
  return { timeline, link, station, taken, heard };
}

test('a message arrives as it is, when a frame would', () => {
  const { timeline, station, taken, heard } = linked(false);
  expect(station.handing?.isOpen).toBe(true);
  station.handing?.send(MESSAGE);
  expect(heard).toEqual([]);
  timeline.advanceTo(timeline.now);
  expect(heard[0]).toBe(MESSAGE);
  expect([heard.length, taken.length]).toEqual([1, 0]);
});

test('one that was saved on its way arrives as its frame', () => {
  const { link, station } = linked(false);
  station.handing?.send(MESSAGE);
  const again = linked(false);
  again.link.load(link.save());
  again.timeline.advanceTo(again.timeline.now);
  expect([again.heard.length, again.taken.length]).toEqual([0, 1]);
  const inFrames = linked(true);
  inFrames.station.send(again.taken[0] ?? new Uint8Array());
  expect(inFrames.link.save()).toEqual(link.save());
});

test('there is none where frames are asked for or heard of, and none while anything is wrong with the link', () => {
  expect(linked(true).station.handing?.isOpen).toBe(false);
  expect(linked(false, ['frame']).station.handing?.isOpen).toBe(false);
  const { link, station } = linked(false);
  link.inflict({ type: 'latency', oneWay: span(1) });
  expect(station.handing?.isOpen).toBe(false);
  link.inflict({ type: 'latency', oneWay: span(0) });
  expect(station.handing?.isOpen).toBe(true);
  link.inflict({ type: 'disconnect', from: null });
  expect(station.handing?.isOpen).toBe(false);
});
