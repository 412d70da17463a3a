import { formatDuration, type Program, type Rate, rate, showDateTime, span } from '../shared/index.ts';

export const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const flow = (value: Rate): string => rate.format(value, 6);

/** "08:00". */
const timeOfDay = (at: number): string => showDateTime(span(at)).slice(-5);

/** A program in words, rate by rate: "Mon Tue 00:00 0.2 mL/day, 08:00 0.4 mL/day; Sat …". */
export function programWords(program: Program): string {
  switch (program.type) {
    case 'minimumRate':
      return `minimum rate, ${flow(program.rate)}`;
    case 'constant':
      return `constant, ${flow(program.rate)}`;
    case 'daily':
      return program.groups
        .map(({ days, steps }) => {
          const named = days.length === DAY_NAMES.length ? 'every day' : days.map((day) => DAY_NAMES[day]).join(' ');
          return `${named} ${steps.map((step) => `${timeOfDay(step.at)} ${flow(step.rate)}`).join(', ')}`;
        })
        .join('; ');
    case 'periodic': {
      const { bolus, interval } = program;
      return `${flow(program.rate)}, and every ${formatDuration(interval)} ${flow(bolus.rate)} for ${formatDuration(bolus.duration)}`;
    }
    case 'dated':
      return [
        flow(program.first),
        ...program.steps.map((step) => `from ${showDateTime(step.at)} ${flow(step.rate)}`),
      ].join(', ');
  }
}
