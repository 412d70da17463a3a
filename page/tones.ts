/** How a tone of the pump sounds. */
export type Sound = 'single' | 'two-tone' | 'four-tones' | 'four-double-tones';

/** One pip: when it begins, how long it lasts, and how high it is, in seconds and Hz. */
interface Pip {
  readonly at: number;
  readonly lasts: number;
  readonly hertz: number;
}

/*
 * No figures for the sound of an implant under the skin were found. These are for the room the programmer stands in: a
 * training approximation, made to be told apart.
 */
const LOW = 660;
const HIGH = 990;

/** The tones of a sound, one after the other, and how long each and the silence after it last; again until the length is over. */
const SOUNDS: Readonly<
  Record<Sound, { readonly hertz: readonly number[]; readonly on: number; readonly off: number }>
> = {
  single: { hertz: [LOW], on: 1, off: 0 },
  'two-tone': { hertz: [HIGH, LOW], on: 0.3, off: 0 },
  'four-tones': { hertz: [HIGH], on: 0.18, off: 0.12 },
  'four-double-tones': { hertz: [HIGH, LOW], on: 0.12, off: 0.06 },
};

/** The pips of a sound that lasts so many seconds. */
export function pipsOf(sound: Sound, length: number): readonly Pip[] {
  const { hertz, on, off } = SOUNDS[sound];
  const count = Math.max(1, Math.floor(length / (on + off)));
  return Array.from({ length: count }, (_, i) => ({
    at: i * (on + off),
    lasts: Math.min(on, length - i * (on + off)),
    hertz: hertz[i % hertz.length] ?? LOW,
  }));
}

export const isSound = (name: string): name is Sound => Object.hasOwn(SOUNDS, name);

/** Plays a sound of so many seconds from a time of the context on. */
export function play(context: BaseAudioContext, sound: Sound, length: number, from = context.currentTime): void {
  for (const { at, lasts, hertz } of pipsOf(sound, length)) {
    const [tone, loudness] = [new OscillatorNode(context, { frequency: hertz }), new GainNode(context, { gain: 0 })];
    const [begins, ends] = [from + at, from + at + lasts];
    loudness.gain.setValueAtTime(0, begins);
    loudness.gain.linearRampToValueAtTime(0.3, begins + 0.01);
    loudness.gain.setValueAtTime(0.3, ends - 0.01);
    loudness.gain.linearRampToValueAtTime(0, ends);
    tone.connect(loudness).connect(context.destination);
    tone.start(begins);
    tone.stop(ends);
  }
}
