import type { DeviceProfile, ParameterName } from './profile.ts';
import { volume } from './units/index.ts';

/** What no device can be: the parameters that do not go together, and what they would have to be. */
export interface Impossible {
  readonly parameters: readonly ParameterName[];
  readonly expected: string;
}

/** What mixes is one volume, and no volume is larger. */
const MOST_HELD = volume.parse('104 mL');

type Check = readonly [possible: boolean, expected: string, ...parameters: ParameterName[]];

/** What parameters, each possible by itself, cannot be together; empty where such a device could exist. */
export function impossible(device: DeviceProfile): Impossible[] {
  const less = (a: ParameterName, b: ParameterName): Check => [device[a] < device[b], `${a} below ${b}`, a, b];
  const most = (a: ParameterName, b: ParameterName): Check => [device[a] <= device[b], `${a} at most ${b}`, a, b];
  const some = (a: ParameterName): Check => [Number(device[a]) > 0, `${a} above 0`, a];
  const checks: Check[] = [
    [
      device.reservoirCapacity + device.residualVolume <= MOST_HELD,
      `reservoirCapacity and residualVolume together at most ${volume.format(MOST_HELD)}`,
      'reservoirCapacity',
      'residualVolume',
    ],
    [device.flowAccuracy >= 0, 'flowAccuracy at least 0 %', 'flowAccuracy'],
    some('strokeVolume'),
    some('basalMinimum'),
    less('lowReservoirDefault', 'reservoirCapacity'),
    most('emptyAt', 'lowReservoirDefault'),
    most('minimumRate', 'basalMinimum'),
    most('minimumRate', 'defaultRate'),
    most('defaultRate', 'basalMaximum'),
    less('basalMinimum', 'basalMaximum'),
    most('basalMaximum', 'rateMaximum'),
    most('stepsPerDay', 'scheduleSteps'),
    most('criticalToneLength', 'criticalToneInterval'),
    most('toneLength', 'toneInterval'),
    most('clinicianBolusShortest', 'clinicianBolusLongest'),
    most('primeRate', 'rateMaximum'),
  ];
  return checks.flatMap(([possible, expected, ...parameters]) => (possible ? [] : [{ parameters, expected }]));
}
