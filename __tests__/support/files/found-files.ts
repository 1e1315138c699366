import {
  type FoundGroup,
  type FoundNetwork,
  type FoundSubnet,
  NOTHING_DELETED,
} from "../../../lib/terraform/found-network";
import { networkOfFiles } from "../../../lib/terraform/joined/network-of-files";

/** A file that says nothing but this. */
export function foundFile(name: string, found: Partial<FoundNetwork> = {}): FoundNetwork {
  return {
    file: name,
    groups: [],
    rules: [],
    subnets: [],
    interfaces: [],
    virtualNetworks: [],
    tables: [],
    routings: [],
    deleted: NOTHING_DELETED,
    gaps: [],
    notes: [],
    ...found,
  };
}

/** A group without rules. */
export function foundGroup(key: string, name: string, more: Partial<FoundGroup> = {}): FoundGroup {
  return { key, name, path: name, names: { group: name }, rules: [], tags: {}, isRead: false, ...more };
}

/** A subnet called by its key. */
export function foundSubnet(key: string, more: Partial<FoundSubnet> = {}): FoundSubnet {
  return { key, name: key, names: {}, prefixes: ["10.0.0.0/24"], mayHaveGroup: false, ...more };
}

/** What stands behind which groups in a file, by the file's own names and in their order. */
export function attachedIn(found: FoundNetwork) {
  const names = new Map([...found.subnets, ...found.interfaces].map(({ key, name }) => [key, name]));
  return networkOfFiles([found])
    .network.endpoints.map(({ id, prefixes, subnetGroup, interfaceGroup }) => ({
      name: names.get(id) ?? id,
      prefixes,
      groups: [subnetGroup, interfaceGroup],
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
