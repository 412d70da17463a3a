import { runLong } from './runs.ts';

/*
 * What these files draw at random or do again and again, as often as the requirement says it, AT-58 on 10,000 lives; and
 * what holds on every profile on all that are shipped.
 */

runLong();
await import('./alarm-bugs.test.ts');
await import('./clinician-bolus.test.ts');
await import('./clock-bugs.test.ts');
await import('./dose-bugs.test.ts');
await import('./link-bugs.test.ts');
await import('./maximum-dose.test.ts');
await import('./patient-bolus.test.ts');
await import('./reservoir-bugs.test.ts');
await import('./reservoir.test.ts');
