import { randomBytes } from 'node:crypto';
import {
  type ClinicianAct,
  type DrugLibrary,
  type Outcome,
  PatientController,
  Programmer,
} from '../../programmer/index.ts';
import {
  type DeviceProfile,
  Key,
  type Port,
  type Role,
  silent,
  simulatedPairing,
  span,
  Timeline,
  type WallClock,
} from '../../shared/index.ts';
import type { DeskView } from '../session/desk-line.ts';
import { deskView } from '../session/desk-text.ts';
import type { Card } from './pump-folder.ts';
import { RealTime } from './real-time.ts';
import { type Room, thisRoom } from './room.ts';
import { WebSocketPort } from './web-socket-port.ts';

interface DeskOptions {
  /** Where the pump's telemetry is. */
  readonly url: string;
  /** The kind of pump the programmer is set for. */
  readonly profile: DeviceProfile;
  /** The card of the pump on the patient's record; without one, the first pump it reads. */
  readonly card: Card | undefined;
  /** The drug library of the programmer; the one that comes with Thecal unless given; null is none. */
  readonly library?: DrugLibrary | null | undefined;
  /** What the programmer may do; a clinician's unless given. */
  readonly role?: Exclude<Role, 'patient'> | undefined;
  /** What the programmer's clock shows; unless given, the clock in the pump's room, or else this computer's. */
  readonly wallClock: WallClock | undefined;
  /** Told of an error in what happened by itself. */
  readonly failed: (error: unknown) => void;
}

/** A station's own, of which nobody else can know anything. */
const newSecret = (): Key => new Key(randomBytes(32));

/** Somebody who waits for an act to be answered. */
interface Waiting {
  readonly outcome: () => Outcome | 'pending';
  readonly done: (outcome: Outcome) => void;
  readonly fail: (error: Error) => void;
}

/** A clinician's programmer and a patient's handset in real time, each with a connection to a pump elsewhere. */
export class Desk {
  readonly #options: DeskOptions;
  readonly #timeline = new Timeline();
  readonly #time: RealTime;
  readonly #link: WebSocketPort;
  readonly #room: Room;
  readonly #opened = performance.now();
  readonly programmer: Programmer;
  #handset: { readonly link: WebSocketPort; readonly controller: PatientController } | undefined;
  #waiting: Waiting | undefined;

  private constructor(options: DeskOptions, link: WebSocketPort) {
    this.#options = options;
    this.#link = link;
    const room = link.room ?? thisRoom();
    this.#room = options.wallClock === undefined ? room : { ...room, wall: options.wallClock };
    this.#time = new RealTime(this.#timeline, { speed: 1, moved: () => this.#settle(), failed: options.failed });
    const { lowReservoirDefault, clockTolerance, flowAccuracy } = options.profile;
    this.programmer = new Programmer({
      port: this.#inTime(link),
      clock: this.#timeline,
      localTime: () => this.localTime,
      serial: options.card?.serial ?? null,
      lowReservoirDefault,
      deadSpace: options.profile,
      handsetDrugs: options.profile.handsetDrugs,
      bounds: options.profile,
      emptying: options.profile,
      clockTolerance,
      dayRules: options.profile,
      hourlyMaximum: options.profile.hourlyMaximum,
      flowAccuracy,
      tones: options.profile,
      witness: silent,
      pairing: this.#pairing,
      secret: newSecret(),
      role: options.role ?? 'clinician',
      ...(options.library === undefined ? {} : { library: options.library }),
    });
    this.#timeline.join(this.programmer);
  }

  /** The key on the card, where it is that pump's; without a card, that of a pump that keeps nothing secret. */
  readonly #pairing = (serial: string): Key | undefined => {
    const { card } = this.#options;
    if (card === undefined) return simulatedPairing(serial);
    return card.serial === serial ? Key.parse(card.key) : undefined;
  };

  /** Rejects with ConnectionLost where there is no pump. */
  static async open(options: DeskOptions): Promise<Desk> {
    return new Desk(options, await WebSocketPort.connect(options.url));
  }

  /** What the programmer's clock shows. */
  get localTime(): WallClock {
    const { wall, speed } = this.#room;
    return span(wall + Math.floor((performance.now() - this.#opened) * speed));
  }

  /** Does a clinician's act; its outcome. Rejects with ConnectionLost where the link was gone before. */
  async clinician(act: ClinicianAct): Promise<Outcome> {
    const outcome = () => this.programmer.outcome();
    // It may be just closing a visit that lay idle.
    if (outcome() === 'pending') await this.#answered(this.#link, this.programmer, () => undefined, outcome);
    return this.#answered(this.#link, this.programmer, () => this.programmer.act(act), outcome);
  }

  /** A press on the handset; its outcome. Rejects with ConnectionLost where the link was gone before. */
  async press(): Promise<Outcome> {
    const { link, controller } = await this.#takeHandset();
    return this.#answered(
      link,
      controller,
      () => controller.act({ type: 'requestBolus' }),
      () => controller.outcome(),
    );
  }

  /** What the handset shows. */
  get display(): string {
    return this.#handset?.controller.display() ?? 'Ready';
  }

  /** Why there is no link to the pump any more; undefined while there is. */
  get lost(): Error | undefined {
    return this.#link.gone ?? this.#handset?.link.gone;
  }

  /** Whether a telemetry session is open. */
  get isOpen(): boolean {
    return this.programmer.report() !== undefined;
  }

  /** What is only looked at. Throws LineError. */
  view(view: Exclude<DeskView, 'quit'>, rest = ''): string {
    return deskView(view, rest, this.programmer, this.localTime);
  }

  /** What an act that reads pages of the pump has read. */
  readBy({ type }: ClinicianAct): readonly string[] {
    if (type === 'readLog') return [this.view('log')];
    return type === 'readHistory' ? [this.view('history')] : [];
  }

  async close(): Promise<void> {
    this.#time.stop();
    await Promise.all([this.#link.close(), this.#handset?.link.close()]);
  }

  async #takeHandset() {
    if (this.#handset !== undefined) return this.#handset;
    const link = await WebSocketPort.connect(this.#options.url);
    const controller = new PatientController({
      port: this.#inTime(link),
      clock: this.#timeline,
      witness: silent,
      pairing: this.#pairing,
      secret: newSecret(),
      rules: this.#options.profile,
    });
    this.#timeline.join(controller);
    this.#handset = { link, controller };
    return this.#handset;
  }

  #answered(
    link: WebSocketPort,
    station: Programmer | PatientController,
    begin: () => void,
    outcome: () => Outcome | 'pending',
  ): Promise<Outcome> {
    if (link.gone !== undefined) return Promise.reject(link.gone);
    return new Promise((done, fail) => {
      // A station whose link is gone says what that leaves open, as it does when nobody answers.
      link.onLost(() => this.#time.run(() => station.linkLost()));
      this.#waiting = { outcome, done, fail };
      try {
        this.#time.run(begin);
      } catch (error) {
        fail(error);
      }
    });
  }

  /** What comes in does so at its real time. */
  #inTime(link: WebSocketPort): Port {
    return {
      send: (frame) => link.send(frame),
      onFrame: (take) =>
        link.onFrame((frame) => {
          try {
            this.#time.run(() => take(frame));
          } catch (error) {
            this.#options.failed(error);
          }
        }),
    };
  }

  #settle(): void {
    const outcome = this.#waiting?.outcome();
    if (outcome === undefined || outcome === 'pending') return;
    const { done } = this.#waiting ?? {};
    this.#waiting = undefined;
    done?.(outcome);
  }
}
