import { TEXT, WORKFLOW_GROUPS, WORKFLOWS } from '../text.ts';

export type WorkflowName = keyof typeof WORKFLOWS;

/** What can be chosen, once the pump has been read. */
export function WorkflowMenu({ onWorkflow }: { onWorkflow: (name: WorkflowName) => void }) {
  return (
    <section class="workflows" aria-label={TEXT.choose}>
      <h2 class="unseen">{TEXT.choose}</h2>
      {WORKFLOW_GROUPS.map(([title, names]) => (
        <div key={title}>
          <h3>{title}</h3>
          {names.map((name) => (
            <button key={name} type="button" onClick={() => onWorkflow(name)}>
              {WORKFLOWS[name].title}
              <small>{WORKFLOWS[name].about}</small>
            </button>
          ))}
        </div>
      ))}
    </section>
  );
}
