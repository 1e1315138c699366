import type { Flow } from "../../azure/flow";
import { USER_ORIGIN } from "../flows/user-flow";
import { isOpaque } from "../../base/opaque";
import { MAX_DESCRIPTION_LENGTH } from "./rules-of-endpoint";

/** The longest reason of a declared flow: what its origin leaves of a rule's description. */
export const MAX_REASON_LENGTH = MAX_DESCRIPTION_LENGTH - USER_ORIGIN.length - 2;

/**
 * The flows with the reasons that their rules show: if a connection was
 * declared several times, all reasons, sorted so that the order of the
 * declarations does not matter.
 */
export function withReasonsOfRules(flows: readonly Flow[]): Flow[] {
  const reasons = new Map<string, Set<string>>();
  for (const { name, reason, origin } of flows) {
    if (origin === USER_ORIGIN) reasons.set(name, (reasons.get(name) ?? new Set()).add(reason));
  }
  return flows.map((flow) => {
    const all = flow.origin === USER_ORIGIN ? reasons.get(flow.name) : undefined;
    return all === undefined || all.size < 2 ? flow : { ...flow, reason: joined([...all].sort()) };
  });
}

const MORE = "...";

/** As many whole reasons as a description holds; the report has all. */
function joined(reasons: readonly string[]): string {
  const all = reasons.join("; ");
  if (all.length <= MAX_REASON_LENGTH) return all;
  for (let count = reasons.length - 1; count > 0; count--) {
    const some = [...reasons.slice(0, count), MORE].join("; ");
    if (some.length <= MAX_REASON_LENGTH) return some;
  }
  return shortened(reasons[0]);
}

/** A reason with the mark that there are more; what is known only at apply cannot be cut. */
function shortened(reason: string): string {
  return isOpaque(reason) ? reason : `${reason.slice(0, MAX_REASON_LENGTH - MORE.length)}${MORE}`;
}
