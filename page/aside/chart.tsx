import { useMemo, useState } from 'preact/hooks';
import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { CHART } from '../text.ts';
import type { PlainChart } from '../worker/protocol.ts';
import { spaced } from './line-text.ts';

type Region = PlainChart['regions'][string];
type Ways = NonNullable<Region['states'][string]['on']>;

/** The chart of the pump as a tree of its regions, with the state each is in now: it changes no more than they do. */
export function Chart({ states, desk }: { states: Readonly<Record<string, string>>; desk: Desk }) {
  const { got: chart } = useAsked(desk, 'chart', null);
  return (
    <ul class="regions" aria-label={CHART.title}>
      {Object.entries(chart?.regions ?? {}).map(([name, region]) => (
        <li key={name}>
          <RegionTree name={name} region={region} active={states[name]} />
        </li>
      ))}
    </ul>
  );
}

/** A region: closed, the state it is in; opened, every state there is. */
const RegionTree = ({ name, region, active }: { name: string; region: Region; active: string | undefined }) =>
  useMemo(
    () => (
      <details>
        <summary>
          {spaced(name)}: <strong>{active === undefined ? CHART.unknown : spaced(active)}</strong>
        </summary>
        <p class="hint">{region.about}</p>
        <ul>
          {Object.entries(region.states).map(([state, { on = {} }]) => (
            <li key={state} class={state === active ? 'active' : ''} aria-current={state === active}>
              <State name={spaced(state)} ways={on} isActive={state === active} />
            </li>
          ))}
        </ul>
      </details>
    ),
    [name, region, active],
  );

/** A state: opened, what leads out of it and where to. */
function State({ name, ways, isActive }: { name: string; ways: Ways; isActive: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {name}
        {isActive ? <small>{CHART.active}</small> : null}
      </summary>
      {isOpen ? (
        <ul class="ways">
          {Object.entries(ways).flatMap(([event, way]) =>
            [way].flat().map(({ target, guard }, index) => (
              <li key={`${event} ${index}`}>
                {event} → {target === undefined ? CHART.stays : spaced(target)}
                {guard === undefined ? null : <small> {CHART.where(spaced(guard))}</small>}
              </li>
            )),
          )}
        </ul>
      ) : null}
    </details>
  );
}
