import type { Tone } from './worker/protocol.ts';

/** How a tone of the pump sounds. */
type Sound = Tone['sound'];

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

/** A pip as shares of a turn: when it begins and ends; and how high it is. */
type Share = readonly [from: number, to: number, hertz: number];

/** How often a two-tone goes up and down, in turns a second. */
const WARBLE = 5 / 3;

/** The pips of one turn of a sound, and how many turns there are in so many seconds. */
const SOUNDS: Readonly<Record<Sound, { readonly turn: readonly Share[]; readonly turns: (length: number) => number }>> =
  {
    single: { turn: [[0, 1, LOW]], turns: () => 1 },
    'two-tone': {
      turn: [
        [0, 0.5, HIGH],
        [0.5, 1, LOW],
      ],
      turns: (length) => Math.max(1, Math.round(length * WARBLE)),
    },
    'four-tones': { turn: [[0, 0.6, HIGH]], turns: () => 4 },
    'four-double-tones': {
      turn: [
        [0, 0.3, HIGH],
        [0.35, 0.65, LOW],
      ],
      turns: () => 4,
    },
  };

/** The pips of a sound that lasts so many seconds. */
export function pipsOf(sound: Sound, length: number): readonly Pip[] {
  const { turn, turns } = SOUNDS[sound];
  const long = length / turns(length);
  return Array.from({ length: turns(length) }, (_, i) =>
    turn.map(([from, to, hertz]) => ({ at: (i + from) * long, lasts: (to - from) * long, hertz })),
  ).flat();
}

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
