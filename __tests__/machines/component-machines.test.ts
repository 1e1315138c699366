import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  BackupNetwork,
  BackupResourceGroup,
  BackupServer,
  BackupServerMachine,
  BackupVirtualNetwork,
  type DebianRelease,
  DiskType,
  DocumentedFlows,
  EntraIdBackup,
  type EntraIdBackupProps,
  ExistingSubnet,
  HttpProxyMachine,
  LinuxServerMachine,
  OperatingSystem,
  type HttpProxyMachineProps,
  PackageSource,
  Peer,
  Port,
  PostgresqlMachine,
  type PostgresqlMachineProps,
  PostgresqlServer,
  type PostgresqlTls,
} from "cdktf-veeam-entra-id";
import { refusalLines } from "../support/expected/refusals";
import { customDataOf } from "../support/tools/resources";

const sshPublicKey = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
const common = { size: "Standard_D4s_v5", adminUsername: "veeamadmin", sshPublicKey };
const password = {
  secretId:
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/pg",
};
const debian = {
  url: "http://mirror.example.com/debian",
  securityUrl: "http://mirror.example.com/debian-security",
};
const mirror = { ...debian, peer: Peer.cidr("10.0.9.0/28") };

function deployment(more: Partial<EntraIdBackupProps> = {}, beside?: TerraformStack) {
  const stack = beside ?? new TerraformStack(Testing.app(), "stack");
  if (!beside) new AzurermProvider(stack, "azurerm", { features: [{}] });
  const backup = new EntraIdBackup(stack, beside ? "other" : "backup", {
    name: "machines",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { subnet: "10.20.0.32/28", port: 5433 },
    httpProxy: { subnet: "10.20.0.48/28", port: 3128 },
    ...more,
  });
  const { postgresql, httpProxy } = backup;
  if (!postgresql || !httpProxy) throw new Error("both are in the deployment");
  return { stack, backup, postgresql, httpProxy };
}

type Given = ReturnType<typeof deployment>;

function postgresqlMachine({ stack, backup, postgresql }: Given, more: Partial<PostgresqlMachineProps> = {}) {
  return new PostgresqlMachine(stack, "postgresql", {
    ...common,
    postgresql,
    backupServer: backup.backupServer,
    privateIpAddress: "10.20.0.36",
    dataDisk: { sizeGib: 256 },
    packageSource: PackageSource.mirror(mirror),
    password: { ...password, vault: Peer.cidr("10.0.8.4/32") },
    ...more,
  });
}

function proxyMachine({ stack, backup, httpProxy }: Given, more: Partial<HttpProxyMachineProps> = {}) {
  return new HttpProxyMachine(stack, "proxy", {
    ...common,
    httpProxy,
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

test("the PostgreSQL machine is behind its group, and what it connects to is declared and proven", () => {
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

test("packages from Debian's own image, which lacks them, are a warning; those of an image of one's own are not", () => {
  const warningsOf = (machine: PostgresqlMachine | HttpProxyMachine): string[] =>
    machine.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
  const imageId = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/images/debian";
  const packageSource = PackageSource.image();
  expect(warningsOf(postgresqlMachine(deployment(), { packageSource }))).toEqual([
    expect.stringMatching(/^packageSource: is the image, but Debian's own image does not have the packages/),
  ]);
  expect(warningsOf(proxyMachine(deployment()))).toHaveLength(1);
  expect(warningsOf(postgresqlMachine(deployment(), { packageSource, imageId }))).toEqual([]);
  expect(warningsOf(postgresqlMachine(deployment()))).toEqual([]);
});

test("the data disk is as it is described, and the machine looks for it there", () => {
  const given = deployment();
  const dataDisk = { sizeGib: 512, type: DiskType.STANDARD_SSD, lun: 7, preventDestroy: true };
  postgresqlMachine(given, { dataDisk });
  const made = resources(given.stack);
  expect(Object.values(made.azurerm_managed_disk)).toMatchObject([
    { disk_size_gb: 512, storage_account_type: "StandardSSD_LRS", lifecycle: { prevent_destroy: true } },
  ]);
  expect(Object.values(made.azurerm_virtual_machine_data_disk_attachment)).toMatchObject([{ lun: 7 }]);
  expect(userDataOf(given.stack)).toContain("DATA_DISK_LUN='7'");
});

test("a secret whose id is known only at apply is found by Terraform", () => {
  const given = deployment();
  const secretId = new TerraformVariable(given.stack, "secret", { type: "string" }).stringValue;
  postgresqlMachine(given, { password: { secretId, vault: Peer.cidr("10.0.8.4/32") } });
  const [{ custom_data }] = Object.values(resources(given.stack).azurerm_linux_virtual_machine);
  expect(custom_data).toContain('element(split("/", var.secret), 8)');
  expect(custom_data).toContain('element(split("/", var.secret), 10)');
});

/** What the machines of a deployment fetch packages from, by the flows that are declared. */
const fetched = ({ backup }: Given): string[] =>
  backup.flows
    .filter(({ reason }) => reason === "packages and security updates")
    .map(({ from, to, protocol, ports }) => `${from.label} -> ${to.label} ${protocol} ${ports.join()}`);

describe("the source of packages says what is connected to:", () => {
  const peer = Peer.cidr("10.0.9.0/28");
  test.each<[string, PackageSource, string[]]>([
    ["nothing where the image has all", PackageSource.image(), []],
    [
      "a mirror on the ports of its addresses",
      PackageSource.mirror({
        url: "https://mirror.example.com:8443/debian",
        securityUrl: "http://mirror.example.com/debian-security",
        peer,
      }),
      ["http-proxy -> 10.0.9.0/28 Tcp 80,8443"],
    ],
    [
      "a firewall on the ports of http and https",
      PackageSource.firewall({ peer }),
      ["http-proxy -> 10.0.9.0/28 Tcp 80,443"],
    ],
    [
      "a firewall on ports of its own",
      PackageSource.firewall({ peer, ports: [8080] }),
      ["http-proxy -> 10.0.9.0/28 Tcp 8080"],
    ],
  ])("%s", (_, packageSource, flows) => {
    const given = deployment();
    proxyMachine(given, { packageSource });
    expect(fetched(given)).toEqual(flows);
    expect(given.backup.proof.holds).toBe(true);
  });
});

describe("packages through the HTTP proxy", () => {
  const urls = [debian.url, debian.securityUrl];
  /** What PostgreSQL's machine reads at its first boot. */
  const userDataOfServer = ({ stack }: Given): string =>
    customDataOf(
      Object.values(resources(stack).azurerm_linux_virtual_machine).find(
        ({ name }) => name === "vm-machines-postgresql",
      ) ?? {},
    );

  test("are declared at both ends, and lead where the proxy's machine is", () => {
    const given = deployment();
    proxyMachine(given, {
      packageSource: PackageSource.mirror(mirror),
      mirrors: { urls, clients: [given.postgresql] },
    });
    postgresqlMachine(given, { packageSource: PackageSource.httpProxy(given.httpProxy, debian) });
    const made = resources(given.stack);
    const rules = Object.values(made.azurerm_network_security_group).flatMap((group) =>
      (group.security_rule as { name: string }[]).map(({ name }) => `${String(group.name)} ${name}`),
    );
    expect(rules).toEqual(
      expect.arrayContaining([
        "nsg-machines-postgresql allow-out-postgresql-to-http-proxy-tcp-3128",
        "nsg-machines-http-proxy allow-in-postgresql-to-http-proxy-tcp-3128",
      ]),
    );
    expect(fetched(given)).toEqual(["postgresql -> http-proxy Tcp 3128", "http-proxy -> 10.0.9.0/28 Tcp 80"]);
    expect(userDataOfServer(given)).toContain('Acquire::http::Proxy "http://10.20.0.52:3128/";');
    expect(given.backup.proof.holds).toBe(true);
  });

  test("open the proxy's way to mirrors that are not where its own packages come from", () => {
    const given = deployment();
    const secure = { url: "https://apt.example.com/debian", securityUrl: "https://apt.example.com/security" };
    proxyMachine(given, {
      mirrors: {
        urls: [secure.url, secure.securityUrl],
        clients: [given.postgresql],
        peer: Peer.cidr("10.0.7.0/28"),
      },
    });
    postgresqlMachine(given, { packageSource: PackageSource.httpProxy(given.httpProxy, secure) });
    expect(fetched(given)).toEqual([
      "postgresql -> http-proxy Tcp 3128",
      "http-proxy -> 10.0.7.0/28 Tcp 443",
    ]);
  });

  test("of one place open one rule", () => {
    const given = deployment();
    proxyMachine(given, {
      packageSource: PackageSource.mirror(mirror),
      mirrors: {
        urls: ["https://mirror.example.com/debian"],
        clients: [given.postgresql],
        peer: Peer.cidr("10.0.9.0/28"),
      },
    });
    expect(fetched(given)).toEqual(["http-proxy -> 10.0.9.0/28 Tcp 80,443"]);
  });

  test.each<[string, string[], string | undefined, string]>([
    ["the only address that it can have", ["10.2.0.4/32"], undefined, "10.2.0.4"],
    ["the address given", ["10.2.0.0/27"], "10.2.0.5", "10.2.0.5"],
  ])("lead to a proxy elsewhere at %s", (_, addresses, proxyAddress, expected) => {
    const given = deployment({ httpProxy: { addresses, port: 3129 } });
    postgresqlMachine(given, {
      packageSource: PackageSource.httpProxy(given.httpProxy, { ...debian, proxyAddress }),
    });
    expect(userDataOfServer(given)).toContain(`Acquire::http::Proxy "http://${expected}:3129/";`);
    expect(fetched(given)).toEqual(["postgresql -> http-proxy Tcp 3129"]);
  });

  test("are refused at synthesis where the proxy's machine, made later, does not agree", () => {
    const given = deployment();
    postgresqlMachine(given, {
      packageSource: PackageSource.httpProxy(given.httpProxy, { ...debian, proxyAddress: "10.20.0.53" }),
    });
    expect(() => resources(given.stack)).not.toThrow();
    proxyMachine(given);
    expect(() => resources(given.stack)).toThrow(
      /packageSource\.proxyAddress: is already known from the proxy's machine.*got "10\.20\.0\.53"[^]*packageSource\.url: is not a mirror that the HTTP proxy's machine, stack\/proxy, allows for this machine/,
    );
  });

  test.each<[string, (given: Given) => unknown, RegExp]>([
    [
      "without an address of the proxy",
      (given) =>
        postgresqlMachine(given, { packageSource: PackageSource.httpProxy(given.httpProxy, debian) }),
      /packageSource\.proxyAddress: is missing/,
    ],
    [
      "at an address where the proxy is not",
      (given) =>
        postgresqlMachine(given, {
          packageSource: PackageSource.httpProxy(given.httpProxy, { ...debian, proxyAddress: "10.20.0.70" }),
        }),
      /packageSource\.proxyAddress: is not an address of the HTTP proxy \(got "10\.20\.0\.70"\)\. Allowed: an address in 10\.20\.0\.48\/28/,
    ],
    [
      "to which the proxy's machine lets nobody through",
      (given) => {
        proxyMachine(given, {
          packageSource: PackageSource.mirror(mirror),
          mirrors: { urls: [debian.url], clients: [given.postgresql] },
        });
        postgresqlMachine(given, {
          packageSource: PackageSource.httpProxy(given.httpProxy, {
            ...debian,
            securityUrl: "https://mirror.example.com/debian-security",
          }),
        });
      },
      /1 problem in stack\/postgresql\n.*packageSource\.securityUrl: is not a mirror that/,
    ],
    [
      "to which the proxy's machine lets others through",
      (given) => {
        proxyMachine(given, {
          packageSource: PackageSource.mirror(mirror),
          mirrors: { urls, clients: [given.backup.backupServer] },
        });
        postgresqlMachine(given, { packageSource: PackageSource.httpProxy(given.httpProxy, debian) });
      },
      /2 problems in stack\/postgresql/,
    ],
    [
      "of the proxy itself",
      (given) => proxyMachine(given, { packageSource: PackageSource.httpProxy(given.httpProxy, debian) }),
      /packageSource: is the HTTP proxy on the same machine/,
    ],
    [
      "at a mirror on a port that the proxy refuses",
      (given) =>
        postgresqlMachine(given, {
          packageSource: PackageSource.httpProxy(given.httpProxy, {
            ...debian,
            url: "http://mirror.example.com:8080/debian",
            proxyAddress: "10.20.0.52",
          }),
        }),
      /packageSource\.url: is on a port that the HTTP proxy refuses/,
    ],
    [
      "whose mirrors are named badly, all at once",
      (given) =>
        proxyMachine(given, {
          mirrors: { urls: ["http://10.0.9.4/debian", "http://mirror.example.com:8080/"], clients: [] },
        }),
      /4 problems[^]*mirrors\.urls\[0\]: is not a fully qualified host name[^]*mirrors\.urls\[1\]: is on a port[^]*mirrors\.clients: is empty[^]*mirrors\.peer: is missing/,
    ],
    [
      "from no mirror at all",
      (given) =>
        proxyMachine(given, { mirrors: { urls: [], clients: [given.postgresql], peer: mirror.peer } }),
      /1 problem[^]*mirrors\.urls: is empty/,
    ],
  ])("are refused %s", (_, act, message) => {
    expect(() => act(deployment())).toThrow(message);
  });
});

describe("the backup server of a machine", () => {
  const other: Partial<EntraIdBackupProps> = {
    name: "other",
    resourceGroup: BackupResourceGroup.create("rg-other"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.21.0.0/24"] }),
    backupServer: { subnet: "10.21.0.0/27" },
    postgresql: { subnet: "10.21.0.32/28" },
    httpProxy: { subnet: "10.21.0.48/28", port: 3128 },
  };

  test("is that of the same deployment, or the synthesis is refused", () => {
    const given = deployment();
    const { backup } = deployment(other, given.stack);
    postgresqlMachine(given, { backupServer: backup.backupServer });
    proxyMachine(given, { backupServer: backup.backupServer });
    const from = "backupServer: is stack/other/backup-server, which has no flow to stack/backup/";
    expect(() => resources(given.stack)).toThrow(
      new RegExp(
        `${from}postgresql\\. Allowed: the backup server of the same deployment\\.[^]*${from}http-proxy`,
      ),
    );
  });

  test.each<[string, (server: BackupServer, postgresql: PostgresqlServer) => void]>([
    [
      "the documented flows join",
      (server, postgresql) => {
        new DocumentedFlows(server, "flows", { components: [server, postgresql] });
      },
    ],
    [
      "a connection of the user's own joins",
      (server, postgresql) => {
        for (const component of [server, postgresql]) {
          new DocumentedFlows(component, "flows", { components: [component] });
        }
        postgresql.connections.allowFrom(server, Port.tcp(5432), "the Entra ID repository");
      },
    ],
  ])("can be one that %s to it after the machine is made, also from another network", (_, join) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    const network = (name: string, third: number): BackupNetwork =>
      new BackupNetwork(stack, name, {
        name,
        location: "westeurope",
        resourceGroup: BackupResourceGroup.create(`rg-${name}`),
        virtualNetwork: BackupVirtualNetwork.create({ addressSpace: [`10.${third}.0.0/24`] }),
      });
    const server = new BackupServer(stack, "server", { network: network("hub", 30), subnet: "10.30.0.0/27" });
    const postgresql = new PostgresqlServer(stack, "postgresql", {
      network: network("spoke", 31),
      subnet: "10.31.0.0/28",
    });
    new PostgresqlMachine(stack, "machine", {
      ...common,
      postgresql,
      backupServer: server,
      privateIpAddress: "10.31.0.4",
      dataDisk: { sizeGib: 64 },
      packageSource: PackageSource.image(),
      password: { ...password, vault: Peer.cidr("10.0.8.4/32") },
    });
    expect(() => resources(stack)).toThrow(/backupServer: is stack\/server, which has no flow/);
    join(server, postgresql);
    expect(() => resources(stack)).not.toThrow();
  });
});

describe("props that no compiler has seen", () => {
  test.each<[string, Partial<PostgresqlMachineProps>, string[]]>([
    ["no password", { password: undefined }, ["password.secretId: is missing", "password.vault: is missing"]],
    ["a disk that is a number", { dataDisk: 256 as never }, ["dataDisk.sizeGib: is missing"]],
    [
      "the name of a component",
      { backupServer: "backup-server" as never },
      ["backupServer: is not a component"],
    ],
    [
      "a source of packages by its name",
      { packageSource: "image" as never },
      ["packageSource: is not a PackageSource"],
    ],
    ["a zone that is a number", { zone: 1 as never }, ["zone: is not a string"]],
  ])("%s", (_title, props, lines) => {
    const found = refusalLines(() => postgresqlMachine(deployment(), props));
    expect(found.map((line) => line.replace(/( \(got .*\))?\. Allowed: .*/, ""))).toEqual(lines);
  });

  test("nothing at all", () => {
    const { stack } = deployment();
    for (const Machine of [PostgresqlMachine, HttpProxyMachine, LinuxServerMachine, BackupServerMachine]) {
      const found = refusalLines(() => new Machine(stack, Machine.name, undefined as never));
      expect(found).toContainEqual(expect.stringMatching(/^backupServer: is missing/));
    }
  });
});

describe("a component without a subnet that is made here has no machine:", () => {
  const subnet = (name: string): string =>
    `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/${name}`;
  test.each<[string, Partial<EntraIdBackupProps>]>([
    [
      "existing subnets",
      {
        virtualNetwork: BackupVirtualNetwork.fromName({
          name: "v",
          resourceGroup: "rg",
          addressSpace: ["10.20.0.0/24"],
          dnsServers: [],
        }),
        postgresql: { existingSubnet: ExistingSubnet.dedicated(subnet("p"), "10.22.0.32/28") },
        httpProxy: {
          existingSubnet: ExistingSubnet.dedicated(subnet("h"), "10.22.0.48/28"),
          port: 3128,
        },
      },
    ],
    [
      "subnets inside the virtual network",
      {
        virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"], inlineSubnets: true }),
      },
    ],
    [
      "addresses",
      { postgresql: { addresses: ["10.2.0.32/28"] }, httpProxy: { addresses: ["10.2.0.48/28"], port: 3128 } },
    ],
    [
      "a shared machine",
      { postgresql: { on: "backupServer" }, httpProxy: { on: "backupServer", port: 3128 } },
    ],
  ])("%s", (_, more) => {
    const given = deployment(more);
    const words =
      "subnet: is not a subnet that this deployment creates as a separate resource, so it cannot contain a machine";
    expect(() => postgresqlMachine(given)).toThrow(new RegExp(`1 problem in .*\n.*postgresql\\.${words}`));
    expect(() => proxyMachine(given)).toThrow(new RegExp(`1 problem in .*\n.*httpProxy\\.${words}`));
  });
});

test("a component that is said to run Windows has no machine made for it, which would run Debian", () => {
  const type = OperatingSystem.WINDOWS;
  const given = deployment({
    postgresql: { subnet: "10.20.0.32/28", type },
    httpProxy: { subnet: "10.20.0.48/28", port: 3128, type },
  });
  const words = 'does not match the machine, which runs Debian (got "windows"). ';
  expect(refusalLines(() => postgresqlMachine(given))).toEqual([
    expect.stringContaining(`postgresql.type: ${words}`),
  ]);
  expect(refusalLines(() => proxyMachine(given))).toEqual([
    expect.stringContaining(`httpProxy.type: ${words}`),
  ]);
});

test("everything that is wrong with a machine is said at once, each value once", () => {
  const given = deployment();
  const lines = refusalLines(() =>
    postgresqlMachine(given, {
      privateIpAddress: "10.20.0",
      size: "large",
      adminUsername: "root",
      sshPublicKey: "none",
      release: "sid" as DebianRelease,
      imageId: "debian",
      zone: "4",
      superuser: "postgres",
      tls: "maybe" as PostgresqlTls,
      dataDisk: { sizeGib: 3, lun: 64 },
      packageSource: PackageSource.httpProxy(given.httpProxy, { ...debian, url: "ftp://mirror" }),
      password: { secretId: "/kv/pg", vault: mirror.peer },
    }),
  );
  expect(lines.map((line) => line.split(": ")[0])).toEqual([
    "privateIpAddress",
    "size",
    "zone",
    "adminUsername",
    "sshPublicKey",
    "imageId",
    "dataDisk.sizeGib",
    "dataDisk.lun",
    "packageSource.url",
    "packageSource.proxyAddress",
    "release",
    "superuser",
    "tls",
    "password.secretId",
  ]);
  const ofProxy = refusalLines(() =>
    proxyMachine(given, {
      privateIpAddress: "10.20.0.63",
      size: "large",
      packageSource: PackageSource.mirror({ ...mirror, url: "ftp://mirror" }),
    }),
  );
  expect(ofProxy.map((line) => line.split(": ")[0])).toEqual([
    "privateIpAddress",
    "size",
    "packageSource.url",
  ]);
});

test.each<[string, (given: Given) => unknown, RegExp]>([
  [
    "a second machine of one PostgreSQL server",
    (given) => {
      postgresqlMachine(given);
      new PostgresqlMachine(given.stack, "second", {
        ...common,
        postgresql: given.postgresql,
        backupServer: given.backup.backupServer,
        privateIpAddress: "10.20.0.37",
        dataDisk: { sizeGib: 64 },
        packageSource: PackageSource.image(),
        password: { ...password, vault: mirror.peer },
      });
    },
    /1 problem in stack\/second\n.*postgresql: already has a machine, stack\/postgresql\. Allowed: one machine/,
  ],
  [
    "a second machine of one HTTP proxy",
    (given) => {
      proxyMachine(given);
      new HttpProxyMachine(given.stack, "second", {
        ...common,
        httpProxy: given.httpProxy,
        backupServer: given.backup.backupServer,
        privateIpAddress: "10.20.0.53",
        packageSource: PackageSource.image(),
      });
    },
    /1 problem in stack\/second\n.*httpProxy: already has a machine, stack\/proxy\. Allowed: one machine/,
  ],
  [
    "a port that is known only at apply",
    () => {
      const port = Token.asNumber("${var.port}");
      const given = deployment({
        postgresql: { subnet: "10.20.0.32/28", port },
        httpProxy: { subnet: "10.20.0.48/28", port },
      });
      expect(() => postgresqlMachine(given)).toThrow(/postgresql\.port: is known only at apply/);
      proxyMachine(given);
    },
    /httpProxy\.port: is known only at apply/,
  ],
  [
    "an address out of the subnet",
    (given) => postgresqlMachine(given, { privateIpAddress: "10.20.0.64" }),
    /privateIpAddress.*10\.20\.0\.32\/28/,
  ],
  [
    "an address that Azure keeps",
    (given) => postgresqlMachine(given, { privateIpAddress: "10.20.0.35" }),
    /except the first four/,
  ],
  [
    "a mirror at no address",
    (given) =>
      postgresqlMachine(given, { packageSource: PackageSource.mirror({ ...mirror, url: "ftp://mirror" }) }),
    /packageSource\.url: is not the URL of a mirror/,
  ],
  [
    "a firewall on no port",
    (given) =>
      proxyMachine(given, { packageSource: PackageSource.firewall({ peer: mirror.peer, ports: [] }) }),
    /packageSource\.ports: is empty/,
  ],
  [
    "a firewall on an invalid port",
    (given) =>
      proxyMachine(given, { packageSource: PackageSource.firewall({ peer: mirror.peer, ports: [80, 0] }) }),
    /packageSource\.ports\[1\]: is not a port \(got 0\)/,
  ],
  [
    "a data disk that is too small",
    (given) => postgresqlMachine(given, { dataDisk: { sizeGib: 3 } }),
    /dataDisk\.sizeGib: is out of range \(got 3\)\. Allowed: a whole number from 4 to 32767/,
  ],
  ["PostgreSQL 16", (given) => postgresqlMachine(given, { version: 16 }), /16/],
])("%s is refused", (_, act, message) => {
  expect(() => act(deployment())).toThrow(message);
});
