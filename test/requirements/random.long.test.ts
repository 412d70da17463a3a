import './alarm-bugs.test.ts';
import './dose-bugs.test.ts';
import './link-bugs.test.ts';
import './maximum-dose.test.ts';
import './patient-bolus.test.ts';
import './reservoir-bugs.test.ts';
import './reservoir.test.ts';
import { runLong } from './runs.ts';

/* What these files draw at random or do again and again, as often as the requirement says it: AT-58 on 10,000 lives. */

runLong();
