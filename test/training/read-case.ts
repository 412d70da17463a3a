/** A case in which a reading is all that is looked for, with a text in place of another. */
export const readCase = (...changed: readonly (readonly [string, string])[]): string =>
  changed.reduce((text, [old, other]) => {
    if (!text.includes(old)) throw new Error(`the case has no "${old}"`);
    return text.replace(old, other);
  }, SMALL);

const SMALL = `thecal: case/1
title: A pump is looked after
source: [assumed]
draw: { strength: [500 mcg/mL, 1000 mcg/mL] }
briefing: Look after the pump.
complaint: Nothing.
hidden: It held $strength.
ends: 2d
begins:
  profile: synchromed-ii-like-20
  clock: 2026-01-05 08:00
  start:
    fill: { volume: 20 mL, baclofen: 500 mcg/mL }
    prescribe: { constant: 200 mcg/day, lowReservoir: 2 mL }
  story:
    - at: 5d
      expect: { belief: { reservoir: 18.00 mL } }
measures:
  callPhysician: The physician on call is called
  askPharmacy: { says: The pharmacy is asked, answer: "It was $strength" }
rubric:
  - { id: read, says: the pump was read, expert: reads it, did: { clinician: interrogate } }
  - { id: asked, says: it was asked, expert: asks, did: { hands: askPatient }, must: false }
learners:
  expert: [{ clinician: interrogate }]
  mistaken: { error: none, does: [{ hands: drain }], misses: [read] }
`;
