import { DEFAULT_REVISION, findPortTable } from "../lib/ports/revisions";
import { Fn, Token } from "cdktf";
import { propsOfDeployment } from "../lib/app/props";
import type { DeploymentFile } from "../lib/app/schema";
import {
  Administrators,
  BackupNetwork,
  BackupRepository,
  BackupRepositoryType,
  BackupResourceGroup,
  BackupServer,
  BackupVirtualNetwork,
  CacheRepository,
  CacheRepositoryType,
  DnsNames,
  DocumentedFlows,
  EntraIdBackup,
  type EntraIdBackupProps,
  VeeamFeature,
  GatewayServer,
  GatewayServerType,
  OperatingSystem,
} from "../lib";
import { featureWarnings } from "../lib/plan/checks/features";
import { notEnabledText } from "../lib/report/terminal-text";
import { copyingDeployment } from "./support/deployments/feature-deployments";
import { refusalLines, refusalsOf } from "./support/expected/refusals";
import { smallestDeployment } from "./support/deployments/sample-deployments";
import {
  newStack,
  synthesizeDeployment,
  synthesizeProps,
  synthesizeStack,
} from "./support/tools/synthesized";

function least(more: Partial<EntraIdBackupProps> = {}): EntraIdBackupProps {
  return {
    name: "veeam-entra",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg-veeam-entra"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/23"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27", type: OperatingSystem.LINUX },
    ...more,
  };
}

function warningsOf(change: Record<string, unknown>): string[] {
  const deployment = { ...smallestDeployment(), ...change } as unknown as DeploymentFile;
  expect(refusalsOf(deployment)).toEqual([]);
  return new EntraIdBackup(newStack(), "backup", propsOfDeployment(deployment)).warnings;
}

describe("object storage", () => {
  const { security_rule: rules } =
    synthesizeDeployment(copyingDeployment()).groups["nsg-copying-gateway-server-first"];
  const toStorage = rules.filter(({ name }) => name.includes("object-storage"));

  test("a region is a rule with a service tag and a priority of its own, and addresses are another", () => {
    expect(
      toStorage.map((rule) => [rule.name, rule.priority, rule.destination_address_prefix]).sort(),
    ).toEqual([
      ["allow-out-gateway-to-object-storage", 540, "10.2.1.4/32"],
      ["allow-out-gateway-to-object-storage-northeurope", 1233, "Storage.NorthEurope"],
      ["allow-out-gateway-to-object-storage-westeurope", 1253, "Storage.WestEurope"],
    ]);
    for (const rule of toStorage)
      expect(rule).toMatchObject({ protocol: "Tcp", destination_port_range: "443" });
  });

  test("only the gateways named speak to a repository", () => {
    const names = synthesizeDeployment(copyingDeployment()).allowedAt("backup-server", "copying");
    expect(names.filter((name) => name.includes("object-storage"))).toEqual([
      "allow-out-gateway-to-object-storage-westeurope",
    ]);
  });

  test("a second repository in a region changes nothing, and one in another adds its rule alone", () => {
    const more = copyingDeployment();
    const before = synthesizeDeployment(more);
    const repository = { type: BackupRepositoryType.OBJECT_STORAGE, region: "westeurope" };
    const second = { ...more, backupRepositories: { ...more.backupRepositories, again: repository } };
    expect(synthesizeDeployment(second).text).toBe(before.text);
  });
});

test("data channels take the range that Veeam was told to use, the port table's own among them", () => {
  const text = synthesizeDeployment(copyingDeployment()).text;
  expect(text).toContain('"2500-2599"');
  expect(text).not.toContain("2500-3300");
  const { features, transmissionPorts, ...rest } = copyingDeployment();
  expect(features && transmissionPorts).toBeDefined();
  expect(synthesizeDeployment({ ...rest, backupCopies: [] } as DeploymentFile).text).toContain("2500-3300");
});

test("features are refused before the day on which Used Ports is known, with the first revision that has it", () => {
  const refused = (more: Partial<EntraIdBackupProps>): string[] =>
    refusalLines(() => synthesizeProps(least({ portTable: "13.0.1.1071@2026-01-14", ...more })));
  expect(refused({ features: [VeeamFeature.LICENCE_UPDATES], restClients: ["10.6.0.4/32"] })).toEqual([
    expect.stringMatching(/^features: .*Set portTable to "13\.0\.1\.1071@2026-02-12" or a newer one/),
    expect.stringMatching(/^restClients: /),
  ]);
  expect(refused({ features: [], services: {} })).toEqual([]);
});

describe("warnings", () => {
  test("a range with fewer ports than connections", () => {
    const range = (concurrentConnections: number): string[] =>
      warningsOf({ transmissionPorts: { from: 2500, to: 2509, concurrentConnections } });
    expect(range(10)).toEqual([]);
    expect(range(11)).toEqual([
      "transmissionPorts: 2500-2509 has 10 ports and each connection takes one, but 11 are declared. Widen the range here and on Veeam's servers, or run fewer tasks at a time.",
    ]);
    expect(
      warningsOf({ transmissionPorts: { from: 2500, to: 2500, concurrentConnections: 2 } })[0],
    ).toContain("2500-2500 has 1 port ");
  });

  test("a feature that opens nothing", () => {
    expect(warningsOf({ features: ["logBackup", "management"] })).toEqual([
      "features: logBackup allows nothing, because the components that it needs are missing.",
    ]);
  });

  test("a feature of consoles whose other end is missing does not name the consoles", () => {
    const features = [VeeamFeature.MANAGEMENT];
    expect(featureWarnings({ features, consoles: ["10.1.0.0/24"] })).toEqual([
      "features: management allows nothing, because the components that it needs are missing.",
    ]);
    expect(featureWarnings({ features })).toEqual([
      "features: management allows nothing, because the consoles that it needs are missing.",
    ]);
  });

  test("log backup to a share without a gateway server", () => {
    expect(
      warningsOf({
        features: ["logBackup"],
        cacheRepositories: { cache: { addresses: ["10.2.0.32/27"], type: "linux" } },
        backupRepositories: { share: { addresses: ["10.2.0.0/27"], type: "smb" } },
      }),
    ).toEqual([
      "backupRepositories.share: log backup needs a gateway server for a repository of the type smb. Add one to gatewayServers.",
    ]);
  });

  test("ways to endpoints that nothing needs, and extents between which nothing opens", () => {
    expect(warningsOf({ dnsNames: { firewall: { addresses: ["10.3.0.4/32"], port: 8080 } } })).toEqual([
      "dnsNames: nothing in the deployment needs it, so it allows nothing. Leave it out.",
    ]);
    expect(
      warningsOf({
        features: ["tenantBackupCopy"],
        httpProxy: { addresses: ["10.4.0.4/32"], port: 3128 },
        backupRepositories: {
          a: { addresses: ["10.2.0.0/27"], type: "linux" },
          o: { type: "objectStorage", region: "westeurope" },
        },
        scaleOutRepositories: { all: { extents: ["a", "o"] } },
      }),
    ).toEqual([
      "scaleOutRepositories.all: o is object storage, which is reached through its gateways; no port is allowed between it and the other extents.",
    ]);
  });

  test("a repository is used by either kind of backup, and by nothing else", () => {
    const backupRepositories = { a: { addresses: ["10.2.0.0/27"], type: "linux" } };
    for (const feature of ["logBackup", "tenantBackupCopy"]) {
      expect(warningsOf({ backupRepositories, features: [feature] })).toEqual([]);
    }
    for (const features of [[], ["componentDeployment"], ["copyToBackupServer"]]) {
      expect(warningsOf({ backupRepositories, features })).toHaveLength(1);
    }
  });

  test("an entry inside another of the same list", () => {
    expect(warningsOf({ restClients: ["10.1.0.0/24", "10.1.0.4/32"] })).toEqual([
      "restClients[1]: 10.1.0.4/32 is inside restClients[0] (10.1.0.0/24) and adds nothing.",
    ]);
  });
});

describe("from code", () => {
  test("a file and code say the same", () => {
    const deployment = copyingDeployment();
    expect(synthesizeProps(propsOfDeployment(deployment)).text).toBe(synthesizeDeployment(deployment).text);
  });

  test("roles composed by hand open what the whole does", () => {
    const features = [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY];
    const whole = synthesizeProps(
      least({
        features,
        gatewayServers: { gw: { subnet: "10.20.0.32/27", type: GatewayServerType.WINDOWS } },
        cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: CacheRepositoryType.LINUX } },
        backupRepositories: {
          share: {
            addresses: ["10.2.0.0/27"],
            type: BackupRepositoryType.SMB,
            gateways: ["gatewayServers.gw"],
          },
          tape: { subnet: "10.20.0.96/27", type: BackupRepositoryType.EXAGRID },
        },
        services: { directory: ["10.0.0.4/32"] },
        administrators: Administrators.addresses(["10.1.9.0/24"]),
      }),
    );
    const stack = newStack();
    const network = new BackupNetwork(stack, "network", least());
    const backupServer = new BackupServer(stack, "backup-server", {
      network,
      subnet: "10.20.0.0/27",
      type: OperatingSystem.LINUX,
    });
    const gateway = new GatewayServer(stack, "gw", {
      network,
      subnet: "10.20.0.32/27",
      type: GatewayServerType.WINDOWS,
    });
    const cache = new CacheRepository(stack, "cache", {
      network,
      subnet: "10.20.0.64/27",
      type: CacheRepositoryType.LINUX,
    });
    const share = new BackupRepository(stack, "share", {
      network,
      addresses: ["10.2.0.0/27"],
      type: BackupRepositoryType.SMB,
      gateways: ["gatewayServers.gw"],
    });
    const tape = new BackupRepository(stack, "tape", {
      network,
      subnet: "10.20.0.96/27",
      type: BackupRepositoryType.EXAGRID,
    });
    new DocumentedFlows(stack, "flows", {
      features,
      consoles: ["10.1.0.0/24"],
      components: [tape, share, cache, gateway, backupServer],
      services: { directory: ["10.0.0.4/32"] },
      administrators: Administrators.addresses(["10.1.9.0/24"]),
    });
    const parts = synthesizeStack(stack);
    for (const component of [
      "backup-server",
      "gateway-server-gw",
      "cache-repository-cache",
      "backup-repository-tape",
    ]) {
      expect(parts.rulesOf(component)).toEqual(whole.rulesOf(component));
    }
  });

  test("a repository that is added later opens what its type asks for", () => {
    const stack = newStack();
    const backup = new EntraIdBackup(stack, "backup", least({ features: [VeeamFeature.TENANT_BACKUP_COPY] }));
    backup.addBackupRepository("win", {
      subnet: "10.20.0.32/27",
      type: BackupRepositoryType.WINDOWS,
    });
    expect(refusalLines(() => backup.addBackupRepository("x", { addresses: ["10.2.0.0/27"] }))).toEqual([
      expect.stringContaining(
        "backupRepositories.x.type: is missing, but decides which ports are allowed for tenantBackupCopy",
      ),
    ]);
    expect(synthesizeStack(stack).allowedAt("backup-repository-win")).toEqual([
      "allow-in-backup-server-to-windows-backup-repository-installer",
      "allow-in-backup-server-to-windows-backup-repository-transport",
      "allow-in-backup-proxy-to-backup-repository",
    ]);
  });

  test("what has to be known at synthesis is refused by name, and the rest passes", () => {
    const token = Token.asString({ resolve: () => "x" });
    const refused = (more: Partial<EntraIdBackupProps>): string[] =>
      refusalLines(() => new EntraIdBackup(newStack(), "backup", least(more)));
    expect(refused({ administrators: Administrators.addresses([token]) })[0]).toMatch(
      /^administrators\[0\]: is known only at apply/,
    );
    expect(
      refused({
        backupRepositories: { o: { type: BackupRepositoryType.OBJECT_STORAGE, region: token } },
      })[0],
    ).toMatch(/^backupRepositories\.o\.region: is known only at apply/);
    expect(refused({ features: ["logs" as VeeamFeature] })[0]).toMatch(
      /^features\[0\]: is not one of the allowed values/,
    );
    expect(refused({ services: { mail: Fn.tolist([token]) as string[] } }).join()).toMatch(/services\.mail/);
    const port = Token.asNumber({ resolve: () => 1 });
    const passing = synthesizeProps(
      least({
        features: [VeeamFeature.LICENCE_UPDATES],
        services: { mail: [token] },
        dnsNames: DnsNames.throughFirewall({ addresses: [token], port }),
        transmissionPorts: { from: port, to: port },
      }),
    );
    expect(passing.allowedAt("backup-server")).toContain("allow-out-dns-names-through-firewall");
  });
});

describe("what stays closed", () => {
  const closedOf = (more: Partial<EntraIdBackupProps>) =>
    new EntraIdBackup(newStack(), "backup", least(more)).closedSections;
  const gatewayServers = { gw: { addresses: ["10.2.0.0/27"], type: GatewayServerType.LINUX } };

  const titles = (more: Partial<EntraIdBackupProps>): string[] =>
    closedOf(more).map(({ section }) => section);

  test("a section is named where its roles are there, with what breaks and what opens it", () => {
    const [gateway] = closedOf({ gatewayServers }).filter(({ section }) => section === "Gateway Servers");
    expect(gateway).toMatchObject({ pageDate: findPortTable(DEFAULT_REVISION)?.usedPorts?.pageDate });
    expect(gateway.closedRows).toContainEqual({
      from: "Backup server",
      to: "Gateway server (Linux)",
      protocol: "TCP",
      ports: ["22"],
      optional: false,
      without: "the backup server cannot install or update Veeam's components there",
      opensWith: ["features: componentDeployment"],
    });
    expect(gateway.closedRows.map(({ ports }) => ports.join())).toEqual(
      expect.arrayContaining(["2500-3300", "6162", "22", "6160"]),
    );
  });

  test("an open row is not closed, and a section of which all is open is not named", () => {
    const features = [VeeamFeature.COMPONENT_DEPLOYMENT, VeeamFeature.LOG_BACKUP];
    expect(titles({ gatewayServers })).toContain("Gateway Servers");
    expect(titles({ gatewayServers, features })).not.toContain("Gateway Servers");
  });

  test("roles that are not there need no section", () => {
    for (const title of titles({})) expect(title).not.toMatch(/Gateway|Repositor|Appliance/);
  });

  test("a repository whose type is not said could be one or the other", () => {
    const sections = closedOf({ backupRepositories: { r: { addresses: ["10.2.0.0/27"] } } });
    const setup = sections
      .flatMap(({ closedRows }) => closedRows)
      .filter(({ opensWith }) => opensWith[0] === "features: componentDeployment");
    expect(setup).not.toHaveLength(0);
    for (const { opensWith } of setup) expect(opensWith[1]).toBe("type of backup-repository-r");
  });

  test("in words, each consequence once", () => {
    const text = notEnabledText(closedOf({ gatewayServers }));
    expect(text).toMatch(/^ {2}Gateway Servers \(\d+ of \d+ rows\)\n {4}- /m);
    expect(text).toContain("to enable: features: licenceUpdates");
    const consequences = text.split("\n").filter((line) => line.includes("syslog server;"));
    expect(new Set(consequences).size).toBe(consequences.length);
  });
});

test("what is reached by DNS name is listed for those who configure the proxy", () => {
  const backup = new EntraIdBackup(newStack(), "backup", propsOfDeployment(copyingDeployment()));
  const connections = backup.dnsNamedConnections;
  expect(connections.map(({ group, names, ports, from }) => [group, names, ports, from])).toEqual([
    ["certificateRevocation", [], ["80"], ["backup-server", "gateway-server-first"]],
    ["licenceUpdates", ["vbr.butler.veeam.com", "autolk.veeam.com"], ["443"], ["backup-server"]],
    ["licenceCertificates", ["*.ss2.us", "*.amazontrust.com"], ["80"], ["backup-server"]],
  ]);
});
