import { normalizeLocation } from "../azure/azure-settings";
import { mergePrefixes } from "../azure/sets/prefix-list";
import { findStorageRegion } from "../azure/storage-regions";
import { naturalOrder } from "../base/natural-order";
import { type DeploymentComponent, networkFacts, resourceGroupFacts, wayOutOf } from "../plan/deployment";
import { hasWayOut } from "../plan/flows/public-flows";
import type { ReportInput } from "../plan/reported";
import type { TopologyComponent } from "../plan/topology";
import { componentSlug, type VeeamRole } from "../ports/port-table";

/** One component of a deployment: what it does and where it lives. */
export interface ReportComponent {
  /** What it does. */
  readonly role: VeeamRole;
  /** Name among the components of its role. */
  readonly key: string;
  /** What the flows call it: `cache-repository-cache`. */
  readonly label: string;
  /** Id of the end of flows that it is: its own, or that of the machine it shares. */
  readonly endpointId: string;
  /**
   * Its type: `windows`, `objectStorage`; of one that shares a machine, the operating system.
   *
   * @default - unknown
   */
  readonly type?: string;
  /** Prefix of its subnet; several prefixes of an existing subnet are separated by commas. @default - it has no subnet of its own */
  readonly subnet?: string;
  /** Id of its subnet, if that is an existing one. @default - its subnet is new, or it has none */
  readonly existingSubnetId?: string;
  /** Region of the object storage that it is, reached by the region's service tag. @default - it is not object storage, or has addresses */
  readonly region?: string;
  /** Its addresses, if it is not part of this deployment. @default - it has a subnet or shares a machine */
  readonly addresses?: readonly string[];
  /** Label of the component whose machine it shares. @default - it shares none */
  readonly sharesMachineOf?: string;
  /** Facts of its machine, by what they are: `size`, `image`. @default - it has no machine of this app */
  readonly machine?: { readonly [name: string]: string };
}

/** Where a deployment lives. */
export type ReportNetwork = ReturnType<typeof reportNetwork>;

/** A component, as every format shows it. */
export function reportComponent(
  { path, role, key, subnet, existingSubnet, addresses, on, region }: DeploymentComponent,
  { components, documented, machines }: ReportInput,
): ReportComponent {
  const there = topologyComponent({ role, key }, documented);
  const host = components.find((one) => one.path === on);
  const prefixes = subnet === undefined ? (existingSubnet?.addressPrefixes ?? []) : [subnet];
  return {
    role,
    key,
    label: componentSlug(role, key),
    endpointId: there?.endpoint.id ?? path,
    type: there?.type,
    subnet: prefixes.join(", ") || undefined,
    existingSubnetId: existingSubnet?.id,
    region: region && (findStorageRegion(region)?.region ?? region),
    addresses,
    sharesMachineOf: host && componentSlug(host.role, host.key),
    machine: machines.get(path),
  };
}

/** A network, as the JSON report has it; `ends` are those that use its way out, because they have flows to public addresses. */
export function reportNetwork(
  { part, virtualNetwork, components: paths }: ReportInput["networks"][number],
  { components, places, documented }: ReportInput,
) {
  const { name, exists } = resourceGroupFacts(part);
  const { existing, addressSpace, dnsServers } = networkFacts(part.virtualNetwork);
  // Outbound access is created for new subnets that need it.
  const made = components.filter(({ path, subnet }) => subnet !== undefined && paths.includes(path));
  const ids = made.map((component) => topologyComponent(component, documented)?.endpoint.id);
  const users = places.filter(
    ({ endpoint, flows }) => ids.includes(endpoint.id) && hasWayOut(endpoint, flows),
  );
  return {
    name: part.name,
    location: normalizeLocation(part.location),
    resourceGroup: { name, exists },
    virtualNetwork: {
      name: virtualNetwork,
      resourceGroup: existing?.resourceGroup ?? name,
      exists: existing !== undefined,
      addressSpace: mergePrefixes(addressSpace).sort(naturalOrder),
      dnsServers,
    },
    egress: { ...wayOutOf(part), ends: users.map(({ endpoint }) => endpoint.id).sort(naturalOrder) },
  };
}

function topologyComponent(
  { role, key }: Pick<DeploymentComponent, "role" | "key">,
  { topology }: ReportInput["documented"],
): TopologyComponent | undefined {
  return topology.components.find((one) => one.role === role && one.key === key);
}
