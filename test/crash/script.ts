import type { DeviceProfile } from '../../shared/index.ts';
import { type BarePump, SERIAL, type Speaker } from '../firmware/bare-pump.ts';
import { ms } from '../firmware/commanded.ts';
import { HOUR, periodicOf, prescriptionOf, WALL } from '../firmware/prescriptions.ts';

/** A stop is noticed sooner than on a real one, so that a life of hours has every alarm. */
export const PROFILE: Partial<DeviceProfile> = { stoppedAlarm: ms('2h') };
/** The same, keeping little: its log and its history drop what is old. */
export const FORGETFUL: Partial<DeviceProfile> = { ...PROFILE, logCapacity: 12, historyCapacity: 2 };

const first = prescriptionOf();
const periodic = prescriptionOf({ program: periodicOf(), bolus: { lockout: '1h', maxPerDay: 3 } });

/** A patient asks, and then again too soon. */
function press(pump: BarePump): void {
  const patient = pump.open('patient');
  patient.do('requestBolus');
  pump.pass('30s');
  patient.do('requestBolus');
  patient.do('closeSession');
  pump.pass('2min');
  pump.open('patient').do('requestBolus');
}

/** Implanted, filled and programmed for the first time. */
function begin(pump: BarePump): void {
  const clinician = pump.open('clinician');
  clinician.enter('20 mL');
  clinician.implant();
  clinician.prescribe(first);
  clinician.do('closeSession');
}

/** Put in service, and asked for a bolus. */
export function briefLife(pump: BarePump): void {
  begin(pump);
  press(pump);
}

function stopTooLong(pump: BarePump, clinician: Speaker): void {
  clinician.do('stop');
  clinician.do('stop');
  pump.pass('2h 1min');
  const again = pump.open('clinician');
  again.do('interrogate');
  again.silence('stoppedPump');
  pump.pass('3min');
  again.do('resume');
  again.do('closeSession');
}

function refill(pump: BarePump): void {
  const clinician = pump.open('clinician');
  clinician.enter('2.01 mL');
  clinician.do('closeSession');
  pump.pass('40min');
  const again = pump.open('clinician');
  again.enter('100 mL');
  again.enter('20 mL');
  again.do('closeSession');
}

/** The session of an update falls silent; another brings it to its end. */
function interruptUpdate(pump: BarePump): void {
  const clinician = pump.open('clinician');
  clinician.stage(periodic);
  clinician.begin(periodic);
  pump.pass('20min');
  const again = pump.open('clinician');
  again.prescribe(periodic, true);
  again.do('closeSession');
}

/** What one visit and the hours around it bring: a bolus, a stop, a refill, an alarm of each. */
export function shortLife(pump: BarePump): void {
  begin(pump);
  press(pump);
  stopTooLong(pump, pump.open('clinician'));
  interruptUpdate(pump);
  pump.reset(true);
  pump.pass('1h');
}

/** Programmed, asked for boluses, refilled, stopped, resumed, alarmed, reset and at last replaced. */
export function wholeLife(pump: BarePump): void {
  begin(pump);
  press(pump);
  pump.pass('4h');
  press(pump);
  refill(pump);
  stopTooLong(pump, pump.open('clinician'));
  interruptUpdate(pump);
  pump.pass('5h 58min');
  press(pump);
  pump.pass('3min');
  pump.open('patient').do('requestBolus');
  pump.reset(false);
  pump.pass('1h');
  const clinician = pump.open('clinician');
  clinician.do('minimumRate');
  clinician.setClock(WALL);
  pump.pass('1h');
  clinician.do('resume');
  clinician.do('closeSession');
  press(pump);
  pump.reset(true);
  press(pump);
  pump.pass('90min');
  pump.plant.inflict({ type: 'batteryLow' });
  pump.pass(`${2 * HOUR}ms`);
  const last = pump.open('clinician');
  last.prescribe(first);
  last.stage(periodic);
  last.begin(periodic);
  last.do('stop');
  pump.pass('10min');
  last.do('resume');
  pump.plant.act({ type: 'replace', serial: `${SERIAL}b` });
  pump.open('clinician').enter('20 mL');
}
