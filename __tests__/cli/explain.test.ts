import { ExitCode } from "../../lib/cli/exit-code";
import type { Explanation } from "../../lib/proof/explain";
import { Drift } from "../support/oracle/drift";
import { veeamPorts } from "../support/tools/fake-io";
import { smallestDeployment } from "../support/deployments/sample-deployments";

const DEPLOYMENT = { ...smallestDeployment(), postgresql: { subnet: "10.20.0.32/28" } };
const FILES = {
  "cdktf.json": { context: { entraIdBackup: DEPLOYMENT } },
  "cdk.tf.json": new Drift(DEPLOYMENT).json,
};
const explain = (...args: string[]) => veeamPorts(["explain", ...args], FILES);

test("the rule that decides at each end is shown, and those that came before", async () => {
  const { out, exitCode } = await explain(
    "--from",
    "10.1.0.7",
    "--to",
    "backup-server",
    "--port",
    "443",
    "cdk.tf.json",
  );
  expect(out).toBe(
    [
      "10.1.0.7 -> backup-server port 443, TCP: allow",
      "  source: no network security group here",
      "  destination, backup-server: allow",
      "    group nsg-veeam-entra-backup-server (subnet, inbound): allow",
      "      rule allow-in-console-to-backup-server-rest-api (100) does not match: other destination port",
      "      rule allow-in-console-to-backup-server (110) decides: allow",
      "Assumptions:",
      "  - Security admin rules of Azure Virtual Network Manager are evaluated before groups, and are not read.",
      "  - Firewalls, appliances and routes on the way let the connection pass.",
      "  - The files contain no group for the source; any group there lets the connection pass.",
      "",
    ].join("\n"),
  );
  expect(exitCode).toBe(ExitCode.HOLDS);
});

const TO_DATABASE = ["--from", "backup-server", "--to", "postgresql", "--port", "5432"];

test.each<[string, string[], string, ExitCode]>([
  ["allowed", TO_DATABASE, "allow", ExitCode.HOLDS],
  [
    "denied",
    ["--from", "postgresql", "--to", "backup-server", "--port", "443"],
    "deny",
    ExitCode.DOES_NOT_HOLD,
  ],
  ["of another protocol", [...TO_DATABASE, "--protocol", "udp"], "deny", ExitCode.DOES_NOT_HOLD],
  ["of every port", ["--from", "backup-server", "--to", "postgresql"], "depends", ExitCode.DOES_NOT_HOLD],
  ["from a port", [...TO_DATABASE, "--source-port", "50000"], "allow", ExitCode.HOLDS],
  [
    "to a service tag",
    ["--from", "backup-server", "--to", "azureactivedirectory", "--port", "443"],
    "allow",
    ExitCode.HOLDS,
  ],
  [
    "at one end",
    ["--from", "10.9.0.4", "--to", "postgresql", "--direction", "inbound"],
    "deny",
    ExitCode.DOES_NOT_HOLD,
  ],
  [
    "as IP flow verify has it",
    ["--direction", "Inbound", "--local", "10.20.0.36:5432", "--remote", "10.20.0.4:60000"],
    "allow",
    ExitCode.HOLDS,
  ],
  [
    "as IP flow verify has it, outbound",
    ["--direction", "Outbound", "--local", "10.20.0.4:*", "--remote", "10.20.0.36:5433"],
    "deny",
    ExitCode.DOES_NOT_HOLD,
  ],
])(
  "a connection %s is answered alike from a file and from a deployment",
  async (_, args, verdict, exitCode) => {
    for (const source of [["cdk.tf.json"], ["--deployment", "cdktf.json"]]) {
      const { out, exitCode: ended } = await explain(...args, "--json", ...source);
      expect([(JSON.parse(out) as Explanation).verdict, ended]).toEqual([verdict, exitCode]);
    }
  },
);

test("IP flow verify's words become the same question", async () => {
  const { out } = await explain(
    "--direction",
    "outbound",
    "--local",
    "10.20.0.4:50000",
    "--remote",
    "10.20.0.36:5432",
    "--json",
    "cdk.tf.json",
  );
  expect((JSON.parse(out) as Explanation).query).toEqual({
    from: "10.20.0.4",
    sourcePort: 50000,
    to: "10.20.0.36",
    port: 5432,
    protocol: "Tcp",
    direction: "Outbound",
  });
});

test.each<[string, string[], string]>([
  ["no groups", TO_DATABASE, "Give FILEs, or --deployment cdktf.json"],
  [
    "both",
    [...TO_DATABASE, "--deployment", "cdktf.json", "cdk.tf.json"],
    "use veeam-ports verify --deployment",
  ],
  ["no connection", ["cdk.tf.json"], "The connection is missing. Give --from and --to"],
  ["half a connection", ["--from", "backup-server", "cdk.tf.json"], "The connection is missing"],
  ["two ways of asking", [...TO_DATABASE, "--local", "10.20.0.4", "cdk.tf.json"], "not both"],
  ["half a packet", ["--local", "10.20.0.4:1", "--remote", "10.20.0.5:1", "cdk.tf.json"], "with --direction"],
  [
    "ports twice",
    [
      "--direction",
      "inbound",
      "--local",
      "10.20.0.4:1",
      "--remote",
      "10.20.0.5:1",
      "--port",
      "1",
      "cdk.tf.json",
    ],
    "ports are written there",
  ],
  [
    "a packet without addresses",
    ["--direction", "inbound", "--local", "db:1", "--remote", "10.20.0.5:1", "cdk.tf.json"],
    'got "db:1"',
  ],
  [
    "a packet's port out of range",
    ["--direction", "inbound", "--local", "10.20.0.4:65536", "--remote", "10.20.0.5", "cdk.tf.json"],
    '--local: "65536" is not a port',
  ],
  [
    "a misspelt component",
    ["--from", "backup-sever", "--to", "postgresql", "cdk.tf.json"],
    'Did you mean "backup-server"?',
  ],
  [
    "a misspelt tag",
    ["--from", "backup-server", "--to", "AzureActivDirectory", "cdk.tf.json"],
    'Did you mean "AzureActiveDirectory"?',
  ],
  [
    "what is behind no group",
    ["--from", "10.9.0.4", "--to", "10.9.0.5", "cdk.tf.json"],
    "an end with a group: backup-server (10.20.0.0/27), postgresql (10.20.0.32/28). Use one of these ends.",
  ],
  [
    "a packet at a stranger",
    ["--direction", "inbound", "--local", "10.9.0.4:1", "--remote", "10.20.0.4:1", "cdk.tf.json"],
    "the requested end does not have a network security group",
  ],
  [
    "a prefix half within a subnet",
    ["--from", "10.20.0.0/24", "--to", "postgresql", "cdk.tf.json"],
    "Ask for one part.",
  ],
  [
    "an invalid port",
    [...TO_DATABASE.slice(0, -1), "70000", "cdk.tf.json"],
    "Give a whole number from 0 to 65535.",
  ],
  [
    "an unknown protocol",
    [...TO_DATABASE, "--protocol", "tpc", "cdk.tf.json"],
    "Give one of Tcp, Udp, Icmp, Esp, Ah, *.",
  ],
  [
    "an unknown direction",
    [...TO_DATABASE, "--direction", "in", "cdk.tf.json"],
    "Give one of Inbound, Outbound.",
  ],
])("%s is wrong usage, and what to change is said", async (_, args, message) => {
  const { exitCode, out, err } = await explain(...args);
  expect([exitCode, out]).toEqual([ExitCode.UNUSABLE, ""]);
  expect(err).toContain(message);
});

describe("a network interface with a group of its own", () => {
  const TO_ADDRESS = ["--from", "10.20.0.4", "--to", "10.20.0.36", "--port", "5432", "cdk.tf.json"];

  /** The stack with an interface in the database's subnet, whose group refuses everything. */
  function stackWith(ipConfiguration: object): object {
    const drift = new Drift(DEPLOYMENT);
    const { resource } = drift.json;
    const subnet = Object.keys(resource.azurerm_subnet).find((key) => key.includes("postgresql"));
    resource.azurerm_network_interface = {
      nic: {
        name: "nic-db",
        ip_configuration: [{ subnet_id: `\${azurerm_subnet.${subnet}.id}`, ...ipConfiguration }],
      },
    };
    resource.azurerm_network_security_group.nic = {
      name: "nsg-nic",
      security_rule: [drift.rule("postgresql", "deny-all-in")],
    };
    resource.azurerm_network_interface_security_group_association = {
      nic: {
        network_interface_id: "${azurerm_network_interface.nic.id}",
        network_security_group_id: "${azurerm_network_security_group.nic.id}",
      },
    };
    return drift.json;
  }

  test.each([
    ["its address is known", { private_ip_address: "10.20.0.36" }, "deny"],
    ["Azure chooses its address", { private_ip_address_allocation: "Dynamic" }, "depends"],
  ])("is told apart from its subnet where %s", async (_, ipConfiguration, verdict) => {
    const files = { "cdk.tf.json": stackWith(ipConfiguration) };
    const asked = async (args: readonly string[]) => {
      const { out, exitCode } = await veeamPorts(["explain", "--json", ...args], files);
      const { verdict: answer, dependsOn } = JSON.parse(out) as Explanation;
      return [answer, dependsOn, exitCode];
    };
    const whether = ["whether the destination is nic-db"];
    expect(await asked([...TO_DATABASE, "cdk.tf.json"])).toEqual([
      "depends",
      whether,
      ExitCode.DOES_NOT_HOLD,
    ]);
    expect(await asked(TO_ADDRESS)).toEqual([
      verdict,
      verdict === "depends" ? whether : [],
      ExitCode.DOES_NOT_HOLD,
    ]);
    expect(await asked(["--from", "backup-server", "--to", "nic-db", "cdk.tf.json"])).toEqual([
      "deny",
      [],
      ExitCode.DOES_NOT_HOLD,
    ]);
  });

  test("is shown at its subnet's end", async () => {
    const files = { "cdk.tf.json": stackWith({ private_ip_address_allocation: "Dynamic" }) };
    const { out } = await veeamPorts(["explain", ...TO_DATABASE, "cdk.tf.json"], files);
    expect(out).toMatch(
      /^backup-server -> postgresql port 5432, TCP: depends on whether the destination is nic-db\n/,
    );
    expect(out).toContain("\n  destination, nic-db: deny\n");
  });
});

test("a role of which there are several is answered with their names", async () => {
  const deployment = {
    ...DEPLOYMENT,
    gatewayServers: { gw1: { subnet: "10.20.0.64/28" }, gw2: { subnet: "10.20.0.80/28" } },
    cacheRepositories: { cache: { subnet: "10.20.0.96/28" } },
  };
  const { err } = await veeamPorts(
    ["explain", "--deployment", "cdktf.json", "--from", "cache-repository", "--to", "gateway-server"],
    { "cdktf.json": { context: { entraIdBackup: deployment } } },
  );
  expect(err).toContain("Write cache-repository-cache.");
});

test.each([
  ["5432", 32],
  ["5433", 31],
])("where a terminal shows colours, the verdict on port %s has one", async (port, color) => {
  const args = ["explain", "--from", "backup-server", "--to", "postgresql", "--port", port, "cdk.tf.json"];
  expect((await veeamPorts(args, FILES, true)).out).toMatch(
    new RegExp(
      `^\u001b\\[${color}mbackup-server -> postgresql port ${port}, TCP: (allow|deny)\u001b\\[39m\n  source`,
    ),
  );
});

describe("names that the report prints", () => {
  const deployment = {
    ...DEPLOYMENT,
    consoles: ["10.1.0.0/24", "10.1.7.0/24"],
    httpProxy: { addresses: ["10.9.0.4/32"], port: 3128 },
  };
  const to = (end: string) =>
    veeamPorts(
      ["explain", "--deployment", "cdktf.json", "--from", "backup-server", "--to", end, "--port", "5432"],
      {
        "cdktf.json": { context: { entraIdBackup: deployment } },
      },
    );

  test.each([
    ["a component elsewhere", "http-proxy", "deny"],
    ["a subnet", "snet-veeam-entra-postgresql", "allow"],
    ["a group", "nsg-veeam-entra-postgresql", "allow"],
  ])("%s is answered", async (_, end, verdict) => {
    expect((await to(end)).out).toContain(`backup-server -> ${end} port 5432, TCP: ${verdict}\n`);
  });

  test("an end with several prefixes is answered with them, never with another name", async () => {
    expect((await to("console")).err).toContain(
      'is at several addresses (got "console"). Allowed: one of 10.1.0.0/24, 10.1.7.0/24.',
    );
  });
});

test("an end has every name that the report and cdktf.json use for it", async () => {
  const deployment = {
    ...smallestDeployment(),
    virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.0.0.4"] },
    backupServer: { subnet: "10.20.0.0/27", type: "linux" },
    cacheRepositories: { cache: { on: "backupServer" } },
    backupRepositories: {
      hardened: { subnet: "10.20.0.64/27", type: "hardened" },
      far: { addresses: ["10.2.0.4/32"], type: "linux" },
    },
    services: { ntp: ["10.0.0.5/32"] },
    features: ["logBackup"],
  };
  const files = { "cdktf.json": { context: { entraIdBackup: deployment } } };
  const verdictOf = async (from: string): Promise<string> => {
    const target = ["--to", "backup-repository-hardened", "--port", "6162", "--json"];
    const { out } = await veeamPorts(
      ["explain", "--deployment", "cdktf.json", "--from", from, ...target],
      files,
    );
    return (JSON.parse(out) as Explanation).verdict;
  };
  const server = ["backup-server", "backupServer", "cache-repository-cache", "cacheRepositories.cache"];
  for (const name of [...server, "snet-veeam-entra-backup-server", "nsg-veeam-entra-backup-server"]) {
    expect([name, await verdictOf(name)]).toEqual([name, "allow"]);
  }
  const elsewhere = ["backup-repository-far", "backupRepositories.far", "console", "consoles", "DNS servers"];
  for (const name of [...elsewhere, "NTP servers", "services.ntp"]) {
    expect([name, await verdictOf(name)]).toEqual([name, "deny"]);
  }
});
