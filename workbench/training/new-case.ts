const firstLine = (schema: string | undefined): string =>
  schema === undefined
    ? '# For completion in an editor: thecal schema --case > case.schema.json, and as the first line here\n# yaml-language-server: $schema=case.schema.json'
    : `# yaml-language-server: $schema=${schema}`;

/** A training case to begin with: it is taken as it says, and explains every key. `schema` is where an editor finds the schema. */
export const newCase = (schema: string | undefined): string => `${firstLine(schema)}\n${NEW_CASE}`;

/** The same without the line for editors, as the guide for educators has it. */
export const NEW_CASE = `# "thecal check FILE" tries this case, "thecal console --case FILE" lets somebody take it.
thecal: case/1
# Shown to the learner: it must not give the answer away.
title: Stiff again since noon
# For whoever teaches: what happens, and the arithmetic.
about: |
  The pump was stopped for a picture in the morning and left so. Half of the baclofen in the CSF is gone after five hours:
  after $left she has too little, and from eight hours on far too little. Nothing else is wrong.
source:
  - "Made up, to begin with; doses and times are assumed"
# Values that the seed decides, so that a class cannot copy. $left then stands wherever it is needed.
draw:
  dose: [180 mcg/day, 200 mcg/day, 220 mcg/day] # one of a list
  left: { from: 5h, to: 7h, step: 1h } # or of a range, its end included: 5h, 6h or 7h
# Who the learner is, where, and what is at hand: all that an expert has to know and cannot find out.
briefing: |
  You are the nurse of a spasticity clinic. A woman of 40 comes without an appointment; her notes say baclofen 500 mcg/mL,
  $dose, and that a picture of her back was taken this morning. At hand: the programmer, and a telephone.
# What the patient says and shows.
complaint: |
  "My legs are stiff and jump, as before I had the pump. It gets worse by the hour. This morning they were good."
# Told in the debrief: what could not be seen.
hidden: The pump had been stopped for the picture $left before, and nobody had started it again.
# How long the learner has; "done" lets what is left of it pass. Harm needs time to come.
ends: 2d
# A scenario: the learner comes in when its story is over. Its pump has long run, and its catheter is full.
begins:
  profile: synchromed-ii-like-20 # "thecal profiles" lists them
  clock: 2026-01-05 08:00
  start:
    fill: { volume: 20 mL, baclofen: 500 mcg/mL }
    prescribe: { constant: $dose, ceiling: 400 mcg/day, lowReservoir: 2 mL }
  story:
    - at: 20d
      clinician: stop
    - clinician: endSession
    # What it expects is checked: a case whose beginning goes another way cannot be taken.
    - after: $left
      hands: askPatient
      expect: { found: spasticity, belief: { infusion: stopped } }
# What can be done beside the pump: noted and judged, without effect on pump or patient. An answer is told to who did it.
measures:
  callPhysician: The physician on call is told what was found
  askRadiology:
    says: The people who took the picture are asked what was done with the pump
    answer: '"We had it stopped $left ago. Were we to start it again?"'
  # Wrong ones belong here as well: they look as good as the others, and the rubric has a "never" for them.
  tablets: Baclofen by mouth is given, and she is sent home to rest
# For practice: "hint" tells the first whose time has come and whose line of the rubric is not met.
hints:
  - { after: 0s, unless: read, say: "What does the pump say of itself?" }
  - { after: 10min, unless: running, say: "What is the pump doing now, and what is it to do?" }
# What is looked for. Every line has id, says, expert, and one of did, never, reached, finally, harm.
rubric:
  - id: read
    says: The pump was read within half an hour
    expert: Interrogates first. The screen says in its first line that the pump is stopped, and since when.
    did: { clinician: interrogate }
    within: 30min
  - id: asked
    says: She was asked how she is before the pump ran again
    expert: Asks about stiffness, itching and fever; they tell how urgent it is.
    did: { hands: askPatient }
    before: running
    must: false # counts for the points; the case is passed without it
  - id: running
    says: The pump ran again within an hour
    expert: Starts the old program. Nothing in the pump was wrong.
    reached: { belief: { infusion: basal } } # "at some instant", that of the arrival included
    within: 1h
    points: 2
  - id: oldDose
    says: No other dose was programmed, and no bolus given
    expert: Leaves the dose as it was. It was enough as long as it was given.
    never: { clinician: [prescribe, confirm, bolus] }
  - id: notAway
    says: She was not sent home with tablets
    expert: Tablets do not make up for what a pump gave.
    never: { measure: tablets }
  - id: told
    says: The physician on call was told
    expert: Tells. Some hours more, and it would have been a withdrawal, which is an emergency.
    did: { measure: callPhysician }
  - id: level
    says: She had far too little for no longer than needed
    expert: Does at once what can be done at once.
    harm: { tooLittle: 1h, much: 0s }
  - id: theSame
    says: In the end she has what she had
    expert: Checks dose and drug before the session is ended.
    finally: { belief: { infusion: basal, dailyDose: $dose } }
# Three who take the case by a script, a step an act. "thecal check" lets them: each has to come to what is said here.
learners:
  # Has to meet every line that does not say "must: false", with every seed.
  expert:
    - hands: askPatient
    - clinician: interrogate
    - clinician: resume
    - measure: callPhysician # a step of its own, with no time
    - clinician: endSession
    - after: 6h
      hands: askPatient
  # Only waits, and has to fail. Left out it does nothing.
  passive: []
  # Makes the error that the case is known for, and misses exactly the lines that are named.
  mistaken:
    error: Takes it for her illness, and does not read the pump
    does:
      - hands: askPatient
      - measure: tablets
    misses: [read, running, notAway, told, level, theSame]
`;
