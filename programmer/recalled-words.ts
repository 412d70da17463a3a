import { COMMANDS, type CommandName, type MessageName, REFUSALS } from '../shared/index.ts';
import type { Recalled } from './recall.ts';

/** Commands in the words of whoever gave them. */
const COMMAND_WORDS = {
  implant: 'the implant',
  enterReservoir: 'the volume entered',
  stagePrescription: 'the prescription held ready',
  beginUpdate: 'the beginning of the update',
  commitUpdate: 'the prescription',
  stop: 'the stop',
  resume: 'the resumption of delivery',
  requestBolus: 'the request for a bolus',
  minimumRate: 'the minimum rate',
  setClock: 'the setting of the clock',
  silenceAlarm: 'the silencing of the alarm',
  clinicianBolus: 'the single bolus',
  clearAlarm: 'the clearing of the alarm',
  setAlarmInterval: 'the interval of critical alarms',
  testAlarm: 'the test of the tones',
  noteDiscrepancy: 'the reason of a difference at the refill',
} as const satisfies Record<CommandName, string>;

/** What is written down once, and is no command. */
const OTHER_WORDS: { readonly [N in MessageName]?: string } = {
  noteLimit: 'the note about a limit of the drug library',
};

/** What became of the command that stayed without an answer when the link was lost. */
export function recalledText({ request, became, answer }: Recalled): string {
  const name = COMMANDS.find((command) => command === request.name);
  const what = name === undefined ? (OTHER_WORDS[request.name] ?? request.name) : COMMAND_WORDS[name];
  if (answer !== null && 'refused' in answer)
    return `When the link was lost the pump had refused ${what}: ${REFUSALS[answer.refused.code]}`;
  switch (became) {
    case 'answered':
      return `When the link was lost the pump had carried out ${what}`;
    case 'neverArrived':
      return `When the link was lost ${what} had not reached the pump`;
    case 'unknown':
      return `Whether the pump carried out ${what} when the link was lost is not known: compare what it shows`;
  }
}
