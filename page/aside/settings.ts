/** How the page looks, sounds, and whom it is for: kept in this browser. */
export interface Settings {
  readonly look: Look;
  readonly muted: boolean;
  /** Whether the instructor's panes are there: faults and X-ray. */
  readonly instructor: boolean;
  /** Whether time goes on by itself while a session is open, as it does in a clinic. */
  readonly realTime: boolean;
}
export const LOOKS = ['system', 'light', 'dark'] as const;
export type Look = (typeof LOOKS)[number];

const KEY = 'thecal.settings';
const DEFAULTS: Settings = { look: 'system', muted: false, instructor: true, realTime: true };

/** What was kept; what it does not say, or what cannot be read, is as it is at first. */
export function kept(): Settings {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof read !== 'object' || read === null) return DEFAULTS;
    const look = 'look' in read ? LOOKS.find((each) => each === read.look) : undefined;
    return {
      look: look ?? DEFAULTS.look,
      muted: 'muted' in read && read.muted === true,
      instructor: !('instructor' in read && read.instructor === false),
      realTime: !('realTime' in read && read.realTime === false),
    };
  } catch {
    // A browser may refuse to keep anything.
    return DEFAULTS;
  }
}

/** Keeps settings, and has the page look as they say. */
export function keep(settings: Settings): void {
  dress(settings);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // They then last as long as the page does.
  }
}

export function dress({ look }: Settings): void {
  if (look === 'system') delete document.documentElement.dataset['look'];
  else document.documentElement.dataset['look'] = look;
}
