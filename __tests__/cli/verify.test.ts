import { DEFAULT_REVISION } from "../../lib/ports/revisions";
import { ExitCode } from "../../lib/cli/exit-code";
import type { DeploymentFile } from "../../lib/app/schema";
import type { Verification } from "../../lib/verification/verify";
import { Drift } from "../support/oracle/drift";
import { veeamPorts } from "../support/tools/fake-io";
import { existingNetwork, fullDeployment } from "../support/deployments/sample-deployments";
import { inAz } from "../support/files/rules-in-files";
import { Access, type SecurityRule } from "../../lib/azure/security-rule";
import { securityRuleOfTerraform } from "../../lib/terraform/network/groups";
import { JsonNode } from "../../lib/terraform/files/json-node";
import { networkOfJson } from "../../lib/terraform/read-network-file";

const DEPLOYMENT: DeploymentFile = {
  name: "veeam-entra",
  location: "westeurope",
  resourceGroup: "rg-veeam-entra",
  virtualNetwork: { addressSpace: ["10.20.0.0/24"] },
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27" },
  postgresql: { subnet: "10.20.0.32/28" },
};
const cdktf = { context: { entraIdBackup: DEPLOYMENT } };
const VERIFY = ["verify", "--deployment", "cdktf.json"];

const verifyDrift = (drift: Drift, ...more: string[]) =>
  veeamPorts([...VERIFY, ...more, "cdk.tf.json"], { "cdktf.json": cdktf, "cdk.tf.json": drift.json });

async function verification(drift: Drift, ...more: string[]): Promise<Verification> {
  return JSON.parse((await verifyDrift(drift, "--json", ...more)).out) as Verification;
}

test("what was synthesized from a deployment holds", async () => {
  const { exitCode, out, err } = await verifyDrift(new Drift(DEPLOYMENT));
  expect(out.slice(0, out.indexOf("Assumptions"))).toBe(
    [
      `Verified: all flows of port table ${DEFAULT_REVISION} are allowed, and nothing else is.`,
      "  backup-server  nsg-veeam-entra-backup-server  cdk.tf.json",
      "  postgresql     nsg-veeam-entra-postgresql     cdk.tf.json",
      "",
    ].join("\n"),
  );
  expect([exitCode, err]).toEqual([ExitCode.HOLDS, ""]);
  expect(out).toContain("Documented by Veeam for these roles, but not enabled:\n  Backup Server");
});

test("--quiet prints findings only", async () => {
  const { exitCode, out } = await verifyDrift(new Drift(DEPLOYMENT), "--quiet");
  expect(out.split("\n")).toHaveLength(4);
  expect([exitCode, out]).toEqual([
    ExitCode.HOLDS,
    expect.stringMatching(/^Verified: .*\n {2}backup-server .*\n {2}postgresql .*\n$/),
  ]);
});

test("every role, several of what can be several, and a migration hold as synthesized", async () => {
  const deployment = fullDeployment();
  const { out } = await veeamPorts([...VERIFY, "--json", "-"], {
    "cdktf.json": { context: { entraIdBackup: deployment } },
    "-": new Drift(deployment).json,
  });
  const { holds, places } = JSON.parse(out) as Verification;
  expect(holds).toBe(true);
  expect(new Set(places.map(({ file }) => file))).toEqual(new Set(["standard input"]));
  expect(places.map(({ component }) => component)).toContain("cache-repository-cache-new");
});

test("drift is shown with the rule and a example", async () => {
  const drift = new Drift(DEPLOYMENT);
  drift.rule("postgresql", "allow-in-backup-server-to-postgresql").source_address_prefix = "10.20.0.0/26";
  drift.addRule("backup-server", "deny-all-in", { name: "lockdown", priority: 105 });
  const { exitCode, out } = await verifyDrift(drift);
  expect(exitCode).toBe(ExitCode.DOES_NOT_HOLD);
  expect(out.split("\n")[0]).toBe(
    `Verification failed: the groups do not allow exactly the flows of port table ${DEFAULT_REVISION}.`,
  );
  expect(out).toMatch(
    /Blocked flows:\n {2}- Flow console-to-backup-server \(console -> backup-server\) is blocked at its destination, backup-server: rule lockdown \(105\) of nsg-veeam-entra-backup-server denies TCP 10\.1\.0\.\d+:\d+ -> 10\.20\.0\.\d+:443\.\n/,
  );
  expect(out).toMatch(
    /Allowed but not needed by a flow:\n {2}- postgresql \(destination\) allows more than its flows: rule allow-in-backup-server-to-postgresql \(120\) of nsg-veeam-entra-postgresql allows TCP 10\.20\.0\.(3[2-9]|4\d|5\d|6[0-3]):\d+ -> 10\.20\.0\.\d+:5432\.\n/,
  );
  expect(out).toContain("Rules that never apply:\n  - Rule allow-in-console-to-backup-server (110)");
});

test.each<[string, (drift: Drift) => void, string, string]>([
  [
    "has lost its tags",
    (drift) => (drift.group("postgresql").tags = {}),
    "group-not-found",
    "one has its name. Restore the tags, or give --map postgresql=nsg-veeam-entra-postgresql.",
  ],
  [
    "is another's",
    (drift) => {
      drift.group("postgresql").tags = { "veeam-role": "http-proxy" };
      drift.group("postgresql").name = "nsg-x";
    },
    "group-not-found",
    "no group has its tags veeam-role and veeam-component. Give --map postgresql=GROUP; the files hold: nsg-veeam-entra-backup-server, nsg-x.",
  ],
  [
    "is attached to nothing",
    (drift) => drift.detach("postgresql"),
    "group-unattached",
    "is attached to neither a subnet nor a network interface, so it filters nothing",
  ],
  [
    "is attached to a subnet elsewhere",
    (drift) => (drift.subnet("postgresql").address_prefixes = ["10.20.0.32/29"]),
    "subnet-differs",
    "is attached to postgresql (10.20.0.32/29), and the deployment says 10.20.0.32/28, snet-veeam-entra-postgresql of vnet-veeam-entra. Attach",
  ],
  [
    "is listed twice",
    (drift) => {
      const groups = drift.json.resource.azurerm_network_security_group;
      groups.second = { ...drift.group("postgresql"), name: "nsg-second" };
      drift.group("postgresql").name = "nsg-first";
    },
    "group-ambiguous",
    "several groups are its own: nsg-first, nsg-second. Say which with --map postgresql=GROUP.",
  ],
])("a component whose group %s is found out", async (_, bend, kind, message) => {
  const drift = new Drift(DEPLOYMENT);
  bend(drift);
  const { findings, holds } = await verification(drift);
  expect(holds).toBe(false);
  expect(findings).toEqual([expect.objectContaining({ kind, component: "postgresql" })]);
  expect(findings[0].message).toContain(message);
});

test("of two groups with the tags, the one with the deployment's name is the component's", async () => {
  const drift = new Drift(DEPLOYMENT);
  const other = { ...drift.group("postgresql"), name: "nsg-other-deployment-postgresql", security_rule: [] };
  drift.json.resource.azurerm_network_security_group.other = other;
  expect((await verification(drift)).holds).toBe(true);
});

test("--map names the group of a component, whatever its tags and case", async () => {
  const drift = new Drift(DEPLOYMENT);
  drift.group("postgresql").tags = {};
  expect((await verification(drift, "--map", "postgresql=NSG-veeam-entra-postgresql")).holds).toBe(true);
});

test.each([
  ["postgresql", '--map "postgresql" is not a component and a group'],
  ["postgresqk=nsg", 'Did you mean "postgresql"?'],
  ["gateway-server=nsg", "Allowed: backup-server, postgresql."],
])("--map %s is refused", async (pair, message) => {
  const { exitCode, err, out } = await verifyDrift(new Drift(DEPLOYMENT), "--map", pair);
  expect([exitCode, out]).toEqual([ExitCode.UNUSABLE, ""]);
  expect(err).toContain(message);
});

test("--map twice for one component, and of a group that is not there, is refused or found out", async () => {
  const twice = await verifyDrift(new Drift(DEPLOYMENT), "--map", "postgresql=a", "--map", "postgresql=b");
  expect(twice.err).toContain("--map gives two groups for postgresql");
  const { findings } = await verification(new Drift(DEPLOYMENT), "--map", "postgresql=nsg-nowhere");
  expect(findings[0].message).toContain("no group is called nsg-nowhere. The files hold: ");
});

test("a second group before a network interface can refuse what the subnet's allows", async () => {
  const drift = new Drift(DEPLOYMENT);
  const { resource } = drift.json;
  const [subnet] = Object.keys(resource.azurerm_subnet).filter((key) => key.includes("postgresql"));
  resource.azurerm_network_interface = {
    nic: {
      name: "nic-db",
      ip_configuration: [{ subnet_id: `\${azurerm_subnet.${subnet}.id}`, private_ip_address: "10.20.0.36" }],
    },
  };
  resource.azurerm_network_security_group.nic = {
    name: "nsg-nic",
    security_rule: [{ ...drift.rule("postgresql", "deny-all-in"), priority: 200 }],
  };
  resource.azurerm_network_interface_security_group_association = {
    nic: {
      network_interface_id: "${azurerm_network_interface.nic.id}",
      network_security_group_id: "${azurerm_network_security_group.nic.id}",
    },
  };
  const { proof, holds } = await verification(drift);
  expect(holds).toBe(false);
  expect(proof.missing.map(({ flow, endpoint, blockedBy }) => [flow, endpoint, blockedBy.group])).toEqual([
    ["backup-server-to-postgresql", "postgresql (nic-db)", "nsg-nic"],
  ]);
});

test("what is deployed is read from the Azure CLI, with the prefixes beside it", async () => {
  const found = networkOfJson(new JsonNode(new Drift(DEPLOYMENT).json, "", "cdk.tf.json"));
  const { groups, subnets: made } = found;
  const id = (kind: string, name: string) =>
    `/subscriptions/s/resourceGroups/RG-veeam-entra/providers/Microsoft.Network/${kind}/${name}`;
  const nsgs = groups.map(({ key, name, tags, rules }) => ({
    id: id("networkSecurityGroups", name),
    name,
    tags,
    securityRules: rules?.map(inAz),
    subnets: made
      .filter(({ group }) => group === key)
      .map((one) => ({ id: id("virtualNetworks/VNET-veeam-entra/subnets", one.name) })),
  }));
  const subnets = made.map(({ name, prefixes }) => ({
    id: id("virtualNetworks/VNET-veeam-entra/subnets", name),
    addressPrefix: prefixes[0],
  }));
  const files = { "cdktf.json": cdktf, "nsgs.json": nsgs, "subnets.json": subnets };
  const alone = await veeamPorts([...VERIFY, "nsgs.json"], files);
  expect([alone.exitCode, alone.err]).toEqual([
    ExitCode.DOES_NOT_HOLD,
    expect.stringContaining("Give them with --subnets FILE"),
  ]);
  // Where the list names another network, nothing says that its subnets are the deployment's.
  const elsewhere = JSON.parse(JSON.stringify(nsgs).replaceAll("VNET-", "other-")) as unknown;
  const other = await veeamPorts([...VERIFY, "nsgs.json"], { ...files, "nsgs.json": elsewhere });
  expect([other.exitCode, other.out]).toEqual([
    ExitCode.DOES_NOT_HOLD,
    expect.stringContaining(
      "is attached to snet-veeam-entra-postgresql of other-veeam-entra, and the deployment says 10.20.0.32/28, snet-veeam-entra-postgresql of vnet-veeam-entra. Attach the group there, or give the FILE that contains the prefixes of its subnet.",
    ),
  ]);
  const both = await veeamPorts([...VERIFY, "--subnets", "subnets.json", "nsgs.json"], files);
  expect([both.exitCode, both.err]).toEqual([ExitCode.HOLDS, ""]);
  const moved = {
    ...files,
    "subnets.json": subnets.map((subnet) => ({ ...subnet, addressPrefix: "10.9.0.0/28" })),
  };
  expect((await veeamPorts([...VERIFY, "--subnets", "subnets.json", "nsgs.json"], moved)).exitCode).toBe(
    ExitCode.DOES_NOT_HOLD,
  );
});

test("in a group managed elsewhere, the flows of the deployment are verified, and other rules are not", async () => {
  const subnet =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/snet-hub";
  const group = { name: "nsg-hub", resourceGroup: "rg-hub", firstPriority: 200, lastPriority: 300 };
  const existing = { existingSubnet: { id: subnet, addressPrefixes: ["10.20.0.32/28"], group } };
  const deployment = { ...DEPLOYMENT, ...existingNetwork("v", "rg"), postgresql: existing };
  const stack = new Drift(deployment).json;
  const [rule] = Object.values(stack.resource.azurerm_network_security_rule);
  const ours = securityRuleOfTerraform(rule, "rule");
  const theirs = { ...ours, name: "backup-of-others", priority: 150, destinationPortRanges: ["22"] };
  const hub = (...rules: SecurityRule[]) => [
    {
      id: "/subscriptions/s/nsg-hub",
      name: "nsg-hub",
      securityRules: rules.map(inAz),
      subnets: [{ id: subnet }],
    },
  ];
  const verifyHub = (nsgs: unknown) =>
    veeamPorts([...VERIFY, "--json", "cdk.tf.json", "nsgs.json"], {
      "cdktf.json": { context: { entraIdBackup: deployment } },
      "cdk.tf.json": stack,
      "nsgs.json": nsgs,
    });
  expect((await verifyHub(hub(ours, theirs))).exitCode).toBe(ExitCode.HOLDS);
  const denied = JSON.parse(
    (await verifyHub(hub({ ...theirs, access: Access.DENY, destinationPortRanges: ["*"] }, ours))).out,
  );
  expect((denied as Verification).proof.missing).toEqual([
    expect.objectContaining({ flow: "backup-server-to-postgresql", endpoint: "postgresql" }),
  ]);
  const gone = JSON.parse((await verifyHub([])).out) as Verification;
  expect(gone.findings.map(({ message }) => message)).toEqual([
    "postgresql: no group is called nsg-hub, which the deployment names. The files hold: nsg-veeam-entra-backup-server.",
  ]);
});

describe("a rule in a second file", () => {
  const open = {
    name: "open",
    priority: 105,
    direction: "Inbound",
    access: "Allow",
    protocol: "*",
    source_port_range: "*",
    destination_port_range: "*",
    source_address_prefix: "*",
    destination_address_prefix: "*",
  };
  const verifyWith = (rule: object) =>
    veeamPorts([...VERIFY, "--json", "cdk.tf.json", "extra.tf.json"], {
      "cdktf.json": cdktf,
      "cdk.tf.json": new Drift(DEPLOYMENT).json,
      "extra.tf.json": { resource: { azurerm_network_security_rule: { open: { ...open, ...rule } } } },
    });

  test("is one of the group that it names", async () => {
    const { exitCode, out } = await verifyWith({
      network_security_group_name: "NSG-veeam-entra-postgresql",
      resource_group_name: "RG-veeam-entra",
    });
    const { proof } = JSON.parse(out) as Verification;
    expect(exitCode).toBe(ExitCode.DOES_NOT_HOLD);
    expect(proof.excess.map(({ endpoint, allowedBy }) => [endpoint, allowedBy[0].rule])).toEqual([
      ["postgresql", "open"],
    ]);
  });

  test("stops the verdict where it may be one of ours", async () => {
    const { exitCode, out } = await verifyWith({ network_security_group_name: "${var.group}" });
    const { findings, proof } = JSON.parse(out) as Verification;
    expect(exitCode).toBe(ExitCode.DOES_NOT_HOLD);
    expect(proof.holds).toBe(true);
    expect(findings.map(({ kind, component }) => [kind, component])).toEqual([
      ["not-known", "backup-server"],
      ["not-known", "postgresql"],
    ]);
    expect(findings[0].message).toContain(
      "azurerm_network_security_rule.open of extra.tf.json may be a rule of ",
    );
  });

  test("is another's where it names another's group, and that is said", async () => {
    const { exitCode, err } = await verifyWith({ network_security_group_name: "nsg-hub" });
    expect([exitCode, err]).toEqual([
      ExitCode.HOLDS,
      'note: azurerm_network_security_rule.open is left out: its group "nsg-hub" is not in any of the files.\n',
    ]);
  });
});

test("a group that a data source reads beside is one group", async () => {
  const drift = new Drift(DEPLOYMENT);
  const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg";
  drift.group("postgresql").id = id;
  const data = {
    azurerm_network_security_group: { again: { ...drift.group("postgresql"), id: id.toUpperCase() } },
  };
  const { exitCode } = await veeamPorts([...VERIFY, "cdk.tf.json"], {
    "cdktf.json": cdktf,
    "cdk.tf.json": { ...drift.json, data },
  });
  expect(exitCode).toBe(ExitCode.HOLDS);
});

test("colours mark what holds and what does not, where a terminal shows them", async () => {
  const files = { "cdktf.json": cdktf, "cdk.tf.json": new Drift(DEPLOYMENT).json };
  const { out } = await veeamPorts([...VERIFY, "cdk.tf.json"], files, true);
  expect(out).toMatch(/^\u001b\[32mVerified: /);
});

test("a deployment that is refused is refused as the app refuses it, and nothing is printed", async () => {
  const wrong = { context: { entraIdBackup: { ...DEPLOYMENT, consoles: [] } } };
  const { exitCode, out, err } = await veeamPorts([...VERIFY, "cdk.tf.json"], {
    "cdktf.json": wrong,
    "cdk.tf.json": {},
  });
  expect([exitCode, out]).toEqual([ExitCode.UNUSABLE, ""]);
  expect(err).toMatch(/^\d problems? in cdktf\.json\n {2}- consoles: /);
});

test("a Service Tags file says what the tags hold", async () => {
  const drift = new Drift({ ...DEPLOYMENT, postgresql: undefined } as DeploymentFile);
  drift.rule("backup-server", "allow-out-backup-server-to-entra-id").destination_address_prefix =
    "203.0.113.0/24";
  const files = {
    "cdktf.json": { context: { entraIdBackup: { ...DEPLOYMENT, postgresql: undefined } } },
    "cdk.tf.json": drift.json,
    "tags.json": {
      changeNumber: 1,
      cloud: "Public",
      values: [{ name: "AzureActiveDirectory", properties: { addressPrefixes: ["203.0.113.0/24"] } }],
    },
  };
  expect((await veeamPorts([...VERIFY, "cdk.tf.json"], files)).exitCode).toBe(ExitCode.DOES_NOT_HOLD);
  expect((await veeamPorts([...VERIFY, "--service-tags", "tags.json", "cdk.tf.json"], files)).exitCode).toBe(
    ExitCode.HOLDS,
  );
  const wrong = { ...files, "tags.json": { values: 7 } };
  const { err, exitCode } = await veeamPorts(
    [...VERIFY, "--service-tags", "tags.json", "cdk.tf.json"],
    wrong,
  );
  expect([exitCode, err]).toEqual([
    ExitCode.UNUSABLE,
    expect.stringMatching(/values is not a list of tags.*Download it from/),
  ]);
});

test("routes in the files count, even if the deployment does not mention them", async () => {
  const drift = new Drift(DEPLOYMENT);
  const { resource } = drift.json;
  const subnet = Object.keys(resource.azurerm_subnet).find((key) => key.includes("backup_server"));
  resource.azurerm_route_table = {
    r: { name: "r", route: [{ name: "d", address_prefix: "0.0.0.0/0", next_hop_type: "VirtualAppliance" }] },
  };
  resource.azurerm_subnet_route_table_association = {
    r: { subnet_id: `\${azurerm_subnet.${subnet}.id}`, route_table_id: "${azurerm_route_table.r.id}" },
  };
  // With such a route, VirtualNetwork may hold Microsoft's addresses.
  drift.addRule("backup-server", "deny-all-out", {
    name: "deny-east-west",
    priority: 105,
    destination_address_prefix: "VirtualNetwork",
  });
  const { proof } = await verification(drift);
  const missing = proof.missing.filter(({ flow }) => flow === "backup-server-to-entra-id");
  expect(missing).toMatchObject([{ blockedBy: { rule: "deny-east-west" } }]);
  delete resource.azurerm_subnet_route_table_association;
  const without = await verification(drift);
  expect(without.proof.missing.map(({ flow }) => flow)).not.toContain("backup-server-to-entra-id");
});
