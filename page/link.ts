/** Most characters that are unpacked: more than any scenario may have. A link of a few bytes could become gigabytes. */
const MOST = 4_000_000;
const FORMAT = 'deflate-raw';

async function bytesOf(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError('too long');
    }
    chunks.push(new Uint8Array(read.value));
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

const streamOf = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new Blob([bytes]).stream();

/** A text packed for the fragment of an address: deflated, in base64url. */
export async function packed(text: string): Promise<string> {
  const stream = streamOf(new TextEncoder().encode(text)).pipeThrough(new CompressionStream(FORMAT));
  const bytes = await bytesOf(stream, Number.POSITIVE_INFINITY);
  // A few at a time: a call takes only so many arguments.
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The text that was packed; rejects where it was none, or was cut short. */
export async function unpacked(code: string): Promise<string> {
  const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const text = await bytesOf(streamOf(bytes).pipeThrough(new DecompressionStream(FORMAT)), MOST);
  return new TextDecoder('utf-8', { fatal: true }).decode(text);
}

/** What the fragment of an address asks for: the patient's controller alone, a visit to open, the view of an instructor. */
export function fragment(hash: string): {
  readonly isPatient: boolean;
  readonly visit: string | undefined;
  /** What the channel is called over which the page beside is watched. */
  readonly instructor: string | undefined;
} {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    isPatient: words.has('patient'),
    visit: words.get('visit') ?? undefined,
    instructor: words.get('instructor') ?? undefined,
  };
}
