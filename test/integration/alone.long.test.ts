import { aloneTheSame, STOPPED } from './alone.ts';

aloneTheSame([
  ['--help'],
  ['run', STOPPED],
  ['console', STOPPED],
  ['pump', '--profile', 'nothing'],
  ['program', '--connect', 'ws://127.0.0.1:9', 'interrogate'],
  ['hands', '--control', 'ws://127.0.0.1:9', 'drain'],
  ['check', STOPPED],
  ['new'],
  ['schema'],
  ['profiles'],
  ['chart'],
  ['tell', STOPPED],
  ['why', 'TRACE', '--at', '5d'],
  ['diff', 'TRACE', 'TRACE'],
  ['trumpet', STOPPED],
  ['toast'],
]);
