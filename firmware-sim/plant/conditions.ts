import {
  CONDITION_CODES,
  CONDITIONS,
  type ConditionCode,
  type DeviceProfile,
  fromJson,
  type Json,
} from '../../shared/index.ts';

/** What each condition makes of a flow. */
const FLOWS: Readonly<Record<ConditionCode, (flow: number) => number>> = {
  stall: () => 0,
  occlusion: () => 0,
  overTemperature: (flow) => flow,
  overFlow: (flow) => 2 * flow,
  underFlow: (flow) => Math.floor(flow / 2),
};

/** Something a sensor has begun to see, or no longer sees. */
export interface Seen {
  readonly condition: ConditionCode;
  readonly holds: boolean;
}

/** What gets in the way of the fluid, and what the pump has been told of it by the sensors it has. */
export class Conditions {
  readonly #sensors: DeviceProfile['sensors'];
  #holding: readonly ConditionCode[] = [];
  #told: readonly ConditionCode[] = [];

  constructor({ sensors }: Pick<DeviceProfile, 'sensors'>) {
    this.#sensors = sensors;
  }

  /** What holds, in the order of the codes. */
  get holding(): readonly ConditionCode[] {
    return this.#holding;
  }

  set(condition: ConditionCode, holds: boolean): void {
    this.#holding = CONDITION_CODES.filter((code) => (code === condition ? holds : this.#holding.includes(code)));
  }

  /** Another pump on the same catheter. */
  replacePump(): void {
    this.#holding = this.#holding.filter((code) => code === 'occlusion');
    this.#told = [];
  }

  /** A processor that has started looks anew. */
  startAnew(): void {
    this.#told = [];
  }

  /** What of a flow, or of a volume, reaches the patient. */
  through(driven: number): number {
    return this.#holding.reduce((left, code) => FLOWS[code](left), driven);
  }

  /**
   * The first thing the pump has yet to be told. A rotor that is stuck is seen once it is driven, that it is free
   * again at once, unless what it has noted of it is stale; what the pump has no sensor for is never seen.
   */
  next({ isDriven, isStale }: { readonly isDriven: boolean; readonly isStale: boolean }): Seen | undefined {
    for (const condition of CONDITION_CODES) {
      if (!this.#sensors.includes(CONDITIONS[condition].sensor)) continue;
      const holds = this.#holding.includes(condition);
      const told = this.#told.includes(condition);
      if (holds === told) continue;
      if (condition === 'stall' && (holds ? !isDriven : isStale)) continue;
      return { condition, holds };
    }
    return undefined;
  }

  tell({ condition, holds }: Seen): void {
    this.#told = CONDITION_CODES.filter((code) => (code === condition ? holds : this.#told.includes(code)));
  }

  save(): Json {
    return { holding: [...this.#holding], told: [...this.#told] };
  }

  load(saved: Json): void {
    const { holding, told } = fromJson<{ holding: readonly ConditionCode[]; told: readonly ConditionCode[] }>(saved);
    this.#holding = holding;
    this.#told = told;
  }
}
