import { expect, test } from 'vitest';
import type { Request } from '../../shared/index.ts';
import { REQUESTS } from '../shared/examples.ts';
import { BarePump, implantedPump } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

/* Whatever changes a pump for good, or is written into it, names the pump that it is for. */

const FOR_ANOTHER = Object.values<Request>(REQUESTS).flatMap((request) =>
  'serial' in request.payload ? [[request.name, request] as const] : [],
);

test('every such command is there', () => {
  expect(FOR_ANOTHER.map(([name]) => name).sort()).toEqual([
    'clearAlarm',
    'clinicianBolus',
    'enterReservoir',
    'implant',
    'noteDiscrepancy',
    'noteLimit',
    'setAlarmInterval',
    'stagePrescription',
  ]);
});

test.each(FOR_ANOTHER)('%s for another pump is refused for that first, logged, and does nothing', (name, request) => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf());
  const before = [pump.status(), pump.logged('limitAsked'), pump.logged('discrepancyNoted')];
  expect(clinician.refused(request)).toBe('wrongSerial');
  expect([pump.status(), pump.logged('limitAsked'), pump.logged('discrepancyNoted')]).toEqual(before);
  expect(pump.logged('commandRefused')).toMatchObject([{ command: name, code: 'wrongSerial' }]);
});

test('an implant for another pump leaves this one on the shelf', () => {
  const pump = new BarePump();
  expect(pump.open('clinician').refused(REQUESTS.implant)).toBe('wrongSerial');
  expect(pump.status().service).toBe('shelf');
});
