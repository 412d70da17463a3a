/** A change of one place of the program that breaks what a requirement asks for. */
export interface Mutant {
  /** The requirement whose test it fails. */
  readonly id: string;
  readonly what: string;
  readonly file: string;
  /** What stands there once, and what takes its place. */
  readonly find: string;
  readonly replace: string;
}

/** A file as a mutant changes it. Throws unless what it finds stands there once. */
export function mutated(text: string, { id, what, find, replace }: Mutant): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${id}, ${what}: "${find}" stands there ${times} times`);
  return text.replace(find, () => replace);
}

type Change = readonly [id: string, what: string, find: string, replace: string];

/** By file below firmware-sim/firmware, or from the root where it begins with a slash. */
const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  'rules/program.ts': [
    [
      'AT-01',
      'a stop leaves the rate',
      'boolean => stopped === null && update === null;',
      'boolean => update === null;',
    ],
    [
      'AT-03',
      'basal is one nanolitre a day too fast',
      'rate.of(basal + bolusRate(context))',
      'rate.of(1 + basal + bolusRate(context))',
    ],
    [
      'AT-31',
      'a bolus takes the place of basal',
      'rate.of(basal + bolusRate(context))',
      'rate.of(bolusRate(context) || basal)',
    ],
    [
      'R5',
      'of bolus and basal the greater counts',
      'rate.of(basal + bolusRate(context))',
      'rate.of(Math.max(basal, bolusRate(context)))',
    ],
    ['AT-46', 'a step comes a millisecond late', 'instant(wall - wallOffset)', 'instant(wall - wallOffset + 1)'],
    [
      'R12',
      'a step waits for a whole second',
      'instant(wall - wallOffset)',
      'instant(Math.ceil((wall - wallOffset) / 1000) * 1000)',
    ],
    [
      'AT-97',
      'the minimum rate is the basal rate',
      'rate.of(Math.min(own, basalRate(context, at)))',
      'basalRate(context, at)',
    ],
  ],
  'rules/update.ts': [
    [
      'AT-02',
      'a stop changes no rate',
      '  draft.stopped = { why, since: at };\n  deliver(draft, at);',
      '  draft.stopped = { why, since: at };',
    ],
    ['AT-04', 'a start needs no prescription', "context.prescription === null && { code: 'noPrescription' }", 'false'],
    [
      'AT-05',
      'a start is taken while running',
      "context.stopped === null && context.reduced === null && { code: 'alreadyRunning' }",
      'false',
    ],
    [
      'AT-06',
      'a stop is taken while stopped',
      "context.stopped !== null && clearedByStop(context, event) === undefined && { code: 'alreadyStopped' }",
      'false',
    ],
    ['AT-11', 'no commit waits for a start', "context.profile.afterCommit === 'waitForStart' || ", ''],
    [
      'AT-13',
      'a start leaves the stop',
      '  draft.stopped = null;\n  draft.reduced = reducedIn(mode);',
      '  draft.reduced = reducedIn(mode);',
    ],
    [
      'AT-65',
      'an empty reservoir is started on',
      "...causesOf(context, level, context.reduced ?? 'nothing').map((code) => ({ code })),",
      '',
    ],
    [
      'R18',
      'a new prescription ends the lockout',
      'draft.lockedUntil = lockoutUnder(draft, prescription);',
      'draft.lockedUntil = null;',
    ],
  ],
  'rules/prescription.ts': [
    ['AT-08', 'the smallest basal rate is refused', 'rate < basalMinimum &&', 'rate <= basalMinimum &&'],
    ['AT-08', 'the largest basal rate is refused', 'rate > basalMaximum)', 'rate >= basalMaximum)'],
    ['AT-32', 'a bolus as fast as basal is refused', 'bolus.rate < basal &&', 'bolus.rate <= basal &&'],
    [
      'AT-32',
      'a bolus of rate 0 is taken',
      "(bolus.rate === 0 || bolus.duration === 0) && { code: 'bolusRateZero' }",
      'false',
    ],
    ['AT-32', 'no lockout is one', "bolus.lockout === 0 && { code: 'lockoutZero' }", 'false'],
    [
      'AT-33',
      'a bolus as long as its lockout is refused',
      'bolus.duration > bolus.lockout &&',
      'bolus.duration >= bolus.lockout &&',
    ],
    [
      'AT-56',
      'a bolus as long as the window is refused',
      'longestBolus(patientBolus) > doseLimit.window &&',
      'longestBolus(patientBolus) >= doseLimit.window &&',
    ],
    ['R2', 'a bolus too small is taken', 'amount < BigInt(profile.strokeVolume) &&', 'amount < 0n &&'],
    [
      'R2',
      'one stroke is too small',
      'amount < BigInt(profile.strokeVolume) &&',
      'amount <= BigInt(profile.strokeVolume) &&',
    ],
  ],
  'rules/patient-bolus.ts': [
    [
      'R20',
      'the end of one that is suspended stays',
      'ends: after(clinician.ends, between(start, ends))',
      'ends: clinician.ends',
    ],
    [
      'R20',
      'every profile lets it be interrupted',
      "profile.patientBolusDuringClinicianBolus === 'deny'",
      'profile.patientBolusDuringClinicianBolus === undefined',
    ],
    ['AT-15', 'a bolus ends a millisecond early', 'ends: after(at, duration)', 'ends: instant(at + duration - 1)'],
    ['AT-22', 'nothing is counted', "used && { code: 'countUsed', until: next }", 'false'],
    [
      'AT-25',
      'a bolus that was cut counts as given',
      'between(last.start, last.ended)',
      'between(last.start, last.ends)',
    ],
    ['AT-28', 'a stopped pump grants', "context.stopped !== null && { code: 'stopped' }", 'false'],
    [
      'AT-35',
      'a bolus runs on for a millisecond',
      'draft.bolus = grant;',
      'draft.bolus = { ...grant, ends: instant(grant.ends + 1) };',
    ],
    [
      'AT-48',
      'a denial leaves delivery as it was',
      "maxDoseDenied === 'denyAndMinimumRate' &&",
      "maxDoseDenied === 'deny' &&",
    ],
    ['AT-57', 'a pump at its minimum rate grants', "runsAtMinimum(context) && { code: 'minimumRate' }", 'false'],
    [
      'AT-69',
      'a low reservoir is no reason',
      "level === 'low' && context.profile.lowReservoirPolicy !== 'alarm' && { code: 'lowReservoir' }",
      'false',
    ],
    [
      'R6',
      'what a cut left is forgotten',
      'undelivered: delivered(last.rate, between(last.ended, last.ends))',
      'undelivered: 0n',
    ],
    ['R17', 'a used count is told as a lockout', "used && { code: 'countUsed'", "used && { code: 'lockedOut'"],
  ],
  'rules/lockout.ts': [
    ['AT-16', 'nothing is too soon', 'lockedUntil !== null && at < lockedUntil', 'false'],
    [
      'AT-21',
      'a lockout counts from the start',
      "profile.lockoutOrigin === 'start' ? grant.start : grant.ends",
      'grant.start',
    ],
  ],
  'rules/bolus-count.ts': [
    ['R18', 'a count lasts an hour', 'after(grant, WINDOW);\n  return', 'after(grant, span(3_600_000));\n  return'],
  ],
  'rules/periodic-bolus.ts': [
    [
      'AT-47',
      'a scheduled dose waits for no other',
      "return periodicDuringBolus === 'add' ? 'start' : periodicDuringBolus;",
      "return 'start';",
    ],
  ],
  'rules/dose-limit.ts': [
    ['AT-56', 'a limit of just the basal is refused', '> limitOf(prescription);', '>= limitOf(prescription);'],
    [
      'AT-58',
      'half a milligram over the limit is granted',
      'const limit = limitOf(prescription);\n  /** By how much',
      'const limit = limitOf(prescription) + 500_000n * VOLUME_PER_ML;\n  /** By how much',
    ],
    ['R1', 'the basal to come is not counted', '[...past(context, drug, at), ...ahead]', '...past(context, drug, at)]'],
  ],
  'rules/delivery.ts': [
    [
      'AT-64',
      'a threshold falls due a nanolitre late',
      'const above = Math.max(0, context.volume - threshold);',
      'const above = 86_400_000 + Math.max(0, context.volume - threshold);',
    ],
    [
      'R3',
      'the calculated volume runs below 0',
      'Math.max(0, context.volume - context.rate * elapsed(context, at))',
      'context.volume - context.rate * elapsed(context, at)',
    ],
    ['R7', 'a zero rate counts as delivery', 'if (flow > 0) {', 'if (flow >= 0) {'],
  ],
  'rules/allowed.ts': [
    [
      'AT-72',
      'a condition stops nothing',
      "  stop: 'nothing',\n} as const;\n\nconst MODE_OF",
      "  stop: 'minimumRate',\n} as const;\n\nconst MODE_OF",
    ],
    [
      'AT-74',
      'too high a flow leaves basal',
      "  minimumRate: 'minimumRate',\n  stop: 'nothing',",
      "  minimumRate: 'basal',\n  stop: 'nothing',",
    ],
    ['AT-75', 'a warning ends a bolus', "  none: 'boluses',\n  basalOnly", "  none: 'basal',\n  basalOnly"],
    [
      'AT-78',
      'of several policies the last one holds',
      'ALLOWED.indexOf(each) > ALLOWED.indexOf(most) ? each : most',
      'ALLOWED.indexOf(each) >= 0 ? each : most',
    ],
    [
      'AT-61',
      'a low reservoir leaves basal as it was',
      "basalOnly: 'basal', minimumRate: 'minimumRate' } as const;\n  if (level",
      "basalOnly: 'basal', minimumRate: 'basal' } as const;\n  if (level",
    ],
    [
      'AT-63',
      'an empty reservoir stops nothing',
      "minimumRate: 'minimumRate', stop: 'nothing' } as const;\n  const low",
      "minimumRate: 'minimumRate', stop: 'basal' } as const;\n  const low",
    ],
  ],
  'rules/reservoir.ts': [
    [
      'AT-60',
      'a volume at the threshold is not low',
      'amount <= prescription.lowReservoir',
      'amount < prescription.lowReservoir',
    ],
    [
      'AT-71',
      'an empty reservoir stays empty',
      "draft.emptySince = level === 'empty' ? (draft.emptySince ?? event.at) : null;",
      "draft.emptySince ??= level === 'empty' ? event.at : null;",
    ],
    [
      'R19',
      'a low reservoir stays low',
      "draft.lowSince = level === 'normal' ? null : (draft.lowSince ?? event.at);",
      "draft.lowSince ??= level === 'normal' ? null : event.at;",
    ],
  ],
  'rules/silence.ts': [
    [
      'AT-86',
      'a silence is for good',
      'until: after(at, draft.profile.silenceLimit), over: false',
      'until: after(at, (draft.profile.silenceLimit * 1000) as never), over: false',
    ],
    [
      'AT-87',
      'a silence outlasts its session',
      'silence.over ? silence : { ...silence, until: at, over: true }',
      'silence',
    ],
  ],
  'rules/service-life.ts': [
    ['AT-89', 'the end of service stops nothing', "context.profile.atEndOfService === 'stop';", 'false;'],
    ['AT-89', 'a battery that gives out is not noted', 'draft.eriAt !== null ||', 'false ||'],
  ],
  'rules/stopped-pump.ts': [
    [
      'AT-94',
      'a stop is too long a second later',
      'after(context.idleSince, context.profile.stoppedAlarm)',
      'after(after(context.idleSince, context.profile.stoppedAlarm), context.profile.toneLength)',
    ],
  ],
  'rules/memory.ts': [
    ['R10', 'the safe state always delivers', 'profile.safeState === state', "state === 'minimumRate'"],
  ],
  'rules/reset.ts': [
    ['AT-100', 'a reset forgets what was granted', 'draft.grants.map((grant) => (grant > dayAgo ? at : grant))', '[]'],
  ],
  'rules/clock.ts': [
    [
      'R11',
      'the end of a bolus moves with the clock',
      'draft.wallOffset = wall - at;',
      'draft.wallOffset = wall - at;\n  if (draft.bolus !== null) draft.bolus = { ...draft.bolus, ends: draft.bolus.ends + 1000 };',
    ],
  ],
  'rules/clinician-bolus.ts': [
    [
      'AT-37',
      'it ends a millisecond late',
      'ends: after(at, duration), rate,',
      'ends: after(after(at, duration), span(1)), rate,',
    ],
    [
      'AT-39',
      'the shortest is refused',
      'duration < profile.clinicianBolusShortest &&',
      'duration <= profile.clinicianBolusShortest &&',
    ],
    [
      'AT-39',
      'the longest is refused',
      'duration > profile.clinicianBolusLongest &&',
      'duration >= profile.clinicianBolusLongest &&',
    ],
    ['AT-39', 'none is too short', 'duration < profile.clinicianBolusShortest &&', 'duration < 0 &&'],
    ['AT-39', 'none is too long', 'duration > profile.clinicianBolusLongest &&', 'duration < 0 &&'],
    [
      'AT-40',
      'all of it comes in its first half',
      'ends: after(at, duration), rate,',
      'ends: after(at, span(duration / 2)), rate: (rate * 2) as typeof rate,',
    ],
    [
      'AT-41',
      'one that runs is replaced',
      "clinician !== null && { code: 'bolusRunning', until: clinician.ends }",
      'false',
    ],
    [
      'AT-42',
      'a stopped pump gives it',
      "profile.clinicianBolusWhenStopped === 'refuse' &&",
      "profile.clinicianBolusWhenStopped === 'allow' &&",
    ],
    [
      'AT-42',
      'a pump at its minimum rate gives it',
      "(runsAtMinimum(context) || prescription?.program.type === 'minimumRate') && { code: 'minimumRate' }",
      'false',
    ],
    [
      'R20',
      'what is left while it is suspended counts as given',
      'return span(Math.max(0, ends - resumes));',
      'return span(0);',
    ],
  ],
  'rules/halt-at-limit.ts': [
    [
      'AT-49',
      'nothing is halted',
      "profile.clinicianOverLimit !== 'haltAtLimit'",
      "profile.clinicianOverLimit === 'haltAtLimit'",
    ],
    ['AT-49', 'it is halted a millisecond early', 'masses.endingAt(t + 1) > room', 'masses.endingAt(t + 1) >= room'],
  ],
  'rules/conditions.ts': [
    [
      'AT-72',
      'nothing latches',
      'return each.declared !== null && latches(draft, condition) ?',
      'return each.declared === undefined && latches(draft, condition) ?',
    ],
    [
      'AT-74',
      'it is declared a millisecond late',
      'after(since, delayOf(context, code))',
      'after(since, delayOf(context, code) + 1 as Duration)',
    ],
    [
      'AT-79',
      'clearing one clears all',
      'draft.conditions.filter(({ code }) => code !== condition)',
      'draft.conditions.filter(() => false)',
    ],
    [
      'R19',
      'what was latched is never cleared',
      'draft.conditions.filter(({ code }) => code !== condition)',
      'draft.conditions.filter(({ code }) => code !== undefined)',
    ],
  ],
  'rules/start.ts': [
    [
      'AT-07',
      'an alarm stands against no start',
      "context.profile.startWithAlarm === 'refuse' &&",
      'context.profile.startWithAlarm === undefined &&',
    ],
    [
      'AT-83',
      'a warning stands against a start as well',
      "ALARMS[code].class === 'critical'",
      'ALARMS[code].class !== undefined',
    ],
  ],
  'rules/self-test.ts': [
    [
      'AT-29',
      'nothing is tested',
      'draft.selfTestEnds = after(at, draft.profile.selfTest);',
      'draft.selfTestEnds = null;',
    ],
    [
      'AT-29',
      'the test lasts a millisecond longer',
      'selfTestEnds !== null && at < selfTestEnds &&',
      'selfTestEnds !== null && at <= selfTestEnds &&',
    ],
  ],
  'rules/strokes.ts': [
    [
      'AT-92',
      'no stroke is completed',
      'const rest = turns ? restOfStroke(draft) : volume.of(0);',
      'const rest = turns ? volume.of(0) : restOfStroke(draft);',
    ],
  ],
  '/programmer/forecast.ts': [
    [
      'AT-70',
      'a bolus that runs is not counted',
      'pulses.push({ from: 0, to: free, rate: patientRate(status, replaces) })',
      'pulses.push({ from: 0, to: free, rate: 0 })',
    ],
    [
      'AT-70',
      'a clinician’s bolus that runs is taken as given already',
      'pulses.push({ from: free, to, rate: clinicianBolus.rate })',
      'pulses.push({ from: 0, to: 1, rate: clinicianBolus.left })',
    ],
    [
      'AT-70',
      'the pump is taken to go on at its rate once it is low',
      '    return lowAt === undefined\n      ?',
      '    return lowAt !== undefined\n      ?',
    ],
  ],
  '/programmer/warnings.ts': [
    [
      'AT-78',
      'alarms are shown in the order of their codes',
      'for (const code of highestFirst(status.alarms))',
      'for (const { code } of status.alarms)',
    ],
  ],
  'chart/bolus.ts': [
    [
      'AT-10',
      'a bolus ends at the minimum rate',
      "target: 'basal',\n          updates: ['completeBolus', 'runBasal']",
      "target: 'minimumRate',\n          updates: ['completeBolus', 'runMinimum']",
    ],
  ],
  'chart/delivery.ts': [
    [
      'AT-36',
      'a start begins with a bolus',
      "target: 'basal',\n    guard: 'resumeToBasal'",
      "target: 'patientBolus',\n    guard: 'resumeToBasal'",
    ],
  ],
  'chart/infusion.ts': [
    ['AT-34', 'a grant drives nothing', "effects: ['drive', 'logGranted']", "effects: ['logGranted']"],
  ],
  'chart/patient-control.ts': [
    [
      'AT-59',
      'a denial locks out',
      "[{ target: 'lockedOut', guard: 'bolusGranted' }, denied]",
      "[{ target: 'lockedOut', guard: 'bolusGranted' }, { ...denied, target: 'lockedOut' }]",
    ],
  ],
  'chart/telemetry.ts': [
    ['AT-09', 'staging stops delivery', "updates: ['stage'] }", "updates: ['stage', 'stopSafe'], effects: ['drive'] }"],
  ],
  'behaviour/updates.ts': [
    ['AT-59', 'a denial is not counted', 'draft.denied += 1;', ''],
    ['AT-43', 'a stop leaves it running', "endBoluses(draft, event.at, 'stop')", "endBolus(draft, event.at, 'stop')"],
    [
      'AT-92',
      'a fault completes its stroke as well',
      "stopByCondition: (draft: Draft, event: EventOf<'CONDITION_DECLARED'>) =>\n    stopFor(",
      "stopByCondition: (draft: Draft, event: EventOf<'CONDITION_DECLARED'>) =>\n    completeStroke(draft, event.at) ??\n    stopFor(",
    ],
  ],
  'deadlines.ts': [
    [
      'R14',
      'steps come before everything else',
      "  { type: 'ERI', due",
      "  { type: 'SCHEDULE_STEP', due: ({ context }) => whenStep(context) },\n  { type: 'ERI', due",
    ],
  ],
  'alarm-edges.ts': [
    [
      'R15',
      'an alarm is raised with every event',
      'now.alarms.filter((code) => !before.alarms.includes(code))',
      'now.alarms',
    ],
  ],
  'answer.ts': [
    [
      'R13',
      'a reading is logged',
      "    case 'interrogate':",
      "    case 'interrogate':\n      processor.write(processor.now, 'zeroStep', {});",
    ],
  ],
  'radio.ts': [
    [
      'R8',
      'a payload that cannot be read is called too long',
      "'error' in request ? refusal('malformed')",
      "'error' in request ? refusal('tooLong')",
    ],
    [
      'R16',
      'a command that comes again is done again',
      'if (frame.sequence === session.sequence) return session.answer;',
      '',
    ],
  ],
  '/programmer/visit-guards.ts': [
    ['AT-95', 'nobody is asked', "args.context.act?.type !== 'confirm'", 'false'],
    ['AT-95', 'no limit is hard', "intended.exceeded.some(({ level }) => level === 'hard')", 'false'],
  ],
  '/firmware-sim/plant/reservoir.ts': [
    [
      'AT-67',
      'a unit too much is injected',
      'this.#injected += BigInt(amount);',
      'this.#injected += BigInt(amount) + 1n;',
    ],
  ],
  '/shared/codes.ts': [
    [
      'AT-86',
      'the end of service can be silenced',
      "alarm('critical', 'high', 'never', 'none', 'End of service')",
      "alarm('critical', 'high', 'never', 'tone', 'End of service')",
    ],
  ],
  '/shared/dosing.ts': [
    ['R4', 'rate times time is a floating-point number', 'BigInt(flow) * BigInt(time)', 'BigInt(flow * time)'],
  ],
  '/shared/messages/frame.ts': [
    ['AT-98', 'any tag will do', 'expected.every((byte, i) => byte === bytes[signed + i])', 'expected.length > 0'],
    [
      'R8',
      'a frame may be longer than it says',
      'bytes.length !== HEAD + length + TAG + CRC',
      'bytes.length < HEAD + length + TAG + CRC',
    ],
    ['R9', 'two bytes are read where there are none', 'bytes.length < 2 || ', ''],
  ],
  '/shared/messages/codec.ts': [
    ['R9', 'bytes that are no CBOR throw', '} catch {\n    return undefined;', '} catch (error) {\n    throw error;'],
  ],
};

export const MUTANTS: readonly Mutant[] = Object.entries(CHANGES).flatMap(([path, changes]) => {
  const file = path.startsWith('/') ? path.slice(1) : `firmware-sim/firmware/${path}`;
  return changes.map(([id, what, find, replace]) => ({ id, what, file, find, replace }));
});
