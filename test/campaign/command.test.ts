import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { progressText } from '../../workbench/cli/campaign-progress.ts';
import { file, folder, thecal } from '../integration/cli.ts';
import { planText } from './plans.ts';

const text = planText(['pumps: 4', 'pumps: 2']);

/** A plan in a folder of its own, and what `thecal campaign` says there. */
function campaign(plan = text) {
  const path = file(plan, 'plan.yaml');
  const cwd = dirname(path);
  return {
    cwd,
    read: (name: string) => readFileSync(join(cwd, name), 'utf8'),
    does: (...args: string[]) => thecal(['campaign', ...args], { cwd }),
  };
}

let kept: ReturnType<typeof run> | undefined;
function run() {
  const { cwd, does, read } = campaign();
  const ended = does('run', 'plan.yaml', '--jobs', '1');
  const [result, csv] = ['result.json', 'pumps.csv'].map((name) => read(join('plan.campaign', name)));
  const parquet = new Uint8Array(readFileSync(join(cwd, 'plan.campaign/pumps.parquet'))).buffer;
  return {
    ended,
    result: result ?? '',
    csv: csv ?? '',
    parquet,
    names: readdirSync(join(cwd, 'plan.campaign')).sort(),
  };
}
/** What a run of the plan prints and leaves; it is run once. */
const whole = () => {
  kept ??= run();
  return kept;
};

/** ng a day as morphine is prescribed. */
const inMg = (ng: string) => `${Number(ng) / 1e6} mg/day`;

describe('thecal campaign', () => {
  test('run leaves a result, and its rows as CSV and Parquet', async () => {
    const { ended, csv, parquet, names } = whole();
    expect(ended).toMatchObject({
      code: 0,
      err: '\nplan.campaign: result.json, pumps.csv and pumps.parquet. Again: thecal campaign show plan.campaign\n',
    });
    expect(ended.out).toMatch(/^A small one\n2 pumps, each in 2 arms, 1d, seed 7, Thecal /);
    expect(ended.out).toMatch(/^requests granted +as it is +2 +100\.0 % +\d/m);
    expect(names).toEqual(['pumps.csv', 'pumps.parquet', 'result.json']);

    const [head = '', ...lines] = csv.trim().split('\n');
    const columns = head.split(',');
    expect(lines.map((line) => line.split(',', 2).join())).toEqual([
      '1,as it is',
      '1,longer',
      '2,as it is',
      '2,longer',
    ]);
    const rows = await parquetReadObjects({ file: parquet });
    expect(rows.map((row) => columns.map((name) => row[name] ?? '').join())).toEqual(lines);
  });

  test('run finds what another has done, show prints it, and a folder of another plan is let be', () => {
    const { cwd, does } = campaign();
    mkdirSync(join(cwd, 'plan.campaign'));
    writeFileSync(join(cwd, 'plan.campaign/result.json'), whole().result);
    const { out } = whole().ended;
    expect(does('run', 'plan.yaml')).toMatchObject({ code: 0, out, err: expect.stringContaining('is there already') });
    expect(does('show', 'plan.campaign')).toEqual({ code: 0, out, err: '' });
    const other = { code: 2, out: '', err: expect.stringContaining('is of another plan') };
    expect(does('run', 'plan.yaml', '--pumps', '3')).toMatchObject(other);
  });

  test('run goes on where another was stopped, and takes nothing half written', () => {
    const { cwd, read, does } = campaign();
    mkdirSync(join(cwd, 'stopped/shards'), { recursive: true });
    expect(does('run', 'plan.yaml', '--shard', '2/2', '--out', 'stopped/shards/2-of-2.json').code).toBe(0);
    writeFileSync(join(cwd, 'stopped/shards/1-of-2.json.123.part'), '{"thecal":');
    expect(does('show', 'stopped')).toMatchObject({
      code: 0,
      err: '1 of 2 shards done: begin it again to go on\n',
    });
    expect(does('run', 'plan.yaml', '--jobs', '1', '--out', 'stopped').code).toBe(0);
    expect(read('stopped/result.json')).toBe(whole().result);
    expect(readdirSync(join(cwd, 'stopped'))).toHaveLength(3);
  });

  test('show --report writes one page, the same each time, over one that is there', () => {
    const { cwd, does, read } = campaign();
    writeFileSync(join(cwd, 'all.json'), whole().result);
    const shown = { code: 0, out: whole().ended.out, err: '' };
    expect(does('show', 'all.json', '--report', 'one.html')).toEqual(shown);
    const page = read('one.html');
    expect(page).toContain('<h1>A small one</h1>');
    writeFileSync(join(cwd, 'two.html'), 'old');
    expect(does('show', 'all.json', '--report', 'two.html')).toEqual(shown);
    expect(read('two.html')).toBe(page);
  });

  test('merge makes of every shard the result of one process, and refuses a part of them', () => {
    const { read, does } = campaign();
    for (const i of [1, 2]) does('run', 'plan.yaml', '--shard', `${i}/2`, '--out', `${i}.json`);
    expect(does('merge', '2.json', '1.json', '--out', 'all.json').code).toBe(0);
    expect(read('all.json')).toBe(whole().result);
    const { code, err } = does('merge', '2.json', '--out', 'some.json');
    expect({ code, err }).toEqual({ code: 2, err: '1 of 2 shards are missing: expected shard 1 as well\n' });
    expect(does('merge', '1.json', '2.json', '--out', '2.json')).toMatchObject({ code: 2 });
  });

  test('replay lives one pump alone: the same rows, and a trace that can be asked why', () => {
    const { does, cwd } = campaign();
    const { code, out } = does('replay', 'plan.yaml', '--pump', '2', '--trace', 'pump.ndjson');
    expect(code).toBe(0);
    const [head = [], ...rows] = whole()
      .csv.trim()
      .split('\n')
      .map((line) => line.split(','));
    const replayed = out.split('\n').map((line) => line.split(/ {2,}/));
    for (const [i, arm] of ['as it is', 'longer'].entries()) {
      const row = rows.find(([pump, name]) => pump === '2' && name === arm);
      const again = head.slice(2).map((name) => replayed.find(([first]) => first === name)?.[i + 1]);
      expect(again).toEqual(
        row?.slice(2).map((value, j) => (head[j + 2] === 'dosePerDay' ? inMg(value) : value || '-')),
      );
    }
    const why = thecal(['why', 'pump.ndjson', '--at', '12h', '--scenario', 'pump 2, longer'], { cwd });
    expect(why).toMatchObject({ code: 0, out: expect.stringContaining('because') });
  });

  test.each([
    [['run', 'plan.yaml', '--shard', '1/2'], '--shard: expected --out'],
    [['run', 'plan.yaml', '--shard', '3/2', '--out', 'x'], 'expected i/N, the shard i from 1 to N, such as 3/100'],
    [['run', 'plan.yaml', '--pumps', '0'], 'expected a whole number from 1 to 1000000'],
    [['run', 'no.yaml'], 'no.yaml: cannot be read'],
    [['show', '.'], 'no campaign in it'],
    [['show', 'plan.yaml'], 'plan.yaml:1:1: no result of a campaign'],
    [['show', 'plan.yaml', '--report', 'page.html'], 'plan.yaml:1:1: no result of a campaign'],
    [['show', 'plan.yaml', '--report', 'no/page.html'], 'no/page.html: there is no folder'],
    [['show', 'plan.yaml', '--report', '.'], '.: is a folder, expected a file'],
    [['show', 'plan.yaml', '--report', '-'], '--report - is no file'],
    [['show', 'plan.yaml', '--csv', '-'], '--csv - is no file'],
    [['show', 'plan.yaml', '--parquet', '-'], '--parquet - is no file'],
    [['run', 'plan.yaml', '--out', ''], 'a folder without a name'],
    [['run', '.'], 'is a folder, expected a file'],
    [['run', 'plan.yaml', '--shard', '1/2', '--out', './plan.yaml'], 'is the plan too: expected a file of its own'],
    [['replay', 'plan.yaml', '--pump', '1', '--trace', 'plan.yaml'], 'is the plan too: expected a file of its own'],
    [['show', 'plan.yaml', '--csv', 'plan.yaml'], 'is the result too: expected a file of its own'],
    [['show', 'plan.yaml', '--report', ''], 'a file without a name'],
    [['merge', 'plan.yaml', '--out', 'plan.yaml'], 'is the result of a shard too: expected a file of its own'],
    [['replay', 'plan.yaml', '--pump', '3'], '--pump 3: expected a number from 1 to 2'],
    [['replay', 'plan.yaml', '--pump', '1', '--arm', 'longr'], '(did you mean longer?)'],
  ])('%j ends with 2 and writes nothing', (args, says) => {
    const { does, cwd } = campaign();
    expect(does(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) });
    expect(readdirSync(cwd)).toEqual(['plan.yaml']);
  });
});

test('more shards than pumps are lived, and told', () => {
  const { does } = campaign();
  const shard = (of: string) => does('run', 'plan.yaml', '--shard', of, '--out', 'one.json');
  expect(shard('1/3')).toMatchObject({ code: 0, err: expect.stringMatching(/^3 shards of 2 pumps: some have none\n/) });
  expect(shard('1/2').err).not.toContain('some have none');
});

test('nothing that is of no campaign is written over, nor what a campaign is shown from', () => {
  const { cwd, does, read } = campaign();
  const refused = (says: string, ...args: string[]) =>
    expect(does(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) });
  mkdirSync(join(cwd, 'mine/shards'), { recursive: true });
  refused('nothing of its campaign is done yet: begin it again', 'show', 'mine');
  writeFileSync(join(cwd, 'mine/result.json'), whole().result);
  refused('mine/result.json: is the result too', 'show', 'mine', '--report', 'mine/result.json');
  expect(read('mine/result.json')).toBe(whole().result);
  mkdirSync(join(cwd, 'rows'));
  writeFileSync(join(cwd, 'rows/pumps.csv'), 'my own');
  refused('rows/pumps.csv: is there already, of no campaign', 'run', 'plan.yaml', '--out', 'rows');
  expect([readdirSync(join(cwd, 'rows')), read('rows/pumps.csv')]).toEqual([['pumps.csv'], 'my own']);
  mkdirSync(join(cwd, 'odd'));
  writeFileSync(join(cwd, 'odd/shards'), 'my own');
  refused('odd/shards: is no folder', 'run', 'plan.yaml', '--out', 'odd');
});

test('what is wrong with a plan is told with its place, and check tells what it is', () => {
  const { does, cwd } = campaign(text.replace('2 mg/day', '2 mL'));
  expect(does('run', 'plan.yaml')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^plan\.yaml:11:26: start\.prescribe\.constant: /),
  });
  writeFileSync(join(cwd, 'plan.yaml'), text);
  const { code, out } = thecal(['check', 'plan.yaml'], { cwd });
  expect({ code, out }).toEqual({ code: 0, out: 'plan.yaml: A small one (a campaign, 2 pumps, 1d, 2 arms)\n' });
  writeFileSync(join(cwd, 'plan.yaml'), text.replace('measure:', 'clinic: { margin: 80d }\nmeasure:'));
  expect(thecal(['check', 'plan.yaml'], { cwd })).toEqual({
    code: 0,
    out: `${out}`,
    err: expect.stringMatching(
      /^plan\.yaml:14:19: clinic\.margin: 80d is more than half of what a fill may last for: .*\n$/,
    ),
  });
  writeFileSync(join(cwd, 'plan.yaml'), text);
  expect(thecal(['run', 'plan.yaml'], { cwd: folder() }).code).toBe(2);
  expect(thecal(['run', 'plan.yaml'], { cwd })).toMatchObject({
    code: 2,
    err: expect.stringContaining('the plan of a campaign: expected a scenario'),
  });
});

test('progress tells the rate and the time left, of what this run has done', () => {
  expect(progressText(120, 300, 20, 5000)).toBe('120 of 300 lives, 4.0 a second, 45s left');
});
