import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { addMachines, writeRegister } from "../../lib/app/machines";
import { propsOfDeployment } from "../../lib/app/props";
import { readDeployment } from "../../lib/app/read-deployment";
import type { DeploymentFile } from "../../lib/app/schema";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { planDeployment } from "../../lib/verification/planned-deployment";
import { problemsOf, refusalsOf } from "../support/expected/refusals";
import { FlowReport } from "../../lib/report/report";
import { registeredServers } from "../../lib/machines/register";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { customDataOf, VAULT } from "../support/tools/resources";
import { deploymentWithMachines, smallestDeployment } from "../support/deployments/sample-deployments";

type Attributes = Readonly<Record<string, unknown>>;

/** What the app makes of a deployment, which is read as a file's. */
function made(given: object): {
  readonly backup: EntraIdBackup;
  readonly resources: Record<string, Record<string, Attributes>>;
} {
  const deployment = readDeployment({ entraIdBackup: JSON.parse(JSON.stringify(given)) }, "cdktf.json");
  const stack = new TerraformStack(Testing.app(), deployment.name);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
  addMachines(backup, deployment);
  const { resource } = JSON.parse(Testing.synth(stack, true)) as {
    resource: Record<string, Record<string, Attributes>>;
  };
  return { backup, resources: resource };
}

const { postgresql, httpProxy } = deploymentWithMachines();
const MIRROR = {
  url: "http://mirror.example.com/debian",
  securityUrl: "http://mirror.example.com/debian-security",
};

/** A deployment with the machine of PostgreSQL alone, with something changed. */
const server = (machine: object): object => ({
  ...smallestDeployment(),
  postgresql: { ...postgresql, machine: { ...postgresql.machine, packages: "image", ...machine } },
});

/** A deployment with the machine of the HTTP proxy alone, with something changed. */
const proxy = (machine: object): object => ({
  ...smallestDeployment(),
  httpProxy: { ...httpProxy, machine: { ...httpProxy.machine, ...machine } },
});

/** Flows that the machines ask for themselves, beside the documented ones. */
const askedFor = ({ flows }: Pick<EntraIdBackup, "flows">): string[] =>
  flows
    .filter(({ reason }) => /packages|password/.test(reason))
    .map(({ from, to, ports }) => `${from.label} -> ${to.label} ${ports.join()}`);

describe("a deployment whose machines are in its file", () => {
  const { backup, resources } = made(deploymentWithMachines());
  const machines = resources.azurerm_linux_virtual_machine;

  test("makes each in its component's subnet, with what the file says", () => {
    expect(Object.keys(machines)).toEqual([
      expect.stringMatching(/^http-proxy-machine_virtual-machine/),
      expect.stringMatching(/^postgresql-machine_virtual-machine/),
    ]);
    expect(Object.values(machines)).toMatchObject([
      { name: "vm-veeam-entra-http-proxy", size: "Standard_D4s_v5", admin_username: "veeamadmin" },
      { name: "vm-veeam-entra-postgresql", encryption_at_host_enabled: true },
    ]);
    expect(
      Object.values(resources.azurerm_network_interface).map(
        ({ ip_configuration }) =>
          (ip_configuration as { private_ip_address: string }[])[0].private_ip_address,
      ),
    ).toEqual(["10.20.0.52", "10.20.0.36"]);
    expect(Object.values(resources.azurerm_managed_disk)).toMatchObject([{ disk_size_gb: 256 }]);
  });

  test("boots none before its subnet is tied to its group", () => {
    const [ofProxy, ofServer] = Object.values(machines).map(({ depends_on }) => JSON.stringify(depends_on));
    const association = "azurerm_subnet_network_security_group_association.backup_";
    expect(ofProxy).toContain(`${association}http-proxy`);
    expect(ofServer).toContain(`${association}postgresql`);
  });

  test("opens what they fetch, and the proof holds", () => {
    expect(askedFor(backup)).toEqual([
      "postgresql -> 10.0.8.4/32 443",
      "postgresql -> http-proxy 3128",
      "http-proxy -> 10.0.9.0/28 80",
    ]);
    expect(backup.proof.holds).toBe(true);
  });

  test("has the proxy let the other machine through to its mirror, and nobody else", () => {
    const userData = customDataOf(Object.values(machines)[0]);
    expect(userData).toContain("acl mirror_clients src 10.20.0.32/28");
    expect(userData).toContain("acl mirrors dstdomain -n mirror.example.com");
    expect(
      customDataOf(Object.values(made(proxy({})).resources.azurerm_linux_virtual_machine)[0]),
    ).not.toContain("mirror_clients");
  });

  test("is planned with the same flows, for verify and explain", () => {
    const { flows } = planDeployment(deploymentWithMachines());
    expect(askedFor({ flows: [...flows] })).toEqual(askedFor(backup));
  });
});

describe("Linux servers whose packages come through the proxy or from a mirror", () => {
  const { machine } = postgresql as { machine: Record<string, unknown> };
  const linux = (privateIpAddress: string, packages: object): object => ({
    privateIpAddress,
    size: "Standard_D4s_v6",
    adminUsername: "azureadmin",
    sshPublicKey: machine.sshPublicKey,
    dataDisk: { sizeGib: 64 },
    veeamAccount: { publicKey: machine.sshPublicKey },
    packages,
  });
  const deployment = {
    ...smallestDeployment(),
    features: ["logBackup", "componentDeployment"],
    httpProxy,
    cacheRepositories: {
      cache: { subnet: "10.20.0.64/27", machine: linux("10.20.0.70", { httpProxy: MIRROR }) },
    },
    backupRepositories: {
      primary: {
        subnet: "10.20.0.128/27",
        type: "hardened",
        machine: linux("10.20.0.132", { mirror: { ...MIRROR, addresses: ["10.0.9.0/28"] } }),
      },
    },
  };
  const { backup, resources } = made(deployment);

  test("have a way to it, and no other way out", () => {
    expect(askedFor(backup).sort()).toEqual([
      "backup-repository-primary -> 10.0.9.0/28 80",
      "cache-repository-cache -> http-proxy 3128",
      "http-proxy -> 10.0.9.0/28 80",
    ]);
    expect(backup.proof.holds).toBe(true);
    const machines = Object.values(resources.azurerm_linux_virtual_machine);
    const squid = customDataOf(machines.find(({ name }) => name === "vm-veeam-entra-http-proxy") ?? {});
    expect(squid).toMatch(/^ *acl mirror_clients src 10\.20\.0\.64\/27$/m);
  });

  test("are planned with the same flows", () => {
    const { flows } = planDeployment(deployment as DeploymentFile);
    expect(askedFor({ flows: [...flows] }).sort()).toEqual(askedFor(backup).sort());
  });

  test("are refused without an HTTP proxy", () => {
    const { httpProxy: _, ...without } = deployment;
    expect(problemsOf(without)).toMatchObject([
      { code: "http-proxy-missing", path: "cacheRepositories.cache.machine.packages.httpProxy" },
    ]);
  });
});

describe("what the deployment reaches by name through the proxy's machine", () => {
  const named = (more: object): object => ({
    ...smallestDeployment(),
    backupServer: { ...smallestDeployment().backupServer, type: "linux" },
    httpProxy,
    dnsNames: { firewall: { addresses: ["10.9.0.4/32"], port: 8443 } },
    ...more,
  });
  const squidOf = (given: object): string =>
    customDataOf(Object.values(made(given).resources.azurerm_linux_virtual_machine)[0]);

  test("is let through for whom the features ask for it, and nothing is without them", () => {
    const squid = squidOf(named({ features: ["licenceUpdates", "updateNotifications"] }));
    for (const name of ["autolk.veeam.com", "vbr.butler.veeam.com", ".ss2.us", "dev.veeam.com"]) {
      expect(squid).toMatch(new RegExp(`acl \\w+_names dstdomain .*${name}`));
    }
    expect(squid).toMatch(/acl licenceUpdates_\d_clients src 10\.20\.0\.0\/27$/m);
    expect(squid).not.toContain("repository.veeam.com");
    expect(squidOf(proxy({}))).not.toContain("veeam.com ");
  });

  test("has to be named where certificates name it", () => {
    const storage = {
      backupRepositories: { blob: { type: "objectStorage", region: "westeurope" } },
      features: ["tenantBackupCopy"],
    };
    expect(() => squidOf(named(storage))).toThrow(/certificateRevocation: is missing/);
    const machine = { ...httpProxy.machine, certificateRevocation: ["crl.example.com"] };
    expect(squidOf(named({ ...storage, httpProxy: { ...httpProxy, machine } }))).toMatch(
      /acl certificateRevocation_\d_names dstdomain -n crl\.example\.com$/m,
    );
  });
});

describe("machines of every role in the file", () => {
  const machine = {
    size: "Standard_D8s_v5",
    adminUsername: "veeamadmin",
    sshPublicKey: postgresql.machine.sshPublicKey,
    packages: { mirror: { ...MIRROR, addresses: ["10.0.9.0/28"] } },
    veeamAccount: { publicKey: postgresql.machine.sshPublicKey },
    dataDisk: { sizeGib: 512 },
  };
  const roles = {
    ...smallestDeployment(),
    features: ["componentDeployment"],
    backupServer: {
      subnet: "10.20.0.0/27",
      machine: {
        privateIpAddress: "10.20.0.4",
        size: "Standard_D8s_v5",
        source: { marketplace: { plan: "a-plan" } },
        administrator: { username: "veeamadmin", passwordSecretId: `${VAULT}/secrets/administrator` },
      },
    },
    cacheRepositories: {
      cache: { subnet: "10.20.0.64/27", machine: { ...machine, privateIpAddress: "10.20.0.70" } },
    },
    gatewayServers: {
      gateway: {
        subnet: "10.20.0.96/27",
        machine: { ...machine, dataDisk: undefined, privateIpAddress: "10.20.0.100" },
      },
    },
    backupRepositories: {
      hard: {
        subnet: "10.20.0.128/27",
        type: "hardened",
        machine: { ...machine, privateIpAddress: "10.20.0.132" },
      },
    },
  };
  const given = (change: (copy: typeof roles) => void): (() => unknown) => {
    const copy = structuredClone(roles);
    change(copy);
    return () => made(copy);
  };

  test("are made, proven, and listed for adding them in Veeam", () => {
    const { backup, resources } = made(roles);
    expect(Object.keys(resources.azurerm_linux_virtual_machine)).toHaveLength(3);
    expect(Object.keys(resources.azurerm_resource_group_template_deployment)).toHaveLength(1);
    expect(backup.proof.holds).toBe(true);
    const servers = registeredServers(backup.backupServer, backup.components);
    expect(servers.map(({ component, address }) => `${component} ${address}`).sort()).toEqual([
      "backupRepositories.hard 10.20.0.132",
      "backupServer 10.20.0.4",
      "cacheRepositories.cache 10.20.0.70",
      "gatewayServers.gateway 10.20.0.100",
    ]);
    const hard = servers.find(({ component }) => component === "backupRepositories.hard");
    expect(hard?.facts).toMatchObject({
      account: "veeamrepo",
      singleUse: "true",
      folder: "/srv/veeam/backups",
    });
    expect(hard?.ports.flatMap(({ ports }) => ports)).toContain("22");
    expect(servers.find(({ component }) => component === "backupServer")?.facts).toEqual({
      account: "veeamadmin",
      passwordSecretId: `${VAULT}/secrets/administrator`,
    });
    const folder = temporaryFolder("register-");
    try {
      const [file] = writeRegister(backup, roles as unknown as DeploymentFile, folder.path);
      expect(file).toBe(join(folder.path, "veeam-register.json"));
      expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ servers });
    } finally {
      folder.remove();
    }
    const cache = servers.find(({ component }) => component === "cacheRepositories.cache");
    expect(cache).toEqual({
      component: "cacheRepositories.cache",
      role: "cache-repository",
      address: "10.20.0.70",
      type: "linux",
      ports: cache?.ports,
      facts: {
        account: "veeamrepo",
        publicKey: postgresql.machine.sshPublicKey,
        singleUse: "false",
        folder: "/srv/veeam/backups",
      },
    });
    expect(cache?.ports.flatMap(({ ports }) => ports)).toEqual(expect.arrayContaining(["22", "6162"]));
  });

  test.each<[string, (copy: typeof roles) => void, RegExp]>([
    [
      "an address outside the subnet",
      ({ cacheRepositories: { cache } }) => (cache.machine.privateIpAddress = "10.20.0.5"),
      /cacheRepositories\.cache\.machine\.privateIpAddress: /,
    ],
    [
      "an invalid key",
      ({ backupRepositories: { hard } }) => (hard.machine.veeamAccount = { publicKey: "secret" }),
      /backupRepositories\.hard\.machine\.veeamAccount\.publicKey: /,
    ],
    [
      "a repository without a disk",
      ({ backupRepositories: { hard } }) => Reflect.deleteProperty(hard.machine, "dataDisk"),
      /backupRepositories\.hard\.machine\.dataDisk: is missing/,
    ],
    [
      "a small backup server",
      ({ backupServer }) => (backupServer.machine.size = "Standard_D2s_v5"),
      /backupServer\.machine\.size: is too small/,
    ],
    [
      "an unknown plan",
      ({ backupServer }) => (backupServer.machine.source.marketplace.plan = "a plan"),
      /backupServer\.machine\.source\.marketplace\.plan: /,
    ],
    [
      "Debian on a Windows server",
      ({ cacheRepositories }) => Object.assign(cacheRepositories.cache, { type: "windows" }),
      /cacheRepositories\.cache\.type: /,
    ],
  ])("are refused under their path in the file: %s", (_, change, words) => {
    expect(given(change)).toThrow(words);
  });
});

test("a machine that nobody can log on to is warned of, until administrators are named", () => {
  const warned = (given: object): string[] =>
    made(given).backup.warnings.filter((warning) => warning.includes("nobody can log on"));
  expect(warned(deploymentWithMachines())).toEqual([
    expect.stringMatching(/^postgresql: /),
    expect.stringMatching(/^httpProxy: /),
  ]);
  const backupServer = { ...smallestDeployment().backupServer, type: "windows" };
  const named = { ...deploymentWithMachines(), backupServer, administrators: ["10.5.0.0/24"] };
  expect(warned(named)).toEqual([]);
  expect(warned(smallestDeployment())).toEqual([]);
});

test("the report shows the machines at their components", () => {
  const report = FlowReport.of(made(deploymentWithMachines()).backup);
  const { components } = JSON.parse(report.toJson()) as {
    components: { role: string; machine?: Record<string, string> }[];
  };
  expect(components.map(({ role, machine }) => [role, machine])).toEqual([
    ["backup-server", undefined],
    ["http-proxy", { address: "10.20.0.52", image: "Debian 13", size: "Standard_D4s_v5" }],
    ["postgresql", { PostgreSQL: "17", address: "10.20.0.36", image: "Debian 13", size: "Standard_D4s_v5" }],
  ]);
  const inWords = "PostgreSQL: 17; address: 10.20.0.36; image: Debian 13; size: Standard_D4s_v5";
  expect(report.toMarkdown()).toContain(inWords.replaceAll("_", "&#95;"));
  expect(report.toHtml()).toContain(inWords);
  expect(FlowReport.of(made(smallestDeployment()).backup).toMarkdown()).not.toContain("Machine |");
});

test("every setting of the file arrives at the machine", () => {
  const { resources } = made(
    server({
      release: "bookworm",
      imageId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/debian",
      encryptionAtHost: false,
      zone: "2",
      dataDisk: { sizeGib: 512, type: "StandardSSD_LRS", lun: 5, preventDestroy: true },
      version: 14,
      superuser: "backup_owner",
      tls: "required",
    }),
  );
  const [machine] = Object.values(resources.azurerm_linux_virtual_machine);
  expect(machine).toMatchObject({
    encryption_at_host_enabled: false,
    zone: "2",
    source_image_id: expect.stringContaining("/images/debian"),
  });
  expect(Object.values(resources.azurerm_managed_disk)).toMatchObject([
    {
      disk_size_gb: 512,
      storage_account_type: "StandardSSD_LRS",
      zone: "2",
      lifecycle: { prevent_destroy: true },
    },
  ]);
  expect(Object.values(resources.azurerm_virtual_machine_data_disk_attachment)).toMatchObject([{ lun: 5 }]);
  const userData = customDataOf(machine);
  expect(userData).toContain("DATA_DISK_LUN='5'");
  expect(userData).toContain("POSTGRESQL_VERSION='14'");
  expect(userData).toContain("port = 5433");
  expect(userData).toContain("VAULT_URL='https://kv-veeam.vault.azure.net/'");
  expect(userData).toMatch(/hostssl all "backup_owner" 10\.20\.0\.0\/27 scram-sha-256/);
});

test.each<[string, object, string[]]>([
  ["an image", proxy({ packages: "image" }), []],
  [
    "a mirror, on the ports of its addresses",
    proxy({
      packages: {
        mirror: {
          url: "https://mirror.example.com:8443/debian",
          securityUrl: "https://mirror.example.com/debian-security",
          addresses: ["10.0.9.0/28"],
        },
      },
    }),
    ["http-proxy -> 10.0.9.0/28 443,8443"],
  ],
  [
    "a firewall",
    proxy({ packages: { firewall: { addresses: ["10.0.9.4/32"] } } }),
    ["http-proxy -> 10.0.9.4/32 80,443"],
  ],
  [
    "a firewall on a port of its own",
    proxy({ packages: { firewall: { addresses: ["10.0.9.4/32"], ports: [8080] } } }),
    ["http-proxy -> 10.0.9.4/32 8080"],
  ],
  [
    "a proxy elsewhere, at its only address",
    {
      ...smallestDeployment(),
      httpProxy: { addresses: ["10.2.0.4/32"], port: 3129 },
      postgresql: {
        ...postgresql,
        machine: {
          ...postgresql.machine,
          packages: {
            httpProxy: {
              url: "https://mirror.example.com/debian",
              securityUrl: "https://mirror.example.com/debian-security",
            },
          },
        },
      },
    },
    ["postgresql -> 10.0.8.4/32 443", "postgresql -> http-proxy 3129"],
  ],
  [
    "a mirror through a proxy that has a firewall for its own",
    {
      ...deploymentWithMachines(),
      httpProxy: {
        ...httpProxy,
        machine: {
          ...httpProxy.machine,
          packages: { firewall: { addresses: ["10.0.9.0/28"], ports: [8080] } },
        },
      },
    },
    ["postgresql -> 10.0.8.4/32 443", "postgresql -> http-proxy 3128", "http-proxy -> 10.0.9.0/28 80,8080"],
  ],
])("packages of %s open exactly the way to them", (_, deployment, flows) => {
  const { backup } = made(deployment);
  expect(askedFor(backup)).toEqual(flows);
  expect(backup.proof.holds).toBe(true);
});

test.each([
  ["without a type", {}],
  ["that says it is Linux", { type: "linux" }],
])("administrators reach a machine %s by SSH, and by nothing else", (_, type) => {
  const { backup } = made({
    ...smallestDeployment(),
    backupServer: { subnet: "10.20.0.0/27", type: "linux" },
    postgresql: { ...postgresql, ...type, machine: { ...postgresql.machine, packages: "image" } },
    httpProxy: { ...httpProxy, ...type },
    administrators: ["10.5.0.0/24"],
  });
  const opened = ["postgresql", "http-proxy"].map((component) =>
    backup.flows
      .filter(({ from, to }) => to.label === component && /management|administrator/i.test(from.label))
      .flatMap(({ ports }) => ports),
  );
  expect(opened).toEqual([["22"], ["22"]]);
});

test("a vault without a private endpoint is reached by its service tag, which can be a region's", () => {
  const { password } = postgresql.machine as { password?: object };
  const { backup } = made(server({ password: { ...password, vault: "AzureKeyVault.WestEurope" } }));
  expect(askedFor(backup)).toEqual(["postgresql -> AzureKeyVault.WestEurope 443"]);
});

test("without machines nothing is added, and what makes them is not loaded", () => {
  jest.isolateModules(() => {
    jest.doMock("../../lib/app/make-machines", () => {
      throw new Error("loaded");
    });
    const isolated = jest.requireActual<{ addMachines: typeof addMachines }>("../../lib/app/machines");
    expect(() => isolated.addMachines({} as EntraIdBackup, smallestDeployment())).not.toThrow();
    const { machine: _, ...same } = httpProxy;
    const deployment: DeploymentFile = { ...smallestDeployment(), httpProxy: same };
    expect(() => isolated.addMachines({} as EntraIdBackup, deployment)).not.toThrow();
  });
});

test("problems of both machines come at once, with those of the rest", () => {
  const values = {
    ...deploymentWithMachines(),
    location: "chinanorth",
    postgresql: { ...postgresql, machine: { ...postgresql.machine, version: 16 } },
    httpProxy: { ...httpProxy, machine: { ...httpProxy.machine, privateIpAddress: "10.20.0.63" } },
  };
  const pathsOf = (deployment: object): string[] => problemsOf(deployment).map(({ path }) => path);
  expect(pathsOf(values)).toEqual([
    "location",
    "httpProxy.machine.privateIpAddress",
    "postgresql.machine.version",
  ]);
  const shapes = {
    ...values,
    postgresql: { ...postgresql, machine: { ...postgresql.machine, password: "hunter2" } },
    httpProxy: { ...values.httpProxy, port: 0 },
  };
  expect(pathsOf(shapes)).toEqual(["postgresql.machine.password", "httpProxy.port"]);
  expect(refusalsOf(shapes).join()).not.toContain("hunter2");
});
