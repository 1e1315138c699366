import { addressNumber, type AddressRange, isIn, rangeOf } from "../__tests__/support/oracle/addresses";
import { expectedFlowsWithFeatures } from "../__tests__/support/expected/expected-feature-flows";
import type { Judge } from "./connections";
import type { Deployment } from "./scenarios";
import { tagPrefixes } from "./service-tags";

// Names on Veeam's page for service tags.
const PAGE_WORDS: Readonly<Record<string, string>> = {
  "Microsoft Entra ID Services": "AzureActiveDirectory",
  "Azure Resource Manager": "AzureResourceManager",
};

/** The verdict of the rows on Veeam's pages, evaluated without the product. */
export function rowsOf(deployment: Deployment): Judge {
  const tags = tagPrefixes([]);
  const rangesOf = ({ id, addresses }: { id: string; addresses: readonly AddressRange[] }): AddressRange[] =>
    PAGE_WORDS[id] === undefined ? [...addresses] : tags[PAGE_WORDS[id]].map(rangeOf);
  const flows = expectedFlowsWithFeatures(deployment as never).map((flow) => ({
    ...flow,
    sources: rangesOf(flow.from),
    destinations: rangesOf(flow.to),
  }));
  return ({ from, to, protocol, port = -1 }) => {
    const documented = flows.some(
      (flow) =>
        flow.protocol === protocol &&
        isIn(flow.sources, addressNumber(from.address)) &&
        isIn(flow.destinations, addressNumber(to.address)) &&
        flow.ports.some(([first, last]) => first <= port && port <= last),
    );
    return { verdict: documented ? "allow" : "deny" };
  };
}
