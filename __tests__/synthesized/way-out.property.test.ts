import fc from "fast-check";
import type { DeploymentFile } from "../../lib/app/schema";
import { isPrivateAddress } from "../support/oracle/addresses";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { componentsOf, expectedFlows } from "../support/expected/expected-flows";
import { runs } from "../support/arbitraries/property-settings";
import { smallestDeployment } from "../support/deployments/sample-deployments";
import { type Synthesized, synthesizeDeployment } from "../support/tools/synthesized";

/** Prefixes of the subnets that have a way out in what is synthesized. */
function subnetsWithWayOut(synthesized: Synthesized): string[] {
  return Object.values(synthesized.ofType("subnet_nat_gateway_association"))
    .map(({ subnet_id: id }) => {
      const logicalId = /^\$\{azurerm_subnet\.(.*)\.id\}$/.exec(String(id))?.[1] ?? "";
      return String((synthesized.ofType("subnet")[logicalId].address_prefixes as string[])[0]);
    })
    .sort();
}

/** Prefixes of the subnets that have a flow to a service tag or a public address. */
function subnetsThatNeedOne(deployment: DeploymentFile): string[] {
  const components = componentsOf(deployment);
  const prefixes = expectedFlows(deployment)
    .filter(({ to }) => to.addresses.some(({ first }) => !isPrivateAddress(first)))
    .flatMap(({ from }) => components.get(from.id)?.subnet ?? []);
  return [...new Set(prefixes)].sort();
}

test("a way out is on every subnet that has a flow to what is public, and on no other", () => {
  fc.assert(
    fc.property(deploymentArbitrary, (deployment) => {
      const synthesized = synthesizeDeployment(deployment);
      const needed = deployment.egress === "existing" ? [] : subnetsThatNeedOne(deployment);
      expect(subnetsWithWayOut(synthesized)).toEqual(needed);
      // One gateway with one address for all of them, or nothing at all.
      const count = needed.length > 0 ? 1 : 0;
      for (const type of ["nat_gateway", "public_ip", "nat_gateway_public_ip_association"]) {
        expect(Object.keys(synthesized.ofType(type))).toHaveLength(count);
      }
    }),
    runs(60),
  );
});

const ELSEWHERE = { addresses: ["10.9.0.0/28"] };

test.each<[string, Partial<DeploymentFile>, string[]]>([
  ["connects directly", {}, ["10.20.0.0/27"]],
  ["connects through a proxy elsewhere", { httpProxy: { ...ELSEWHERE, port: 3128 } }, []],
  [
    "connects through a proxy of ours",
    { httpProxy: { subnet: "10.20.0.32/28", port: 3128 } },
    ["10.20.0.32/28"],
  ],
  [
    "keeps its direct access",
    { httpProxy: { subnet: "10.20.0.32/28", port: 3128, directAccess: true } },
    ["10.20.0.0/27", "10.20.0.32/28"],
  ],
  ["is the proxy itself", { httpProxy: { on: "backupServer", port: 3128 } }, ["10.20.0.0/27"]],
  [
    "asks a public DNS server",
    {
      httpProxy: { ...ELSEWHERE, port: 3128 },
      virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["203.0.113.53"] },
    },
    ["10.20.0.0/27"],
  ],
  [
    "asks a DNS server in the shared address space, which the Internet does not route",
    {
      httpProxy: { ...ELSEWHERE, port: 3128 },
      virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["100.64.0.53"] },
    },
    [],
  ],
  [
    "is reached by public consoles only",
    { httpProxy: { ...ELSEWHERE, port: 3128 }, consoles: ["203.0.113.0/24"] },
    [],
  ],
  [
    "leaves a cache that writes to a public repository",
    {
      httpProxy: { ...ELSEWHERE, port: 3128 },
      cacheRepositories: { cache: { subnet: "10.20.0.64/27" } },
      backupRepositories: { far: { addresses: ["203.0.113.7/32"] } },
    },
    ["10.20.0.64/27"],
  ],
  ["has a platform that routes", { egress: "existing" }, []],
])("ways out where the backup server %s", (_title, change, expected) => {
  const deployment = { ...smallestDeployment(), ...change };
  expect(subnetsWithWayOut(synthesizeDeployment(deployment))).toEqual(expected);
});

test("the gateway and its address are standard ones, tied together and named after the deployment", () => {
  const synthesized = synthesizeDeployment({ ...smallestDeployment(), tags: { owner: "platform" } });
  const common = { location: "westeurope", tags: { owner: "platform" } };
  expect(synthesized.byName("nat_gateway")["ng-veeam-entra"]).toMatchObject({
    ...common,
    sku_name: "Standard",
  });
  expect(synthesized.byName("public_ip")["pip-veeam-entra"]).toMatchObject({
    ...common,
    sku: "Standard",
    allocation_method: "Static",
  });
  const [gateway] = Object.keys(synthesized.ofType("nat_gateway"));
  const [address] = Object.keys(synthesized.ofType("public_ip"));
  expect(Object.values(synthesized.ofType("nat_gateway_public_ip_association"))).toEqual([
    {
      nat_gateway_id: `\${azurerm_nat_gateway.${gateway}.id}`,
      public_ip_address_id: `\${azurerm_public_ip.${address}.id}`,
    },
  ]);
});

test("a subnet is filtered before it gets its way out", () => {
  const synthesized = synthesizeDeployment(smallestDeployment());
  const [association] = Object.keys(synthesized.ofType("subnet_network_security_group_association"));
  const [wayOut] = Object.values(synthesized.ofType("subnet_nat_gateway_association"));
  expect(wayOut.depends_on).toEqual([`azurerm_subnet_network_security_group_association.${association}`]);
});
