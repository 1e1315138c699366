import { nameOfComponent } from "./veeam-tags";
import type { Network, GuardedEndpoint, SecurityGroup } from "../policy/network";
import { Access, Direction, Protocol, type SecurityRule } from "../policy/security-rule";
import type { ServiceTags } from "../policy/sets/service-tags";
import { nameInId, segmentOfId } from "./azure-id";
import type { FoundEndpoint, FoundGroup, FoundNetwork } from "./found-network";

/** A group in a file, under the name that it has in the network. */
export interface NamedGroup extends SecurityGroup {
  /** What the file says of it. */
  readonly found: FoundGroup;
  /** Name of the file. */
  readonly file: string;
}

/** What several files say together. */
export interface NetworkOfFiles {
  readonly network: Network;
  /** The groups of the network, beside what the files say of each. */
  readonly groups: NamedGroup[];
  /** What the files leave open, each a sentence. */
  readonly notes: string[];
}

/**
 * One network of what files say. Names that are there twice are told apart by
 * their resource group or address. A group that an endpoint has, but no file
 * holds, is open or closed by nobody knows what: whatever passes it depends
 * on it, by name.
 */
export function networkOfFiles(files: readonly FoundNetwork[], serviceTags?: ServiceTags): NetworkOfFiles {
  const groups = nameGroups(files);
  const notes = files.flatMap((file) => file.notes);
  const byName = new Map(groups.map((group) => [group.name, group]));
  // The group of the same file comes before one of another.
  const byKey = new Map(
    [...groups].reverse().flatMap((group) => [
      [group.found.key, group],
      [JSON.stringify([group.file, group.found.key]), group],
    ]),
  );
  const missing = new Map<string, SecurityGroup>();
  const nameOf = (file: string, key: string | undefined): string | undefined => {
    if (key === undefined) return undefined;
    const known = byKey.get(JSON.stringify([file, key])) ?? byKey.get(key);
    if (known) return known.name;
    const unknown = missing.get(key) ?? unknownGroup(key);
    if (!missing.has(key))
      notes.push(`${file} names the group ${nameInId(key)}, and no file holds its rules.`);
    missing.set(key, unknown);
    return unknown.name;
  };
  // An interface comes before the subnet that its address is in as well.
  const endpoints = files.flatMap(({ file, endpoints: found }) =>
    [...found].sort(interfacesFirst).map((endpoint) => {
      const subnetGroup = nameOf(file, endpoint.subnetGroup);
      const interfaceGroup = nameOf(file, endpoint.interfaceGroup);
      return {
        id: files.length > 1 ? `${file}: ${endpoint.key}` : endpoint.key,
        label: labelOf(endpoint, subnetGroup === undefined ? undefined : byName.get(subnetGroup)?.found),
        prefixes: endpoint.prefixes,
        ...(subnetGroup !== undefined && { subnetGroup }),
        ...(interfaceGroup !== undefined && { interfaceGroup }),
      };
    }),
  );
  const addressSpaces = files.flatMap((file) => file.addressSpaces);
  if (addressSpaces.length > 1) {
    notes.push(
      `The ${addressSpaces.length} virtual networks are taken to be peered: the tag VirtualNetwork holds all of them.`,
    );
  }
  const virtualNetworkPrefixes = [...new Set(addressSpaces.flat())];
  return {
    network: {
      endpoints: withDistinctLabels(endpoints),
      groups: [...groups.map(({ name, rules }) => ({ name, rules })), ...missing.values()],
      ...(virtualNetworkPrefixes.length > 0 && { virtualNetworkPrefixes }),
      ...(serviceTags && { serviceTags }),
    },
    groups,
    notes,
  };
}

function interfacesFirst(a: FoundEndpoint, b: FoundEndpoint): number {
  return Number(b.interfaceGroup !== undefined) - Number(a.interfaceGroup !== undefined);
}

function nameGroups(files: readonly FoundNetwork[]): NamedGroup[] {
  const all = files.flatMap(({ file, groups }) => groups.map((found) => ({ found, file })));
  const spellings = all.map(({ found, file }) => {
    const resourceGroup = segmentOfId(found.key, "resourceGroups");
    return [
      found.name,
      ...(resourceGroup === undefined ? [] : [`${found.name} (${resourceGroup})`]),
      `${found.name} (${found.key})`,
      `${found.name} (${file}: ${found.key})`,
    ];
  });
  const uses = new Map<string, number>();
  for (const texts of spellings) {
    for (const text of new Set(texts.map(folded))) uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  return all.map(({ found, file }, index) => {
    const name = spellings[index].find((text) => uses.get(folded(text)) === 1);
    return { name: name ?? `${found.name} (${file}, ${index + 1})`, rules: found.rules, found, file };
  });
}

function labelOf(endpoint: FoundEndpoint, group: FoundGroup | undefined): string {
  const component = group && endpoint.interfaceGroup === undefined ? nameOfComponent(group.tags) : undefined;
  return component ?? endpoint.name;
}

/** Labels that are there twice are followed by the identity. */
function withDistinctLabels(endpoints: readonly GuardedEndpoint[]): GuardedEndpoint[] {
  const counts = new Map<string, number>();
  for (const { label } of endpoints) counts.set(label, (counts.get(label) ?? 0) + 1);
  return endpoints.map((endpoint) =>
    counts.get(endpoint.label) === 1
      ? endpoint
      : { ...endpoint, label: `${endpoint.label} (${endpoint.id})` },
  );
}

/** The text as Azure compares names: whatever the case. */
function folded(text: string): string {
  return text.toLowerCase();
}

const ANY = ["*"];

/** A group of which nothing is known: what it allows is a set that nobody knows. */
function unknownGroup(key: string): SecurityGroup {
  const name = `${nameInId(key)} (not in the files)`;
  const allowed = [`\${what ${name} allows}`];
  const rule = (direction: Direction, access: Access): SecurityRule => ({
    name: access === Access.ALLOW ? "not-known" : "nothing-else",
    priority: access === Access.ALLOW ? 100 : 4096,
    direction,
    access,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: access === Access.ALLOW && direction === Direction.INBOUND ? allowed : ANY,
    sourcePortRanges: ANY,
    destinationAddressPrefixes: access === Access.ALLOW && direction === Direction.OUTBOUND ? allowed : ANY,
    destinationPortRanges: ANY,
  });
  return {
    name,
    rules: [Direction.INBOUND, Direction.OUTBOUND].flatMap((direction) => [
      rule(direction, Access.ALLOW),
      rule(direction, Access.DENY),
    ]),
  };
}
