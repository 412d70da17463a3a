import { isIPv4, isIPv6 } from 'node:net';

/** Where a server listens. Port 0 is any that is free. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** This machine, for itself alone. */
export const LOOPBACK = '127.0.0.1';
const SHAPE = /^(?:(\[[\da-fA-F:.]+\]|[^:[\]\s]+):)?(\d{1,5})$/;

/** Reads "127.0.0.1:7100", "[::1]:7100" or "7100", which is on this machine. Undefined where it is no address. */
export function parseAddress(text: string): Address | undefined {
  const [, host = LOOPBACK, digits = ''] = SHAPE.exec(text) ?? [];
  const port = Number(digits);
  return digits === '' || port > 65_535 ? undefined : { host: host.replace(/^\[|\]$/g, ''), port };
}

/** Whether only this machine can reach it. */
export function isLoopback({ host }: Address): boolean {
  return host === 'localhost' || (isIPv4(host) && host.startsWith('127.')) || host === '::1';
}

export const urlOf = ({ host, port }: Address): string => `ws://${isIPv6(host) ? `[${host}]` : host}:${port}`;
