import type { Firmware } from '../../firmware-sim/index.ts';
import { after, type Duration, fromJson, type Instant, type Json, type Party, RANK } from '../../shared/index.ts';

/** Has a pump store the time once an interval, so that whoever starts it again knows how late it is at least. */
export class TimeKeeper implements Party {
  readonly name = 'timekeeper';
  readonly rank = RANK.habits;
  readonly #firmware: Firmware;
  readonly #interval: Duration;
  #last: Instant;

  constructor(firmware: Firmware, interval: Duration, now: Instant) {
    [this.#firmware, this.#interval, this.#last] = [firmware, interval, now];
  }

  due(): Instant {
    return after(this.#last, this.#interval);
  }

  wake(now: Instant): void {
    this.#last = now;
    this.#firmware.keepTime();
  }

  save(): Json {
    return this.#last;
  }

  load(state: Json): void {
    this.#last = fromJson<Instant>(state);
  }
}
