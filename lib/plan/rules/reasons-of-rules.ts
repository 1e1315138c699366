import type { Flow } from "../../azure/flow";
import { USER_ORIGIN } from "../flows/user-flow";
import { isOpaque } from "../../base/opaque";
import { MAX_DESCRIPTION_LENGTH } from "./rules-of-endpoint";

/** The longest reason of a declared flow: what its origin leaves of a rule's description. */
export const MAX_REASON_LENGTH = MAX_DESCRIPTION_LENGTH - USER_ORIGIN.length - 2;

/**
 * The flows as a rule tells their reasons: where a connection was declared
 * more than once, each of its flows has the reasons of all. They stand in one
 * order, because that of the declarations must not show.
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

/** As many as a description holds, each whole; the report has them all. */
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
