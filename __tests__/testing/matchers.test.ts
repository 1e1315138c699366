import { expect as jestExpect } from "@jest/globals";
import { DEFAULT_REVISION } from "../../lib/ports/revisions";
import { type TerraformStack, Testing } from "cdktf";
import type { DeploymentFile } from "../../lib/app/schema";
import { propsOfDeployment } from "../../lib/app/props";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { Direction, Protocol } from "../../lib/azure/security-rule";
import { veeamMatchers } from "../../lib/testing";
import "../../lib/testing/jest-globals";
import { newStack } from "../support/tools/synthesized";

expect.extend(veeamMatchers);

const DEPLOYMENT: DeploymentFile = {
  name: "veeam-entra",
  location: "westeurope",
  resourceGroup: "rg-veeam-entra",
  virtualNetwork: { addressSpace: ["10.20.0.0/24"] },
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27" },
  postgresql: { subnet: "10.20.0.32/28" },
};

function deployed(): { stack: TerraformStack; backup: EntraIdBackup } {
  const stack = newStack();
  return { stack, backup: new EntraIdBackup(stack, "backup", propsOfDeployment(DEPLOYMENT)) };
}

/** Opens PostgreSQL to the whole network, past the construct. */
function widened(): TerraformStack {
  const { stack, backup } = deployed();
  backup.postgresql?.networkSecurityGroup?.addOverride(
    "security_rule.0.source_address_prefix",
    "10.20.0.0/24",
  );
  return stack;
}

const TO_DATABASE = { from: "backup-server", to: "postgresql", port: 5432 } as const;
const FROM_DATABASE = { from: "postgresql", to: "backup-server", port: 443 } as const;

/** The message with which an expectation fails. */
function failureOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the expectation holds");
}

describe.each([
  ["a stack", (stack: TerraformStack): unknown => stack],
  ["the text that a stack is synthesized to", (stack: TerraformStack): unknown => Testing.synth(stack)],
  ["the object in that text", (stack: TerraformStack): unknown => JSON.parse(Testing.synth(stack))],
])("of %s", (_, form) => {
  test("what passes is allowed and not denied, and the other way round", () => {
    const received = form(deployed().stack);
    expect(received).toAllowFlow(TO_DATABASE);
    expect(received).not.toDenyFlow(TO_DATABASE);
    expect(received).toDenyFlow(FROM_DATABASE);
    expect(received).not.toAllowFlow(FROM_DATABASE);
  });

  test("the groups match the deployment, until someone overrides a rule", () => {
    expect(form(deployed().stack)).toMatchPortTable(DEPLOYMENT);
    expect(form(widened())).not.toMatchPortTable(DEPLOYMENT);
  });
});

test.each([
  ["a protocol as the command prints it", { ...TO_DATABASE, protocol: "Udp" as const }],
  ["another protocol", { ...TO_DATABASE, protocol: "udp" as const }],
  ["every protocol", { ...TO_DATABASE, protocol: Protocol.ANY }],
  ["every port", { from: "backup-server", to: "postgresql" }],
])("%s is another flow", (_, flow) => {
  expect(deployed().stack).not.toAllowFlow(flow);
});

test("one end can be asked alone", () => {
  const { stack, backup } = deployed();
  backup.postgresql?.networkSecurityGroup?.addOverride("security_rule.0.destination_port_range", "5433");
  const flow = { ...TO_DATABASE, port: 5433 };
  expect(stack).toDenyFlow(flow);
  expect(stack).toAllowFlow({ ...flow, direction: Direction.INBOUND });
});

test("what depends on what nobody knows is neither allowed nor denied", () => {
  const { stack, backup } = deployed();
  backup.postgresql?.networkSecurityGroup?.addOverride(
    "security_rule.0.source_address_prefix",
    "${var.somewhere}",
  );
  expect(stack).not.toAllowFlow(TO_DATABASE);
  expect(stack).not.toDenyFlow(TO_DATABASE);
});

describe("a failure explains", () => {
  test("which rule refuses what was to be allowed", () => {
    expect(failureOf(() => expect(deployed().stack).toAllowFlow(FROM_DATABASE))).toBe(
      [
        "expected the groups to allow the flow",
        "",
        "postgresql -> backup-server port 443, TCP: deny",
        "  source, postgresql: deny",
        "    group nsg-veeam-entra-postgresql (subnet, outbound): deny",
        "      rule deny-all-out (4096) decides: deny",
        "  destination, backup-server: deny",
        "    group nsg-veeam-entra-backup-server (subnet, inbound): deny",
        "      rule allow-in-console-to-backup-server-rest-api (100) does not match: other source, other destination port",
        "      rule allow-in-console-to-backup-server (110) does not match: other source",
        "      rule deny-all-in (4096) decides: deny",
      ].join("\n"),
    );
  });

  test("which rule allows what was not to be", () => {
    const message = failureOf(() => expect(deployed().stack).not.toAllowFlow(TO_DATABASE));
    expect(message).toMatch(/^expected the groups not to allow the flow\n/);
    expect(message).toContain("rule allow-in-backup-server-to-postgresql (120) decides: allow");
    expect(failureOf(() => expect(deployed().stack).toDenyFlow(TO_DATABASE))).toMatch(
      /^expected the groups to deny the flow\n/,
    );
  });

  test("connections that the port table does not ask for", () => {
    const message = failureOf(() => expect(widened()).toMatchPortTable());
    expect(message).toContain(
      `expected the groups to allow exactly the flows of port table ${DEFAULT_REVISION}\n\nVerification failed`,
    );
    expect(message).toContain(
      "postgresql (destination) allows more than its flows: rule allow-in-backup-server-to-postgresql (120) of nsg-veeam-entra-postgresql allows",
    );
  });

  test("that the port table is matched where it was not to be", () => {
    expect(failureOf(() => expect(deployed().stack).not.toMatchPortTable())).toBe(
      `expected the groups not to allow exactly the flows of port table ${DEFAULT_REVISION}, but they do`,
    );
  });

  test("which revision the stack follows", () => {
    expect(failureOf(() => expect(deployed().stack).toMatchPortTable("13.0.1.2067@2026-03-31"))).toBe(
      `expected the port table 13.0.1.2067@2026-03-31, but the stack uses ${DEFAULT_REVISION}`,
    );
  });
});

test("a stack matches the revision that its constructs follow", () => {
  expect(deployed().stack).toMatchPortTable(DEFAULT_REVISION);
  expect(widened()).not.toMatchPortTable(DEFAULT_REVISION);
});

test("a group that was removed from its subnet does not match", () => {
  const { stack, backup } = deployed();
  backup.postgresql?.association?.addOverride("subnet_id", "${azurerm_subnet.elsewhere.id}");
  expect(failureOf(() => expect(stack).toMatchPortTable())).toContain(
    "the deployment says 10.20.0.32/28, snet-veeam-entra-postgresql of vnet-veeam-entra, which has no group.",
  );
});

test.each<[string, () => void, string]>([
  [
    "a misspelt component",
    () => expect(deployed().stack).toAllowFlow({ ...TO_DATABASE, to: "postgresq" }),
    'Did you mean "postgresql"?',
  ],
  [
    "a misspelt component under not",
    () => expect(deployed().stack).not.toAllowFlow({ ...TO_DATABASE, to: "postgresq" }),
    'Did you mean "postgresql"?',
  ],
  [
    "an unknown protocol",
    () => expect(deployed().stack).toAllowFlow({ ...TO_DATABASE, protocol: "tpc" as "tcp" }),
    "Write one of Tcp, Udp",
  ],
  [
    "a misspelt revision",
    () => expect(deployed().stack).toMatchPortTable("13.1.0.411@2026-08-04"),
    'Did you mean "13.1.0.411@2026-08-03"?',
  ],
  [
    "a deployment that is refused",
    () => expect(deployed().stack).toMatchPortTable({ ...DEPLOYMENT, consoles: [] }),
    "in the deployment expected\n  - consoles",
  ],
  [
    "a flow between strangers",
    () => expect(deployed().stack).toAllowFlow({ from: "10.9.0.4", to: "10.9.0.5" }),
    "neither end has a network security group",
  ],
  [
    "JSON without a deployment",
    () => expect(Testing.synth(deployed().stack)).toMatchPortTable(),
    "the stack contains no deployment",
  ],
  [
    "a value that is not a stack",
    () => expect({ resources: [] }).toAllowFlow(TO_DATABASE),
    "the value given to expect()",
  ],
  ["a text that is not JSON", () => expect("a stack").toAllowFlow(TO_DATABASE), "Give the stack itself"],
])("%s is an error that says what to change", (_, expectation, message) => {
  expect(failureOf(expectation)).toContain(message);
});

test("the expect of @jest/globals has the matchers, and their types", () => {
  const { stack } = deployed();
  jestExpect(stack).toAllowFlow({ from: "backup-server", to: "postgresql", protocol: "Tcp", port: 5432 });
  jestExpect(stack).not.toDenyFlow(TO_DATABASE);
  jestExpect(stack).toMatchPortTable();
  // @ts-expect-error: a flow has two ends
  expect(failureOf(() => jestExpect(stack).toAllowFlow({ from: "backup-server" }))).toBe(
    "to: is missing. Write a name from the report, an address or a prefix.",
  );
});
