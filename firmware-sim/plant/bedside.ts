import {
  type Clock,
  type DeviceProfile,
  fromJson,
  type Json,
  type Volume,
  volume,
  volumeAlong,
} from '../../shared/index.ts';
import { entering } from './catheter.ts';
import type { AccessPort } from './faults.ts';
import type { FluidPath } from './fluid-path.ts';
import type { Finding, HandsAct, HandsOutcome, HandsRefusal, Heard } from './hands.ts';
import type { FilmsCompared } from './motor.ts';
import type { Solution } from './reservoir.ts';
import { signsOf } from './signs.ts';
import type { Syringe } from './syringe.ts';

/** What hands can reach. */
export interface WithinReach {
  readonly profile: DeviceProfile;
  readonly clock: Clock;
  readonly path: FluidPath;
  readonly syringe: Syringe;
  /** The next tone of the pump, if there is one. */
  readonly listen: () => Heard | undefined;
}

/** Acts that are done to the pump as a whole, not to its fluid. */
export type OfThePump = Extract<HandsAct, { type: 'replace' | 'enterScanner' | 'leaveScanner' | 'resetMemory' }>;
type OfTheFluid = Exclude<HandsAct, OfThePump>;

const DONE: HandsOutcome = { done: true };
const refused = (refused: HandsRefusal): HandsOutcome => ({ refused });
const found = (...findings: readonly Finding[]): HandsOutcome => ({ done: true, found: findings });

/** A reservoir takes so much more than it should, by force, before its own valve shuts: no figure found; assumed. */
const OVERFILL = 1.25;
/** No volume above this can be counted. */
const MOST_COUNTED = volume.parse('104 mL');
/** A turn of fewer degrees cannot be told from none on two films. Assumed. */
const LEAST_SEEN = 10;

/** What two films say of the rotor: of one that need hardly have turned, not that it stands still. */
function rotorOn({ turned, asked, atRest, since }: FilmsCompared): Finding {
  const isTooSoon = since === 0 || (asked < LEAST_SEEN && !atRest);
  if (turned < LEAST_SEEN && isTooSoon) return 'rotorUnclear';
  return turned > 0 ? 'rotorTurned' : 'rotorStill';
}

/** What holds no drug, as far as anyone is concerned here. */
const CONTRAST: Solution = [];
/** What takes a needle into the reservoir. */
const NEEDS_PORT: readonly HandsAct['type'][] = ['drain', 'aspirate', 'inject', 'rinse'];

/** What needles, syringes and eyes do at the bedside. */
export class Bedside {
  readonly #within: WithinReach;
  /** Whether the needle cannot find the port of the pump, and what passes at that of the catheter. */
  flipped = false;
  port: AccessPort = 'open';

  constructor(within: WithinReach) {
    this.#within = within;
  }

  act(act: OfTheFluid): HandsOutcome {
    const isBeside = act.type === 'inject' && act.into === 'pocket';
    if (this.flipped && NEEDS_PORT.includes(act.type) && !isBeside) return refused('unreachable');
    const { clock } = this.#within;
    const { body, reservoir, valves } = this.#within.path;
    switch (act.type) {
      case 'inject':
        return act.into === 'pocket' ? this.#injectBeside(act) : this.#inject(act);
      case 'prepare':
        return this.#prepare(act.solution);
      case 'rinse':
        return this.#rinse(act);
      case 'resetValve':
        return valves.reset() ? DONE : refused('notShut');
      case 'aspiratePocket':
        return this.#aspiratePocket(act.volume);
      case 'aspiratePort':
        return this.#aspiratePort(act.volume);
      case 'injectPort':
        return this.#injectPort(act.volume, act.solution);
      case 'dyeStudy':
        return this.#dyeStudy(act.volume);
      case 'film':
        return this.#film();
      case 'withdrawCsf':
        body.withdraw(act.volume, clock.now);
        this.#within.path.tell('csfWithdrawn', { volume: act.volume });
        return DONE;
      case 'askPatient': {
        const signs = signsOf(body.drugsAt(clock.now));
        return signs.length === 0 ? found('noComplaint') : found(...signs);
      }
      case 'listen': {
        const heard = this.#within.listen();
        return found(heard !== undefined && heard.in <= act.for ? heard.sound : 'noTone');
      }
      case 'catheter':
        return this.#catheter(act);
      case 'connectCatheter':
      case 'disconnectCatheter':
        return this.#connect(act.type === 'connectCatheter');
      default: {
        const reading = this.#aspirate(act.type === 'drain' ? reservoir.volumeAt(clock.now) : act.volume);
        this.#within.syringe.noted(reading);
        return { done: true, reading };
      }
    }
  }

  #inject({ volume: amount, solution: given, force }: Extract<HandsAct, { type: 'inject' }>): HandsOutcome {
    const { clock, profile } = this.#within;
    const { reservoir } = this.#within.path;
    const there = reservoir.volumeAt(clock.now);
    const solution = given ?? reservoir.last;
    if (solution === null) return refused('unknownSolution');
    const room = Math.min(profile.reservoirCapacity * (force === true ? OVERFILL : 1), MOST_COUNTED);
    if (there + amount > room) return refused('overfull');
    this.#fill(amount, solution, reservoir.mixedWith(amount, solution, clock.now));
    return DONE;
  }

  #injectBeside({ volume: amount, solution: given }: Extract<HandsAct, { type: 'inject' }>): HandsOutcome {
    const { clock } = this.#within;
    const { reservoir, body } = this.#within.path;
    const solution = given ?? reservoir.last;
    if (solution === null) return refused('unknownSolution');
    body.injectBeside(amount, solution, clock.now);
    this.#within.path.tell('pocketInjected', { volume: amount, solution });
    return DONE;
  }

  #fill(amount: Volume, solution: Solution, holds: Solution): void {
    this.#within.path.reservoir.inject(amount, solution, holds, this.#within.clock.now);
    this.#within.path.tell('injected', { volume: amount, solution, holds });
  }

  #prepare(solution: Solution): HandsOutcome {
    const { reservoir } = this.#within.path;
    if (reservoir.solution !== null) return refused('notNew');
    reservoir.prepare(solution);
    this.#within.path.tell('prepared', { solution });
    return DONE;
  }

  /** What the syringe shows of what came. */
  #aspirate(wanted: Volume): Volume {
    const { clock } = this.#within;
    const { reservoir } = this.#within.path;
    const came = reservoir.aspirate(wanted, clock.now);
    return this.#shown('aspirated', came);
  }

  #shown(kind: string, came: Volume): Volume {
    const reading = this.#within.syringe.read(came);
    this.#within.path.tell(kind, { volume: came, reading });
    return reading;
  }

  /** What comes out of a rinse is thrown away: nobody takes it for what was left. */
  #rinse({ volume: amount, times, solution }: Extract<HandsAct, { type: 'rinse' }>): HandsOutcome {
    const { clock, profile } = this.#within;
    const { reservoir } = this.#within.path;
    if (reservoir.volumeAt(clock.now) > 0) return refused('notEmpty');
    if (amount > profile.reservoirCapacity) return refused('overfull');
    for (const holds of reservoir.rinsedWith(amount, solution, times)) {
      this.#fill(amount, solution, holds);
      this.#aspirate(amount);
    }
    return DONE;
  }

  #aspiratePocket(wanted: Volume): HandsOutcome {
    const { clock } = this.#within;
    const { body } = this.#within.path;
    const { pocket } = body.placesAt(clock.now);
    const there = pocket > 0n ? pocket : 0n;
    const came = volume.of(there < BigInt(wanted) ? Number(there) : wanted);
    body.drawBeside(came, clock.now);
    return { done: true, reading: this.#shown('pocketAspirated', came) };
  }

  get #isBlocked(): boolean {
    return this.port === 'blocked' || this.#within.path.conditions.holding.includes('occlusion');
  }

  #aspiratePort(amount: Volume): HandsOutcome {
    const { clock } = this.#within;
    const { body } = this.#within.path;
    const isShut = this.#isBlocked || this.port === 'oneWay';
    if (isShut || body.catheter.tip === 'dislodged' || entering(body.catheter) === 0) return refused('noReturn');
    body.draw(amount, clock.now);
    return { done: true, reading: this.#shown('portAspirated', amount) };
  }

  #injectPort(amount: Volume, solution: Solution): HandsOutcome {
    const { clock } = this.#within;
    const { body } = this.#within.path;
    if (this.#isBlocked) return refused('noPassage');
    body.push(amount, solution, 'port', clock.now);
    this.#within.path.tell('portInjected', { volume: amount, solution });
    return DONE;
  }

  /** Whatever the catheter holds goes ahead of the contrast: who has not aspirated first gives it at once. */
  #dyeStudy(amount: Volume): HandsOutcome {
    const outcome = this.#injectPort(amount, CONTRAST);
    if ('refused' in outcome) return outcome;
    const { leak, tip, granuloma } = this.#within.path.body.catheter;
    if (leak !== null) return found(leak.at === 'catheter' ? 'contrastLeaks' : 'contrastAtPump');
    if (tip === 'dislodged') return found('contrastUnderSkin');
    if (tip === 'epidural') return found('contrastEpidural');
    if (tip === 'subdural') return found('contrastSubdural');
    return found(granuloma > 0 ? 'contrastHalts' : 'contrastSpreads');
  }

  #film(): HandsOutcome {
    const compared = this.#within.path.motor.film(this.#within.clock.now);
    if (compared === undefined) return found('firstFilm');
    const { turned, asked, since } = compared;
    return { done: true, found: [rotorOn(compared)], turned, asked, since };
  }

  #catheter({ size, tip }: Extract<HandsAct, { type: 'catheter' }>): HandsOutcome {
    const { catheterVolumePerLength } = this.#within.profile;
    const holds = 'length' in size ? volumeAlong(size.length, catheterVolumePerLength) : size.volume;
    this.#within.path.replaceCatheter(holds, tip);
    this.port = 'open';
    return DONE;
  }

  #connect(connected: boolean): HandsOutcome {
    const { clock } = this.#within;
    const { body } = this.#within.path;
    if (body.catheter.connected === connected) return refused('alreadySo');
    body.change({ connected }, clock.now);
    this.#within.path.tell(connected ? 'connected' : 'disconnected', {});
    return DONE;
  }

  save(): Json {
    return { flipped: this.flipped, port: this.port };
  }

  load(saved: Json): void {
    const { flipped, port } = fromJson<{ flipped: boolean; port: AccessPort }>(saved);
    this.flipped = flipped;
    this.port = port;
  }
}
