import type { Refused } from '../api.js';

/** What stood in the way, with each unmet condition. */
export function ProblemNote({ of }: { of: Refused['problem'] | null }) {
  if (of === null) return null;
  return (
    <div className="refusal" role="alert">
      <strong>{of.title}</strong>
      {of.unmet && <ul>{of.unmet.map((u, i) => <li key={i}>{u.message}</li>)}</ul>}
      {of.rule && <small className="muted"> {of.rule}</small>}
    </div>
  );
}
