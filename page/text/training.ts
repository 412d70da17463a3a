/** Every word of training cases, which come once the patient is there. */
export const TRAINING = {
  title: 'Training',
  about:
    'A case has something to be found out. Values change from seed to seed; a case file of your own can be dropped anywhere on the page.',
  case: 'Case',
  mode: 'Mode',
  modes: { practice: 'Practice', assessment: 'Assessment' },
  modeAbout: {
    practice: 'Hints and going back are at hand; X-ray too, where the instructor’s panes are shown (Session).',
    assessment: 'No hints, no X-ray, no going back until the debrief.',
  },
  learner: 'Learner (may be left empty)',
  goesOn: (name: string) => `${name} goes on`,
  seed: 'Seed: which variant (empty: another one)',
  noSeed: 'Seed: expected a whole number from 0 to 2147483647.',
  begin: 'Begin the case',
  beginAbout: 'It opens beside what is open; Time has all visits.',
  another: 'Take another case',
  briefing: 'Briefing',
  complaint: 'What the patient says',
  left: (time: string) => `${time} left`,
  hint: 'Hint',
  measures: 'Beside the pump',
  measuresAbout:
    'What you do beside the pump is noted, and what matters of it is judged; it changes neither pump nor patient.',
  noted: 'noted',
  done: 'Finish the case',
  doneSure: 'The rest of the time passes with nothing done, then comes the debrief.',
  doneYes: 'Let it pass',
  doneNo: 'Not yet',
  over: 'The case is over.',
  show: 'Show the debrief',
  hide: 'Look at the pump',
  watch: 'Open the instructor’s window',
  watchAbout:
    'In this browser, beside this one: X-ray, faults, time and what is looked for. Open it before an assessment begins, in this visit or another.',
} as const;

export const DEBRIEF = {
  title: (name: string) => `Debrief: ${name}`,
  passed: 'PASSED',
  notPassed: 'NOT PASSED',
  points: (points: number, of: number) => `${points} of ${of} points`,
  hints: (count: number) => (count === 0 ? 'no hints' : count === 1 ? '1 hint' : `${count} hints`),
  seed: (seed: number) => `seed ${seed}`,
  began: (at: string, lasted: string) => `Began ${at}, watched for ${lasted}`,
  saidDone: (after: string) => `said to be done after ${after}`,
  neverDone: 'never said to be done',
  export: 'Save for the class',
  saved: (name: string) => `Saved as ${name}: a folder of such files is a table of the class (thecal debrief FOLDER).`,
  passes: 'A case is passed when every line that is needed is met.',
  print: 'Print',
  hidden: 'What could not be seen',
  drawn: (values: Readonly<Record<string, string | number>>) =>
    `Drawn: ${
      Object.entries(values)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ') || 'nothing'
    }.`,
  rubric: 'What was looked for',
  met: 'met',
  missed: 'missed',
  notNeeded: 'not needed to pass',
  worth: (points: number) => (points === 1 ? '1 point' : `${points} points`),
  shownBy: (n: number, at: string) => `Shown by record ${n}, ${at}:`,
  expert: 'An expert:',
  timeline: 'What happened, what the pump believed, what was true',
  when: 'When',
  happened: 'What happened',
  decision: 'you',
  believed: 'Believed',
  true: 'True',
  harm: 'Harm, by the teaching model of the CSF',
  harmAbout:
    'For teaching, never a prediction: how long the level in the CSF was how far from what the patient was used to. What reaches the blood from under the skin is not in it.',
  noHarm: 'There was nothing the patient is used to.',
  drug: 'Drug',
  bands: { tooLittle: 'far too little', little: 'too little', much: 'too much', tooMuch: 'far too much' },
  least: 'Least',
  most: 'Most',
  figures: 'Figures',
} as const;

/** The instructor's window. */
export const BESIDE = {
  title: 'Instructor’s view',
  waiting: 'Looking for the page beside …',
  shut: 'An assessment is under way there, in the visit at hand or another: this window had to be open before it began. It opens once none is left: “Finish the case” ends one, and so does closing its visit under Time, where it was abandoned. Load this window anew then.',
  gone: 'The page beside has been closed or loaded anew. What stands here is how it was last. Open this window again from there.',
  learner: 'The learner’s programmer',
  handset: 'Patient’s controller',
  free: 'No case is being taken there.',
  rubric: 'What is looked for',
  states: { open: 'open', met: 'met', broken: 'broken' },
  marks: { open: '○', met: '✓', broken: '✗' },
  hidden: 'Hidden from the learner',
  panes: 'What is behind it',
} as const;
