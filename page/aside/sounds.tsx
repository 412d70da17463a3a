import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { SOUND } from '../text.ts';
import { play } from '../tones.ts';
import type { Tone } from '../worker/protocol.ts';

/** How long what was heard stands to be read, in milliseconds. */
const STANDS = 6000;

/** What the pump sounds: to be heard unless muted, and always to be read. */
export function Sounds({ desk, muted, onMuted }: { desk: Desk; muted: boolean; onMuted: (muted: boolean) => void }) {
  const [heard, setHeard] = useState<readonly Tone[]>([]);
  const context = useRef<AudioContext>(null);
  const isMuted = useRef(muted);
  isMuted.current = muted;
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    desk.onTones = (tones) => {
      setHeard(tones);
      clearTimeout(timer);
      timer = setTimeout(() => setHeard([]), STANDS);
      if (!isMuted.current) sound(tones);
    };
    const sound = (tones: readonly Tone[]) => {
      // A browser lets a page sound only once somebody has touched it; until then this one waits.
      context.current ??= new AudioContext();
      let from = context.current.currentTime;
      for (const { sound, lasts } of tones) {
        play(context.current, sound, lasts, from);
        from += lasts + PAUSE;
      }
    };
    return () => {
      desk.onTones = () => {};
      clearTimeout(timer);
    };
  }, [desk]);
  const mute = () => {
    // What sounds is cut off.
    if (!muted) void context.current?.close();
    context.current = null;
    onMuted(!muted);
  };
  return (
    <>
      {/* One line, whether it sounds or not: nothing above it moves. */}
      <output class="heard">
        {heard.length === 0 ? '' : `♪ ${SOUND.heard} ${heard.map(({ sound }) => SOUND.sounds[sound]).join('; ')}`}
      </output>
      <span id="sound-about" hidden={heard.length > 0}>
        {SOUND.about}
      </span>
      <button type="button" aria-pressed={!muted} aria-describedby="sound-about" onClick={mute}>
        {muted ? SOUND.off : SOUND.on}
      </button>
    </>
  );
}

/** Between two tones that follow one another, in seconds. */
const PAUSE = 0.5;
