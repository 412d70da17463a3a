import { randomBytes } from 'node:crypto';
import { type ClinicianAct, type Outcome, PatientController, Programmer } from '../../programmer/index.ts';
import { type DeviceProfile, Key, type Port, silent, span, Timeline } from '../../shared/index.ts';
import type { Card } from '../../workbench/node/pump-folder.ts';
import { RealTime } from '../../workbench/node/real-time.ts';
import { WebSocketPort } from '../../workbench/node/web-socket-port.ts';

/** A station asks again after 125 ms and gives up after 2.5 s: nobody waits ten seconds for a pump that was killed. */
const HASTE = 4;

/** One end of a link whose other end may die, and come back at another address: what is sent meanwhile is lost. */
class Rejoined implements Port {
  #port: WebSocketPort | undefined;
  #take: (frame: Uint8Array) => void = () => undefined;

  async join(url: string): Promise<void> {
    const port = await WebSocketPort.connect(url);
    port.onFrame((frame) => {
      if (port === this.#port) this.#take(frame);
    });
    this.#port = port;
  }

  send(frame: Uint8Array): void {
    this.#port?.send(frame);
  }

  onFrame(take: (frame: Uint8Array) => void): void {
    this.#take = take;
  }

  async close(): Promise<void> {
    await this.#port?.close();
    this.#port = undefined;
  }
}

/**
 * A programmer and a handset that outlive the pump's process: an act under way when it is killed goes on with the pump
 * that is started in its place, as stations do after any reset.
 */
export class Station {
  readonly #timeline = new Timeline();
  readonly #time: RealTime;
  readonly #links = { programmer: new Rejoined(), handset: new Rejoined() };
  readonly #waiting: { readonly outcome: () => Outcome | 'pending'; readonly done: (outcome: Outcome) => void }[] = [];
  readonly programmer: Programmer;
  readonly #handset: PatientController;

  constructor(profile: DeviceProfile, card: Card) {
    const { flowAccuracy, lowReservoirDefault, clockTolerance } = profile;
    const failed = (error: unknown) => {
      throw error;
    };
    this.#time = new RealTime(this.#timeline, { speed: HASTE, moved: () => this.#settle(), failed });
    const { programmer, handset } = this.#links;
    const pairing = (serial: string) => (serial === card.serial ? Key.parse(card.key) : undefined);
    const shared = { clock: this.#timeline, witness: silent, pairing };
    this.programmer = new Programmer({
      ...shared,
      port: this.#inTime(programmer),
      localTime: () => span(this.#timeline.now),
      serial: card.serial,
      lowReservoirDefault,
      deadSpace: profile,
      clockTolerance,
      dayRules: profile,
      flowAccuracy,
      library: null,
      secret: new Key(randomBytes(32)),
    });
    this.#handset = new PatientController({
      ...shared,
      port: this.#inTime(handset),
      secret: new Key(randomBytes(32)),
    });
    for (const party of [this.programmer, this.#handset]) this.#timeline.join(party);
  }

  /** Goes on with the pump at an address, which is another at every start. */
  async join(url: string): Promise<void> {
    await Promise.all([this.#links.programmer.join(url), this.#links.handset.join(url)]);
  }

  clinician(act: ClinicianAct): Promise<Outcome> {
    return this.#answered(
      () => this.programmer.act(act),
      () => this.programmer.outcome(),
    );
  }

  press(): Promise<Outcome> {
    return this.#answered(
      () => this.#handset.act({ type: 'requestBolus' }),
      () => this.#handset.outcome(),
    );
  }

  async close(): Promise<void> {
    this.#time.stop();
    await Promise.all([this.#links.programmer.close(), this.#links.handset.close()]);
  }

  #answered(begin: () => void, outcome: () => Outcome | 'pending'): Promise<Outcome> {
    return new Promise((done) => {
      this.#waiting.push({ outcome, done });
      this.#time.run(begin);
    });
  }

  #settle(): void {
    for (const each of this.#waiting.splice(0)) {
      const outcome = each.outcome();
      if (outcome === 'pending') this.#waiting.push(each);
      else each.done(outcome);
    }
  }

  #inTime(link: Rejoined): Port {
    return {
      send: (frame) => link.send(frame),
      onFrame: (take) => link.onFrame((frame) => this.#time.run(() => take(frame))),
    };
  }
}
