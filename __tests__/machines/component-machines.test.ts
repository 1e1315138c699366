import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  BackupResourceGroup,
  BackupVirtualNetwork,
  EntraIdBackup,
  HttpProxyMachine,
  type HttpProxyMachineProps,
  PackageSource,
  Peer,
  Port,
  PostgresqlMachine,
  type PostgresqlMachineProps,
} from "cdktf-veeam-entra-id";
import { customDataOf } from "../support/resources";

const sshPublicKey = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
const common = { size: "Standard_D4s_v5", adminUsername: "veeamadmin", sshPublicKey };
const password = {
  secretId:
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/pg",
};
const mirror = {
  url: "http://mirror.example.com/debian",
  securityUrl: "http://mirror.example.com/debian-security",
};

function deployment() {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const backup = new EntraIdBackup(stack, "backup", {
    name: "machines",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { subnet: "10.20.0.32/28", port: 5433 },
    httpProxy: { subnet: "10.20.0.48/28", port: 3128 },
  });
  if (!backup.postgresql || !backup.httpProxy) throw new Error("both are in the deployment");
  return { stack, backup, server: backup.postgresql, proxy: backup.httpProxy };
}

type Given = ReturnType<typeof deployment>;

function postgresqlMachine({ stack, backup, server }: Given, more: Partial<PostgresqlMachineProps> = {}) {
  return new PostgresqlMachine(stack, "postgresql", {
    ...common,
    server,
    backupServer: backup.backupServer,
    privateIpAddress: "10.20.0.36",
    dataDiskGib: 256,
    packageSource: PackageSource.mirror(mirror),
    packagesFrom: Peer.cidr("10.0.9.0/28"),
    packagePorts: Port.tcp(80),
    password: { ...password, vault: Peer.cidr("10.0.8.4/32") },
    ...more,
  });
}

function proxyMachine({ stack, backup, proxy }: Given, more: Partial<HttpProxyMachineProps> = {}) {
  return new HttpProxyMachine(stack, "proxy", {
    ...common,
    proxy,
    backupServer: backup.backupServer,
    privateIpAddress: "10.20.0.52",
    packageSource: PackageSource.image(),
    ...more,
  });
}

type Attributes = Readonly<Record<string, unknown>>;

const resources = (stack: TerraformStack): Record<string, Record<string, Attributes>> =>
  (JSON.parse(Testing.synth(stack, true)) as { resource: Record<string, Record<string, Attributes>> })
    .resource;

test("the PostgreSQL machine stands behind its group, and what it connects to is declared and proven", () => {
  const given = deployment();
  postgresqlMachine(given);
  const made = resources(given.stack);
  const [machine] = Object.values(made.azurerm_linux_virtual_machine);
  expect(machine.name).toBe("vm-machines-postgresql");
  expect(JSON.stringify(machine.depends_on)).toContain(
    "azurerm_subnet_network_security_group_association.backup_postgresql",
  );
  expect(given.backup.proof.holds).toBe(true);
  const asked = given.backup.flows.filter(({ from }) => from.label === "postgresql");
  expect(asked.map(({ to, ports }) => `${to.label} ${ports.join()}`)).toEqual([
    "10.0.8.4/32 443",
    "10.0.9.0/28 80",
  ]);
});

/** What the one machine of a stack reads at its first boot. */
function userDataOf(stack: TerraformStack): string {
  return customDataOf(Object.values(resources(stack).azurerm_linux_virtual_machine)[0]);
}

test("the server listens where the flows lead: on the deployment's port, for the backup server's subnet", () => {
  const given = deployment();
  postgresqlMachine(given);
  const userData = userDataOf(given.stack);
  expect(userData).toMatch(/^#cloud-config/);
  expect(userData).toContain("port = 5433");
  expect(userData).toMatch(/host\w*\s+all\s+\S+\s+10\.20\.0\.0\/27\s+scram-sha-256/);
});

test("a secret whose id is known only at apply is found by Terraform", () => {
  const given = deployment();
  const secretId = new TerraformVariable(given.stack, "secret", { type: "string" }).stringValue;
  postgresqlMachine(given, { password: { secretId, vault: Peer.cidr("10.0.8.4/32") } });
  const [{ custom_data }] = Object.values(resources(given.stack).azurerm_linux_virtual_machine);
  expect(custom_data).toContain('element(split("/", var.secret), 8)');
  expect(custom_data).toContain('element(split("/", var.secret), 10)');
});

test("packages through the HTTP proxy are declared at both ends", () => {
  const given = deployment();
  const { proxy, server } = given;
  proxyMachine(given, {
    packageSource: PackageSource.mirror(mirror),
    packagesFrom: Peer.cidr("10.0.9.0/28"),
    mirrors: { hosts: ["mirror.example.com"], clients: [server] },
  });
  postgresqlMachine(given, {
    packageSource: PackageSource.httpProxy({ ...mirror, proxyAddress: "10.20.0.52", proxyPort: 3128 }),
    packagesFrom: proxy,
    packagePorts: Port.tcp(3128),
  });
  const rules = Object.values(resources(given.stack).azurerm_network_security_group).flatMap((group) =>
    (group.security_rule as { name: string }[]).map(({ name }) => `${String(group.name)} ${name}`),
  );
  expect(rules).toEqual(
    expect.arrayContaining([
      "nsg-machines-postgresql allow-out-postgresql-to-http-proxy-tcp-3128",
      "nsg-machines-http-proxy allow-in-postgresql-to-http-proxy-tcp-3128",
    ]),
  );
  expect(given.backup.proof.holds).toBe(true);
});

test.each<[string, (given: Given) => unknown, RegExp]>([
  [
    "an address out of the subnet",
    (given) => postgresqlMachine(given, { privateIpAddress: "10.20.0.64" }),
    /privateIpAddress.*10\.20\.0\.32\/28/,
  ],
  [
    "an address that Azure keeps",
    (given) => postgresqlMachine(given, { privateIpAddress: "10.20.0.35" }),
    /not among its first four/,
  ],
  [
    "packages from nowhere",
    (given) => postgresqlMachine(given, { packagesFrom: undefined }),
    /packagesFrom: is missing/,
  ],
  [
    "a way for packages that nobody fetches",
    (given) => proxyMachine(given, { packagesFrom: Peer.cidr("10.0.9.0/28") }),
    /packagesFrom: is given/,
  ],
  ["PostgreSQL 16", (given) => postgresqlMachine(given, { version: 16 }), /16/],
])("%s is refused", (_, act, message) => {
  expect(() => act(deployment())).toThrow(message);
});
