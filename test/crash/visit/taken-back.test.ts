import { expect, test } from 'vitest';
import type { TraceRecord } from '../../../workbench/trace.ts';
import { takenBack } from './taken-back.ts';

const TRACE: readonly TraceRecord[] = [
  { n: 1, t: 5, layer: 'link', kind: 'frame', data: {} },
  { n: 2, t: 5, layer: 'firmware', kind: 'event', because: 1, data: {} },
  { n: 3, t: 5, layer: 'firmware', kind: 'rate', because: 2, data: {} },
  { n: 4, t: 5, layer: 'plant', kind: 'flow', because: 3, data: {} },
  { n: 5, t: 5, layer: 'plant', kind: 'fault', because: 1, data: {} },
  { n: 6, t: 5, layer: 'firmware', kind: 'log', because: 5, data: {} },
];

test('what a processor told and never kept is gone, what the plant did stays, caused by what had caused it', () => {
  expect(takenBack(TRACE, { from: 2, to: 4 })).toEqual([
    { n: 1, t: 5, layer: 'link', kind: 'frame', data: {} },
    { n: 2, t: 5, layer: 'plant', kind: 'flow', because: 1, data: {} },
    { n: 3, t: 5, layer: 'plant', kind: 'fault', because: 1, data: {} },
    { n: 4, t: 5, layer: 'firmware', kind: 'log', because: 3, data: {} },
  ]);
});

test('a trace in which nothing was lost stays as it was', () => {
  expect(takenBack(TRACE, undefined)).toEqual(TRACE);
});
