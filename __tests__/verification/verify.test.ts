import type { DeploymentFile } from "../../lib/app/schema";
import { Access, Direction, type SecurityRule } from "../../lib/azure/security-rule";
import type { GroupRule } from "../../lib/proof/network";
import type {
  FoundGroup,
  FoundInterface,
  FoundNetwork,
  FoundSubnet,
  FoundVirtualNetwork,
} from "../../lib/terraform/found-network";
import { JsonNode } from "../../lib/terraform/files/json-node";
import { networkOfFiles } from "../../lib/terraform/joined/network-of-files";
import { networkOfJson } from "../../lib/terraform/read-network-file";
import { describeVerification } from "../../lib/verification/describe-verification";
import { planDeployment } from "../../lib/verification/planned-deployment";
import { verify, type Verification } from "../../lib/verification/verify";
import { Drift } from "../support/oracle/drift";
import { foundGroup, foundSubnet } from "../support/files/found-files";
import { denyAll } from "../support/oracle/nsg-builders";

const DEPLOYMENT: DeploymentFile = {
  name: "veeam-entra",
  location: "westeurope",
  resourceGroup: "rg-veeam-entra",
  virtualNetwork: { addressSpace: ["10.20.0.0/24"] },
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27" },
  postgresql: { subnet: "10.20.0.32/28" },
};
const STACK = networkOfJson(new JsonNode(new Drift(DEPLOYMENT).json, "", "cdk.tf.json"));
const SUBNET = STACK.subnets.find(({ names }) => names.subnet?.endsWith("postgresql")) as FoundSubnet;
const GROUP = STACK.groups.find(({ key }) => key === SUBNET.group) as FoundGroup;
const RULES = GROUP.rules as SecurityRule[];

/** The stack with another subnet of PostgreSQL's, or none, and more beside it. */
function stackWith(
  subnet: Partial<FoundSubnet> | undefined,
  more: Partial<Pick<FoundNetwork, "subnets" | "interfaces" | "groups">> = {},
): FoundNetwork {
  const others = STACK.subnets.filter((one) => one !== SUBNET);
  return {
    ...STACK,
    groups: [...STACK.groups, ...(more.groups ?? [])],
    subnets: [...others, ...(subnet ? [{ ...SUBNET, ...subnet }] : []), ...(more.subnets ?? [])],
    interfaces: more.interfaces ?? [],
  };
}

const verified = (found: FoundNetwork): Verification =>
  verify(planDeployment(DEPLOYMENT), networkOfFiles([found]), new Map());
const findingsOf = (found: FoundNetwork) =>
  verified(found).findings.map(({ kind, message }) => [kind, message.replace(/^postgresql: /, "")]);
const nic = (more: Partial<FoundInterface> = {}): FoundInterface => ({
  key: "nic",
  name: "nic",
  addresses: [],
  subnet: SUBNET.key,
  group: GROUP.key,
  ...more,
});
const OTHER = foundSubnet("other", { prefixes: ["10.20.0.192/27"] });
const SAYS = "the deployment says 10.20.0.32/28, snet-veeam-entra-postgresql of vnet-veeam-entra";

describe("a group before network interfaces only", () => {
  test("filters nothing of the place where they are in another subnet", () => {
    const found = stackWith(
      { group: undefined },
      {
        subnets: [OTHER],
        interfaces: [nic({ subnet: "other", addresses: ["10.20.0.200"] })],
      },
    );
    expect(findingsOf(found)).toEqual([
      [
        "subnet-differs",
        `its group ${GROUP.name} is attached to the network interface nic (10.20.0.200), and ${SAYS}. Attach the group there, or change the deployment.`,
      ],
    ]);
  });

  test("does not surely filter the place where it is not known in which subnet they are", () => {
    const found = stackWith({ group: undefined }, { interfaces: [nic({ subnet: undefined })] });
    expect(findingsOf(found)).toContainEqual([
      "not-known",
      `its group ${GROUP.name} is attached to the network interface nic, and ${SAYS}. Give the FILE that contains the subnet of each, or attach the group there.`,
    ]);
  });

  test.each([
    ["it is not known what else is there", undefined],
    ["another is there without the group", ["nic", "another"]],
  ])("does not filter all of the place where %s", (_, interfaces) => {
    const found = stackWith({ group: undefined, interfaces }, { interfaces: [nic()] });
    expect(findingsOf(found)).toEqual([
      [
        "subnet-unfiltered",
        `its group ${GROUP.name} is attached to the network interface nic only, so that it does not filter what else is in 10.20.0.32/28, snet-veeam-entra-postgresql of vnet-veeam-entra. Attach it to the subnet.`,
      ],
    ]);
  });

  test("filters the place where every interface there has it", () => {
    const interfaces = [nic(), nic({ key: "nic-2", name: "nic-2" })];
    const subnet = { group: undefined, interfaces: ["nic", "nic-2"] };
    expect(verified(stackWith(subnet, { interfaces })).holds).toBe(true);
    expect(verified(stackWith(subnet, { interfaces: interfaces.slice(1) })).holds).toBe(false);
  });

  test("has to let pass what is for their own addresses, together with the group of the subnet", () => {
    const own = JSON.parse(
      JSON.stringify(RULES).replaceAll("10.20.0.32/28", "10.20.0.36/32"),
    ) as SecurityRule[];
    const groups = [foundGroup("shut", "nsg-shut", { rules: [denyAll(Direction.INBOUND)] })];
    const exact = (subnet: Partial<FoundSubnet>, address: string) => {
      const found = stackWith(
        { interfaces: ["nic"], group: undefined, ...subnet },
        { groups, interfaces: [nic({ addresses: [address] })] },
      );
      return verified({
        ...found,
        groups: found.groups.map((group) => (group.key === GROUP.key ? { ...group, rules: own } : group)),
      });
    };
    expect(exact({}, "10.20.0.36").holds).toBe(true);
    expect(exact({}, "10.20.0.37").proof.missing).toHaveLength(1);
    expect(
      exact({ group: "shut" }, "10.20.0.36").proof.missing.map(({ blockedBy }) => blockedBy.group),
    ).toEqual(["nsg-shut"]);
  });
});

describe("the subnet that a group is attached to", () => {
  const names = { subnet: "snet-db", virtualNetwork: "vnet-own", resourceGroup: "rg-own" };

  test("is the place by its names, and its prefixes have to be known", () => {
    const unknown = "not-known";
    const upper = Object.fromEntries(
      Object.entries(SUBNET.names).map(([kind, name]) => [kind, (name as string).toUpperCase()]),
    );
    for (const more of [{}, { names: upper }]) {
      expect(verified(stackWith(more)).holds).toBe(true);
      expect(findingsOf(stackWith({ prefixes: ["${var.prefix}"], ...more }))).toEqual([
        [unknown, expect.stringContaining("is not in any of the files")],
      ]);
    }
    expect(verified(stackWith({ prefixes: ["10.20.0.64/28"] })).holds).toBe(false);
  });

  test("is the place by its prefixes, whatever others call it", () => {
    expect(verified(stackWith({ names })).holds).toBe(true);
  });

  test("is not known to be the place where neither says so", () => {
    const message = `its group ${GROUP.name} is attached to snet-db of vnet-own, and ${SAYS}. Attach the group there, or give the FILE that contains the prefixes of its subnet.`;
    expect(findingsOf(stackWith({ names, prefixes: ["${var.prefix}"] }))).toEqual([
      ["subnet-differs", message],
    ]);
  });

  test("is the one of the place's names where another network has its prefixes", () => {
    const twin = foundSubnet("twin", { names, prefixes: SUBNET.prefixes, group: GROUP.key });
    expect(findingsOf(stackWith({ group: undefined }, { subnets: [twin] }))).toEqual([
      ["subnet-differs", expect.stringContaining(`${SAYS}, which has no group.`)],
    ]);
    expect(verified(stackWith({}, { subnets: [{ ...twin, group: undefined }] })).holds).toBe(true);
  });

  test("has to be each of the place's prefixes where none has its names", () => {
    const twin = foundSubnet("twin", { names, prefixes: SUBNET.prefixes });
    const subnets = (group?: string) => ({ subnets: [{ ...twin, group }] });
    expect(verified(stackWith({ names }, subnets(GROUP.key))).holds).toBe(true);
    expect(verified(stackWith({ names }, subnets())).holds).toBe(false);
  });
});

describe("a network interface with another group", () => {
  const own = (rules: SecurityRule[]) => ({ groups: [foundGroup("own", "nsg-nic", { rules })] });
  const forAddress = (address: string) =>
    JSON.parse(JSON.stringify(RULES).replaceAll("10.20.0.32/28", address)) as SecurityRule[];
  const withNic = (rules: SecurityRule[], more: Partial<FoundInterface>) =>
    verified(stackWith({}, { ...own(rules), interfaces: [nic({ group: "own", ...more })] }));

  test("is judged at its own address", () => {
    expect(withNic(forAddress("10.20.0.36/32"), { addresses: ["10.20.0.36"] }).holds).toBe(true);
    const { proof, holds } = withNic(forAddress("10.20.0.36/32"), { addresses: ["10.20.0.37"] });
    expect(holds).toBe(false);
    expect(proof.missing).toMatchObject([
      { endpoint: "postgresql (nic)", dependsOn: [], example: { destination: "10.20.0.37" } },
    ]);
  });

  test("is judged wherever it may be, and depends on that where its rules tell addresses apart", () => {
    expect(withNic(RULES, {}).holds).toBe(true);
    const told = withNic(forAddress("10.20.0.36/32"), {});
    expect(told.proof.missing).toMatchObject([
      { endpoint: "postgresql (nic)", dependsOn: ["the address of nic"] },
    ]);
    expect(told.proof.dependsOn).toContain("the address of nic");
    expect(describeVerification(told)).toContain("may be blocked at its destination, postgresql (nic)");
    expect(withNic([denyAll(Direction.INBOUND)], {}).proof.missing).toMatchObject([{ dependsOn: [] }]);
  });

  test("is judged as all of the place where the prefixes of its subnet are not known", () => {
    const found = stackWith(
      { prefixes: ["${var.prefix}"] },
      { ...own([denyAll(Direction.INBOUND)]), interfaces: [nic({ group: "own" })] },
    );
    expect(verified(found).proof.missing).toMatchObject([{ endpoint: "postgresql (nic)", dependsOn: [] }]);
  });

  test.each<[string, Partial<FoundInterface>]>([
    ["no file says its subnet", { subnet: undefined }],
    ["its subnet may be the place's", { subnet: "${var.subnet}" }],
    [
      "its subnet has the place's names in an id",
      {
        subnet:
          "/subscriptions/s/resourcegroups/rg-veeam-entra/virtualnetworks/vnet-veeam-entra/subnets/snet-veeam-entra-postgresql",
      },
    ],
  ])("may be at the place where %s, which is then not known", (_, more) => {
    const { findings, holds } = withNic([denyAll(Direction.INBOUND)], more);
    expect(holds).toBe(false);
    expect(findings).toContainEqual(
      expect.objectContaining({
        kind: "not-known",
        component: "postgresql",
        message:
          "postgresql: nic may be in its subnet, behind a group of its own that may deny its flows. Give the FILE that contains the subnet of each.",
      }),
    );
  });

  test.each<[string, Partial<FoundInterface>]>([
    ["is in another subnet of the files", { subnet: "other" }],
    ["has an address elsewhere", { subnet: undefined, addresses: ["10.9.0.4"] }],
    [
      "is in a subnet of another name",
      { subnet: "/subscriptions/s/resourcegroups/rg/virtualnetworks/vnet-hub/subnets/jump" },
    ],
  ])("is not at the place where it %s", (_, more) => {
    const interfaces = [nic({ group: "own", ...more })];
    const found = stackWith({}, { ...own([denyAll(Direction.INBOUND)]), subnets: [OTHER], interfaces });
    expect(verified(found).holds).toBe(true);
  });

  test("is reported with similar findings", () => {
    const interfaces = ["a", "b", "c", "d"].map((key) =>
      nic({ key, name: key, group: "own", subnet: undefined }),
    );
    const [[, message]] = findingsOf(stackWith({}, { ...own([]), interfaces })).filter(([, text]) =>
      text.startsWith("a, "),
    );
    expect(message).toBe(
      "a, b, 2 others may be in its subnet, behind groups of their own that may deny its flows. Give the FILE that contains the subnet of each.",
    );
  });
});

describe("what is not known of a place", () => {
  const DOUBT = "whether it is so";
  const withRules = (rules: GroupRule[]) =>
    verified({
      ...STACK,
      groups: STACK.groups.map((group) => (group === GROUP ? { ...group, rules } : group)),
    });
  const inDoubt = (isInDoubt: (rule: SecurityRule) => boolean) =>
    RULES.map((rule) => (isInDoubt(rule) ? { ...rule, existsIf: [DOUBT] } : rule));
  const ADVICE = ["not-known", `${DOUBT} is not known. Give the state after the apply.`];
  const told = ({ findings }: Verification) =>
    findings.map(({ kind, message }) => [kind, message.replace(/^postgresql: /, "")]);

  test("is reported where flows depend on it", () => {
    const { proof, holds, ...rest } = withRules(inDoubt(({ access }) => access === Access.ALLOW));
    expect(holds).toBe(false);
    expect(proof.missing).toMatchObject([{ endpoint: "postgresql", dependsOn: [DOUBT] }]);
    expect(told({ ...rest, proof, holds })).toEqual([ADVICE]);
    const denies = withRules(inDoubt(({ access }) => access === Access.DENY));
    expect(denies.proof.excess[0]).toMatchObject({ endpoint: "postgresql", dependsOn: [DOUBT] });
    expect(told(denies)).toEqual([ADVICE]);
  });

  test("is reported where the group may not be attached, or another one may be", () => {
    for (const doubt of [{ noGroupIf: [DOUBT] }, { refusedIf: [DOUBT] }]) {
      const found = verified(stackWith(doubt));
      expect(found.proof.dependsOn).toEqual([DOUBT]);
      expect(told(found)).toEqual([ADVICE]);
    }
  });

  test("is left out where nothing depends on it", () => {
    const twice = RULES.map((rule) => ({ ...rule, name: `${rule.name}-2`, priority: rule.priority - 1 }));
    const found = withRules([...RULES, ...twice.map((rule) => ({ ...rule, existsIf: [DOUBT] }))]);
    expect([found.holds, told(found)]).toEqual([true, []]);
  });
});

describe("a route for public addresses", () => {
  const taken = (found: FoundNetwork, deployment: DeploymentFile = DEPLOYMENT) =>
    verify(planDeployment(deployment), networkOfFiles([found]), new Map()).proof.assumptions.filter((text) =>
      text.includes("route for 0.0.0.0/0"),
    );
  const POSSIBLE = [expect.stringMatching(/^A route for 0\.0\.0\.0\/0 may exist/) as string];
  const stackOf = (deployment: DeploymentFile) =>
    networkOfJson(new JsonNode(new Drift(deployment).json, "", "cdk.tf.json"));

  test("is there where the files may hold one", () => {
    expect(taken(STACK)).toEqual([]);
    expect(taken({ ...STACK, tables: [], routings: [{}] })).toEqual(POSSIBLE);
  });

  test.each<[string, Partial<DeploymentFile>]>([
    [
      "routes through a firewall",
      {
        destinations: {
          azureFirewall: {
            policyId:
              "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/fp",
            privateIpAddress: "10.0.0.4",
            priority: 300,
          },
        },
      },
    ],
    ["leaves the way out to the platform", { egress: "existing" }],
    [
      "lives in a network managed elsewhere",
      {
        virtualNetwork: {
          existing: {
            name: "vnet-hub",
            resourceGroup: "rg-hub",
            addressSpace: ["10.20.0.0/24"],
            dnsServers: [],
          },
        },
      },
    ],
    [
      "uses a subnet managed elsewhere",
      {
        virtualNetwork: {
          existing: { name: "v", resourceGroup: "rg", addressSpace: ["10.20.0.0/24"], dnsServers: [] },
        },
        postgresql: {
          existingSubnet: {
            id: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/db",
            addressPrefixes: ["10.20.0.32/28"],
            dedicated: true,
          },
        },
      },
    ],
  ])("may be there where the deployment %s, and nothing of the deployment's own depends on it", (_, more) => {
    const deployment = { ...DEPLOYMENT, ...more } as DeploymentFile;
    expect(planDeployment(deployment).surroundings.hasDefaultRoute).toBe(true);
    expect(taken(stackOf(deployment), deployment)).toEqual(POSSIBLE);
    expect(verify(planDeployment(deployment), networkOfFiles([stackOf(deployment)]), new Map()).holds).toBe(
      true,
    );
  });
});

describe("the tag VirtualNetwork contains the addresses of the deployment's own networks", () => {
  const own = SUBNET.virtualNetwork as string;
  const HUB = { remote: "hub", prefixes: ["198.51.100.0/24"] };
  const network = (key: string, prefix: string, peerings: FoundVirtualNetwork["peerings"] = []) => ({
    key,
    name: key,
    prefixes: [prefix],
    peerings,
    areAllPeerings: true,
  });
  const deployment: DeploymentFile = { ...DEPLOYMENT, consoles: ["198.51.100.0/24"] };
  const stack = networkOfJson(new JsonNode(new Drift(deployment).json, "", "cdk.tf.json"));
  /** What is missing where the groups of some components deny what the tag contains. */
  const verifiedWith = (virtualNetworks: FoundVirtualNetwork[], subnets = stack.subnets) => {
    const deny = {
      ...denyAll(Direction.INBOUND),
      name: "deny",
      priority: 1,
      sourceAddressPrefixes: ["VirtualNetwork"],
    };
    const groups = stack.groups.map((group) => ({ ...group, rules: [deny, ...(group.rules ?? [])] }));
    const files = networkOfFiles([{ ...stack, groups, subnets, virtualNetworks }]);
    return verify(planDeployment(deployment), files, new Map());
  };
  const missingWith = (...given: Parameters<typeof verifiedWith>) => {
    const { missing } = verifiedWith(...given).proof;
    return new Set(missing.filter(({ from }) => from === "console").map(({ dependsOn }) => dependsOn.join()));
  };

  test("and of networks that these are peered with", () => {
    expect(missingWith([network(own, "10.20.0.0/24", [HUB])])).toEqual(new Set([""]));
  });

  test("and not of networks that another one in the files is peered with", () => {
    const other = network("other", "10.30.0.0/16", [HUB]);
    expect(missingWith([network(own, "10.20.0.0/24"), other])).toEqual(new Set());
  });

  test("and not of the network of another component", () => {
    const other = network("other", "10.20.0.32/28", [HUB]);
    const subnets = stack.subnets.map((one) =>
      one.key === SUBNET.key ? { ...one, virtualNetwork: "other" } : one,
    );
    expect(missingWith([network(own, "10.20.0.0/27"), other], subnets)).toEqual(new Set());
  });

  test("and networks that are not peered do not let the flows between their components pass", () => {
    const subnets = stack.subnets.map((one) =>
      one.key === SUBNET.key ? { ...one, virtualNetwork: "other" } : one,
    );
    const between = (...networks: FoundVirtualNetwork[]) => {
      const { findings, proof } = verifiedWith(networks, subnets);
      const messages = findings.filter(({ kind }) => kind === "not-connected").map(({ message }) => message);
      return [messages, proof.assumptions.some((one) => one.includes("connected by routes"))];
    };
    const [one, other] = [network(own, "10.20.0.0/27"), network("other", "10.20.0.32/28")];
    const isBlocked =
      `backup-server: its virtual network ${own} is not peered with other, where postgresql is, ` +
      "so that the flows between them are blocked. Peer the two.";
    expect(between(one, other)).toEqual([[isBlocked], true]);
    const routed = [one, other].map((each) => ({ ...each, mayRouteAway: true }));
    expect(between(...routed)).toEqual([[], true]);
    const to = (remote: string) => ({ peerings: [{ remote, prefixes: [] }] });
    expect(between({ ...one, ...to("other") }, { ...other, ...to(own) })).toEqual([[], true]);
  });
});
