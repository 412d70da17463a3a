import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../shared/index.ts';

test('the published check value of CRC-32/ISO-HDLC over "123456789" is CBF43926', () => {
  expect(crc32(new TextEncoder().encode('123456789')).toString(16)).toBe('cbf43926');
});

test('no bytes at all have the CRC 0', () => {
  expect(crc32(new Uint8Array())).toBe(0);
});

test('it is the CRC of zlib for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
    }),
  );
});
