import { CONNECTIONS } from "../../ports/connections";

const NAMES = [...new Set(CONNECTIONS.map(({ name }) => name))];

/**
 * The names of all flows that Veeam documents, in any revision and with any
 * feature. New ones come at the end.
 */
export function documentedFlowNames(): readonly string[] {
  return NAMES;
}
