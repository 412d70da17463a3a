import { expect, test } from 'vitest';
import { isLoopback, parseAddress, urlOf } from '../../workbench/node/address.ts';

test.each([
  ['7100', 'ws://127.0.0.1:7100', true],
  ['127.0.0.1:0', 'ws://127.0.0.1:0', true],
  ['127.9.9.9:7100', 'ws://127.9.9.9:7100', true],
  ['localhost:7100', 'ws://localhost:7100', true],
  ['[::1]:7100', 'ws://[::1]:7100', true],
  ['0.0.0.0:7100', 'ws://0.0.0.0:7100', false],
  ['[::]:7100', 'ws://[::]:7100', false],
  ['127.0.0.1.example.org:80', 'ws://127.0.0.1.example.org:80', false],
])('%s is %s, of this machine alone: %s', (text, url, loopback) => {
  const address = parseAddress(text) ?? { host: 'none', port: -1 };
  expect(urlOf(address)).toBe(url);
  expect(isLoopback(address)).toBe(loopback);
});

test.each(['', ':', 'host', '::1:7100', '1:65536', '1:-1', '1:1.5', 'a b:1', 'ws://127.0.0.1:1', '1:123456'])(
  '"%s" is no address',
  (text) => {
    expect(parseAddress(text)).toBeUndefined();
  },
);
