import { suggest } from "../checks/nearest";
import { parseAddresses } from "../policy/sets/address-set";
import type { Explanation } from "../policy/explain";
import type { Network } from "../policy/network";
import { isOpaque } from "../policy/sets/opaque";
import { REVISIONS } from "../ports/revisions";

// Tags that mean something in every network.
const AZURE_TAGS = ["VirtualNetwork", "Internet", "AzureLoadBalancer", "AzureCloud"];

/**
 * Why an end of a question names nothing that is known, and what to write; or
 * undefined where it does. A misspelt name would be taken for a service tag
 * of which nothing is known.
 */
export function unknownEnd(text: string, network: Network): string | undefined {
  if (text === "*" || isOpaque(text) || parseAddresses(text)) return undefined;
  const labels = network.endpoints.map(({ label }) => label);
  const tags = [
    ...AZURE_TAGS,
    ...tagsIn(network),
    ...(network.serviceTags?.tags.map(({ name }) => name) ?? []),
  ];
  const ids = network.endpoints.map(({ id }) => id);
  if ([...labels, ...ids].includes(text) || tags.some((tag) => tag.toLowerCase() === text.toLowerCase())) {
    return undefined;
  }
  const longer = labels.filter((label) => label.startsWith(`${text}-`));
  const change =
    longer.length > 0
      ? `Write ${longer.join(" or ")}`
      : suggest(text, [...labels, ...tags], "Name one of these");
  return (
    `"${text}" is nothing in these groups. Allowed: an address, a prefix, *, a service tag that a rule names` +
    `${labels.length > 0 ? `, or ${labels.join(", ")}` : ""}. ${change}.`
  );
}

/**
 * Why an explanation says nothing: no end of the connection is in the
 * network, so that no group was asked; or undefined where one is.
 */
export function unjudged({ query, ends }: Explanation, network: Network): string | undefined {
  if (ends.some(({ endpoint }) => endpoint !== undefined)) return undefined;
  const asked = query.direction === undefined ? "neither end is" : "the end asked about is not";
  const known = network.endpoints
    .map(({ label, prefixes }) => `${label} (${prefixes.join(", ")})`)
    .join(", ");
  return (
    `${query.from} -> ${query.to}: ${asked} behind these groups, so none of them was asked. ` +
    `Name what is behind one: ${known || "there is nothing; give the FILE that attaches them"}.`
  );
}

/** Why a revision of the port table is unknown, and which to write; or undefined where it is known. */
export function unknownRevision(revision: string): string | undefined {
  if (REVISIONS.includes(revision)) return undefined;
  const change = suggest(revision, REVISIONS, "Name one of these");
  return `"${revision}" is no revision of the port table. Known: ${REVISIONS.join(", ")}. ${change}.`;
}

function tagsIn({ groups }: Network): string[] {
  const texts = groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes]);
  return [...new Set(texts)].filter((text) => text !== "*" && !isOpaque(text) && !parseAddresses(text));
}
