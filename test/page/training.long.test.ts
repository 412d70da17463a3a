import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Learner, Lesson } from '../../workbench/index.ts';
import { file } from '../integration/cli.ts';
import { of, SHIPPED, taken } from '../training/cases.ts';
import { bringAxe, findingsOn } from './axe.ts';
import { takeChromium } from './chromium.ts';
import { begin, bring, debriefOf, pageTells } from './training.ts';

/*
 * Training cases in a browser: what their learners come to, and that an assessment hides what it has to.
 */

const chromium = takeChromium();
let page: Page;
let said: readonly string[];
beforeAll(async () => {
  ({ page, said } = await chromium.open({ realTime: false }));
  page.setDefaultTimeout(10_000);
});

const THREE = ['friday-refill', 'pain-since-a-scan', 'change-of-strength'];
const WHO: readonly Learner[] = ['expert', 'passive', 'mistaken'];
const SEED = 11;
const FRIDAY = 'friday-refill';
const titleOf = (name: string) => of(name, SEED).lesson.title;

describe.each(THREE)('%s', (name) => {
  test.each(WHO)('is judged on the page as in the terminal: the %s', async (who) => {
    const loaded = of(name, SEED);
    await begin(page, { name: loaded.lesson.title, mode: 'Assessment', learner: who, seed: SEED });
    await bring(page, loaded.scripts[who]);
    await page.getByRole('button', { name: 'Finish the case' }).click();
    await page.getByRole('button', { name: 'Let it pass' }).click();
    const { passed, missed } = await debriefOf(page);
    const { debrief } = taken(loaded, who, name);
    expect(passed).toBe(who === 'expert');
    expect(missed).toEqual(debrief.rubric.filter(({ met }) => !met).map(({ says }) => says));
  });
});

describe('an assessment keeps from whoever looks at the page what there is to be found', () => {
  // One that is abandoned would go on shutting the instructor's window.
  afterEach(async () => {
    await page.getByRole('tab', { name: 'Time' }).click();
    await page
      .getByRole('button', { name: /^Close: .*/ })
      .last()
      .click();
    await page.evaluate(() => thecal.settled());
  });

  test.each([...SHIPPED.keys()])('%s', async (name) => {
    const loaded = of(name, SEED);
    const { lesson, values } = loaded;
    await begin(page, { name: lesson.title, mode: 'Assessment', learner: '', seed: SEED });
    await page.getByRole('button', { name: 'Interrogate', exact: true }).click();
    await page.evaluate(() => thecal.settled());
    const tells = await pageTells(page);
    // What the learner is told is no secret, nor what the pump answers in a terminal; dates come of durations.
    const inTerminal = new Lesson(loaded, { id: name, version: 'test', mode: 'assessment', executor: 'table' });
    const answered = ['interrogate', 'screen', 'report'].map((line) => inTerminal.line(line).text);
    const measures = Object.values(lesson.measures ?? {});
    const open = [lesson.title, lesson.briefing, lesson.complaint, measures, answered].flat(2).join(' ');
    const drawn = Object.values(values).map(String);
    const secret = [
      ...drawn.filter((value) => /%|mL$|mg|mcg/.test(value) && !open.includes(value)),
      ...lesson.rubric.flatMap(({ says, expert }) => [says, expert]),
      ...(lesson.hints ?? []).map(({ say }) => say),
      ...lesson.hidden.split(/(?<=[.:;]) /),
      ...(lesson.about ?? '').split(/(?<=[.:;]) /),
    ].map((text) => text.replaceAll(/\s+/g, ' ').trim());
    expect(secret.length).toBeGreaterThan(5);
    const found = secret.filter(
      (text) => text.length > 2 && !open.replaceAll(/\s+/g, ' ').includes(text) && tells.includes(text),
    );
    expect(found).toEqual([]);
  });

  test('and would be found to tell it: in practice the X-ray does', async () => {
    const name = 'refill-with-a-discrepancy';
    await begin(page, { name: of(name, SEED).lesson.title, mode: 'Practice', learner: '', seed: SEED });
    const believed = await page.evaluate(() => thecal.ask('xray', null));
    const parted = believed.filter(({ parts }) => parts).map(({ actual }) => actual ?? '');
    expect(parted.length).toBeGreaterThan(0);
    const tells = await pageTells(page);
    const isIn = (text: string) => (actual: string) =>
      text
        .split(actual)
        .slice(0, -1)
        .some((before) => !/[\d.]$/.test(before));
    expect(parted.filter(isIn(tells))).toEqual(parted);
    await begin(page, { name: of(name, SEED).lesson.title, mode: 'Assessment', learner: '', seed: SEED });
    const hidden = await pageTells(page);
    expect(parted.filter(isIn(hidden))).toEqual([]);
  });
});

test('an instructor beside sees what the learner does not, from before an assessment began', async () => {
  await page.getByRole('tab', { name: 'Training' }).click();
  const beside = page.getByRole('link', { name: 'Open the instructor’s window' });
  const opens = async (how: () => Promise<unknown>) =>
    (await Promise.all([page.context().waitForEvent('page'), how()]))[0];
  await begin(page, { name: titleOf(FRIDAY), mode: 'Practice', learner: '', seed: SEED });
  const instructor = await opens(() => beside.click());
  await instructor.getByText('What is looked for').waitFor();
  await begin(page, { name: titleOf(FRIDAY), mode: 'Assessment', learner: '', seed: SEED });
  expect(await beside.count()).toBe(0);
  const line = instructor.getByRole('listitem').filter({ hasText: 'The pump was read before it was emptied' });
  await line.getByText('open').waitFor();
  await page.getByRole('button', { name: 'Interrogate', exact: true }).click();
  await line.getByText('met').waitFor();
  const hidden = of(FRIDAY, SEED).lesson.hidden.trim();
  await instructor.getByText(hidden).waitFor();
  expect(await pageTells(page)).not.toContain(hidden);
  // A case refuses faults from whoever asks, so none is offered; what to expect of each is.
  await instructor.getByRole('tab', { name: 'Faults' }).click();
  await instructor.getByText('is for the case to decide').waitFor();
  const faults = instructor.getByRole('region', { name: 'Faults' });
  expect(await faults.getByText('What to expect').count()).toBeGreaterThan(10);
  expect(await faults.getByRole('button').count()).toBe(0);
  // It may be loaded anew; a window that comes now is not let in.
  await instructor.reload();
  await instructor.getByText(hidden).waitFor();
  const late = await opens(() => instructor.evaluate("void open(location.href, '_blank', 'noopener')"));
  await late.getByText('this window had to be open before it began').waitFor();
  // Nor from another visit, until the assessment is ended.
  const visits = page.getByRole('list').filter({ has: page.getByRole('button', { name: /^Close: / }) });
  await page.getByRole('tab', { name: 'Time' }).click();
  await visits.getByRole('button', { name: /^1\. / }).click();
  await page.getByRole('tab', { name: 'Training' }).click();
  const other = await opens(() => beside.click());
  await other.getByText('“Finish the case” ends one, and so does closing its visit under Time').waitFor();
  await page.getByRole('tab', { name: 'Time' }).click();
  await page
    .getByRole('button', { name: /^Close: / })
    .last()
    .click();
  await other.reload();
  await other.getByText('No case is being taken there.').waitFor();
  await page.reload();
  await instructor.getByText('has been closed or loaded anew').waitFor();
  await page.getByRole('button', { name: 'Interrogate', exact: true }).waitFor();
});

test('a case of one’s own is added by its file, and what is wrong with one is said', async () => {
  const own = SHIPPED.get(FRIDAY)?.replace(/^title: .*$/m, 'title: A refill of my own') ?? '';
  await page.getByRole('tab', { name: 'Session' }).click();
  await page
    .getByLabel('Open a scenario or a case')
    .setInputFiles(file(own.replace(/^rubric:/m, 'rubrik:'), 'own.yaml'));
  await page.getByText(/Nothing was opened.*rubrik/s).waitFor();
  await page.getByLabel('Open a scenario or a case').setInputFiles(file(own, 'own.yaml'));
  await page.getByText('Added to the cases under Training: A refill of my own').waitFor();
  await begin(page, { name: 'A refill of my own', mode: 'Practice', learner: '', seed: SEED });
  expect(await page.evaluate(() => thecal.shown)).toMatchObject({ lesson: { mode: 'practice' } });
  await page.getByRole('button', { name: 'Hint' }).click();
  await page.getByText('Before the needle').waitFor();
});

test('nothing is found wrong with a case, its debrief, nor an instructor’s window', async () => {
  const loaded = of('change-of-strength', SEED);
  await page.setViewportSize({ width: 1024, height: 768 });
  await begin(page, { name: loaded.lesson.title, mode: 'Practice', learner: '', seed: SEED });
  const beside = page.getByRole('link', { name: 'Open the instructor’s window' });
  const [instructor] = await Promise.all([page.context().waitForEvent('page'), beside.click()]);
  await instructor.getByText('What is looked for').waitFor();
  for (const each of [page, instructor]) {
    await bringAxe(each);
    expect(await findingsOn(each)).toEqual([]);
  }
  await bring(page, loaded.scripts.mistaken);
  await page.getByRole('button', { name: 'Finish the case' }).click();
  expect(await findingsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Let it pass' }).click();
  for (const each of [page, instructor]) {
    await each.getByRole('region', { name: /^Debrief/ }).waitFor();
    expect(await findingsOn(each)).toEqual([]);
  }
});

test('nothing went wrong on the page', () => {
  expect(said).toEqual([]);
});
