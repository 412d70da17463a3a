import type { Reply } from '../../workbench/index.ts';

/** Where a line of the console goes on: what happened stands beside the time. */
const GOES_ON = /\n {18}/g;
const BY_HANDS = /^\d{4}-\d\d-\d\d \d\d:\d\d {2}hands (.*)$/;

const TIMED = /^\d{4}-\d\d-\d\d \d\d:\d\d {2}/;

/** What a console tells last to have happened, without its time: a screen that it shows then is none of it. */
export const lastTold = (text: string): string =>
  (
    text
      .replaceAll(GOES_ON, ' ')
      .split('\n')
      .findLast((line) => TIMED.test(line)) ?? ''
  ).replace(TIMED, '');

/** What was done, as it is told afterwards: where there is another word for it than the one it is done by. */
const PAST: Readonly<Record<string, string>> = {
  ask: 'Asked',
  aspirate: 'Aspirated',
  bring: 'Brought',
  drain: 'Emptied',
  draw: 'Drew',
  have: 'Had',
  inject: 'Injected',
  let: 'Let',
  listen: 'Listened',
  put: 'Put',
  reset: 'Reset',
  rinse: 'Rinsed',
  take: 'Took',
  wash: 'Washed',
};

/** What a syringe showed several times over, of a rinse. */
const AGAIN_SHOWN = /(the syringe shows [^;]*)((?:; \1)+)(?=;|$)/;

/** The same said once, with how many times. */
const once = (told: string): string =>
  told.replace(AGAIN_SHOWN, (_, shows: string, more: string) => {
    const times = 1 + more.split('; ').length - 1;
    return `${times} times; ${shows} each time`;
  });

/** A syringe that is emptied without a word on where: into the reservoir. */
const WHERE = /^(inject \d\S* \S+ of (?!.* beside the pump)[^;]*)/;

/** What hands did with a line and what they found, each as it is told afterwards; what was not done with the reason. */
export function byHands({ text }: Pick<Reply, 'text'>): readonly string[] {
  const reason = /^refused \(\w+\): (.*)$/m.exec(text)?.[1];
  return text
    .replaceAll(GOES_ON, ' ')
    .split('\n')
    .flatMap((line) => BY_HANDS.exec(line)?.[1]?.replace(WHERE, '$1 into the reservoir') ?? [])
    .map((told) => {
      const [, asked] = /^(.*); not done$/.exec(told) ?? [];
      if (asked !== undefined && reason !== undefined) return `Not done: ${reason} (${asked})`;
      return once(told)
        .replace(/^\w+/, (verb) => PAST[verb] ?? verb)
        .replace('; found: ', ': ');
    });
}

/** The parts of a prescription, as forms and screens call them. */
const PART_WORDS: Readonly<Record<string, string>> = {
  drugs: 'drug or concentration',
  patientBolus: 'patient control',
  doseLimit: 'dose limit',
  ceiling: 'daily dose ceiling',
  lowReservoir: 'low-reservoir threshold',
  opening: 'what comes before the program',
};

/** The prescriptions for people: the parts that changed as words. */
export const withoutCodes = (prescriptions: string): string =>
  prescriptions.replaceAll(/(?<=changed: ).+/g, (changed) =>
    changed.replaceAll(/\w+/g, (part) => PART_WORDS[part] ?? part),
  );
