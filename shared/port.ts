/** One end of the telemetry link. Bytes, never objects; who answers answers while it is being asked. */
export interface Port {
  send(frame: Uint8Array): void;
  onFrame(take: (frame: Uint8Array) => void): void;
}
