import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Amount, isBlank, type LimitDraft, limitEntry } from '../parts/draft.ts';
import type { Drafts } from '../parts/drafts.ts';
import { AmountBox, Choice, HoursBox } from '../parts/inputs.tsx';
import { FORMS, TEXT } from '../text.ts';
import type { Field } from '../worker/protocol.ts';

interface Props {
  readonly drafts: Drafts;
  /** The forms as they opened. */
  readonly before: Drafts;
  readonly unit: string;
  /** What the screen says of the pump. */
  readonly now: (name: Field['name']) => string | undefined;
  readonly put: (part: Partial<Drafts>) => void;
  /** How often what was entered was above the ceiling: it is then brought into sight, and stays. */
  readonly above: number;
}

/** What holds whatever is delivered: ceiling, dose limit, low-reservoir threshold. */
export function Limits({ drafts, before, unit, now, put, above }: Props) {
  const place = useRef<HTMLDetailsElement>(null);
  const isAboveCeiling = above > 0;
  useLayoutEffect(() => {
    if (isAboveCeiling) place.current?.scrollIntoView({ block: 'center' });
  }, [above]);
  /** What the pump has of a box that is left empty where it shall stay so; marked once something is typed. */
  const inPump = (name: Field['name'], draft: Amount, hint?: string) => {
    const text = now(name);
    const hints = [
      ...(isBlank(draft) && text !== undefined ? [`${TEXT.programmed}: ${text}. ${FORMS.stays}`] : []),
      hint ?? [],
    ].flat();
    return { hint: hints.length === 0 ? undefined : hints.join(' '), was: isBlank(draft) ? undefined : text };
  };
  return (
    <details ref={place} open={isAboveCeiling}>
      <summary>{FORMS.limits}</summary>
      <div class="form">
        <AmountBox
          label={FORMS.ceiling}
          {...inPump('ceiling', drafts.ceiling, isAboveCeiling ? FORMS.ceilingHint : undefined)}
          value={drafts.ceiling}
          units={[`${unit}/day`]}
          onValue={(ceiling) => put({ ceiling })}
        />
        {unit === 'mL' ? null : (
          <DoseLimit
            draft={drafts.doseLimit}
            unit={unit}
            was={isSame(drafts.doseLimit, before.doseLimit) ? undefined : limitText(now)}
            onDraft={(doseLimit) => put({ doseLimit })}
          />
        )}
        <AmountBox
          label={FORMS.lowReservoir}
          {...inPump('lowReservoir', drafts.lowReservoir)}
          value={drafts.lowReservoir}
          units={['mL']}
          onValue={(lowReservoir) => put({ lowReservoir })}
        />
      </div>
    </details>
  );
}

const isSame = (a: LimitDraft, b: LimitDraft): boolean =>
  JSON.stringify(limitEntry(a)) === JSON.stringify(limitEntry(b));

const limitText = (now: Props['now']): string =>
  now('doseLimit') === undefined ? FORMS.noDoseLimit : `${now('doseLimit')}, ${now('doseLimitWindow')}`;

interface OneLimit {
  readonly draft: LimitDraft;
  readonly unit: string;
  readonly was: string | undefined;
  readonly onDraft: (draft: LimitDraft) => void;
}

/** A limit is of the mass of a drug: a diluent has none. */
const DoseLimit = ({ draft, unit, was, onDraft }: OneLimit) => (
  <>
    <Choice
      label={FORMS.doseLimit}
      value={draft.kind}
      was={was}
      choices={[
        ['none', FORMS.noDoseLimit],
        ['limit', FORMS.hasDoseLimit],
      ]}
      onValue={(kind) => onDraft({ ...draft, kind })}
    />
    {draft.kind === 'none' ? null : (
      <>
        <AmountBox
          label={FORMS.limitDose}
          value={draft.dose}
          units={[unit]}
          isNeeded
          onValue={(dose) => onDraft({ ...draft, dose })}
        />
        <HoursBox
          label={FORMS.limitWindow}
          hint={FORMS.limitHint}
          value={draft.window}
          onValue={(window) => onDraft({ ...draft, window })}
        />
      </>
    )}
  </>
);
