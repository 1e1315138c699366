import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { propsOfDeployment } from "../../lib/app/props";
import { InvalidInputError } from "../../lib/base/problem";
import type { EntraIdBackupProps } from "../../lib/constructs/entra-id-backup";
import * as library from "../../lib/index";
import { machineIn, PROPS } from "../machines/support/machine-shapes";
import { fullDeployment, smallestDeployment } from "../support/deployments/sample-deployments";

// JavaScript calls the library with arguments that no compiler has seen. Whatever they are,
// the library answers with problems, not with a TypeError or an endless recursion.
type Call = (...args: readonly unknown[]) => unknown;

const IMAGE =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Compute/images/image";
const newStack = (): TerraformStack => new TerraformStack(new App(), "stack");
const VALUES = (): unknown[] => {
  const resource = new ResourceGroup(newStack(), "group", { name: "rg", location: "westeurope" });
  const endless: Record<string, unknown> = { name: "x" };
  endless.inner = endless;
  return [
    endless,
    undefined,
    null,
    5,
    "x",
    true,
    {},
    [],
    [5],
    ["x"],
    { id: 5 },
    { resource },
    resource,
    () => 1,
  ];
};

/** Errors of another kind than problems, by the call. */
function otherErrors(name: string, call: () => unknown): string[] {
  try {
    call();
    return [];
  } catch (error) {
    return error instanceof InvalidInputError ? [] : [`${name}: ${String(error)}`];
  }
}

/** Methods that only TypeScript hides. */
const HIDDEN = new Set(["Port.of", "Port.range"]);
const classes = Object.entries(library).flatMap(([name, value]) =>
  typeof value === "function" ? [[name, value] as const] : [],
);
const staticMethods = classes.flatMap(([name, type]) =>
  Object.entries(Object.getOwnPropertyDescriptors(type)).flatMap(([method, { value }]) =>
    typeof value !== "function" || method.startsWith("_") || HIDDEN.has(`${name}.${method}`)
      ? []
      : [[`${name}.${method}`, (value as Call).bind(type) as Call] as const],
  ),
);
const constructs = classes.flatMap(([name, type]) =>
  type.prototype instanceof Construct && name !== "BackupComponent"
    ? [[name, type as unknown as new (scope: Construct, id: string, props: unknown) => Construct] as const]
    : [],
);

test("there are static methods and constructs to call", () => {
  expect(staticMethods.map(([name]) => name)).toEqual(
    expect.arrayContaining(["Egress.existingNatGateway", "PackageSource.mirror", "StateMoves.moveFromPath"]),
  );
  expect(constructs.map(([name]) => name)).toEqual(expect.arrayContaining(["BackupNetwork", "LinuxMachine"]));
});

test.each(staticMethods)("%s", (name, call) => {
  // A resource is moved once, so each call has values of its own.
  const errors = VALUES().flatMap((_first, one) =>
    VALUES().flatMap((_second, other) => otherErrors(name, () => call(VALUES()[one], VALUES()[other]))),
  );
  expect([...new Set(errors)]).toEqual([]);
});

test.each(constructs)("new %s", (name, Type) => {
  const errors = VALUES().flatMap((props) => otherErrors(name, () => new Type(newStack(), "it", props)));
  expect([...new Set(errors)]).toEqual([]);
});

test.each(["naming", "provider", "resourceGroup", "features", "httpProxy", "destinations", "egress"])(
  "the prop %s of a deployment",
  (prop) => {
    const errors = VALUES().flatMap((value) => {
      const props = { ...propsOfDeployment(smallestDeployment()), [prop]: value } as EntraIdBackupProps;
      return otherErrors(prop, () => new library.EntraIdBackup(newStack(), "backup", props));
    });
    expect([...new Set(errors)]).toEqual([]);
  },
);

test.each([
  "cacheRepository",
  "gatewayServer",
  "backupRepository",
  "addGatewayServer",
  "migrateCache",
  "explain",
] as const)("the method %s of a deployment", (method) => {
  const backup = new library.EntraIdBackup(newStack(), "backup", propsOfDeployment(smallestDeployment()));
  const call = (backup[method] as unknown as Call).bind(backup) as Call;
  const errors = VALUES().flatMap((first) =>
    VALUES().flatMap((second) => otherErrors(method, () => call(first, second))),
  );
  expect([...new Set(errors)]).toEqual([]);
});

describe("what only becomes text of a resource can be the value of a variable", () => {
  const SECRET =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/pg";
  type Make = (stack: TerraformStack, value: string) => unknown;

  test.each<[string, Make]>([
    ...(["resourceGroupName", "location", "subnetId"] as const).map((key): [string, Make] => [
      `the ${key} of a machine`,
      (stack, value) => machineIn(stack, { [key]: value }),
    ]),
    ...(["name", "resourceGroupName", "location"] as const).map((key): [string, Make] => [
      `the ${key} of an identity`,
      (stack, value) => {
        const props = { name: "id", resourceGroupName: "rg", location: "westeurope", secretId: SECRET };
        return new library.MachineIdentity(stack, "identity", { ...props, [key]: value });
      },
    ]),
    ...(["image", "systemDisk"] as const).map((kind): [string, Make] => [
      `the id of the backup server's source, ${kind}`,
      (stack, value) => {
        const props = propsOfDeployment(smallestDeployment());
        const { backupServer } = new library.EntraIdBackup(stack, "backup", props);
        return new library.BackupServerMachine(stack, "machine", {
          backupServer,
          privateIpAddress: "10.20.0.4",
          size: "Standard_D8s_v5",
          source: library.BackupServerSource[kind](value),
          ...(kind === "image" && { administrator: { username: "azureadmin", passwordSecretId: SECRET } }),
        });
      },
    ]),
    [
      "the address of a firewall",
      (stack, privateIpAddress) => {
        const firewall = { policyId: "${var.policy}", privateIpAddress, priority: 200 };
        const destinations = library.Destinations.azureFirewall(firewall);
        const props = { ...propsOfDeployment(smallestDeployment()), destinations };
        return new library.EntraIdBackup(stack, "backup", props);
      },
    ],
  ])("%s", (_title, make) => {
    const stack = newStack();
    make(stack, new TerraformVariable(stack, "given", { type: "string" }).value as string);
    expect(Testing.synth(stack)).toContain("var.given}");
  });
});

describe("each property of valid props, in turn with another value", () => {
  const VAULT_SECRET =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/pg";
  const common = { zone: "2", allowExtensions: true, encryptionAtHost: true };
  type Make = (stack: TerraformStack, change: (props: object) => object) => unknown;
  const inDeployment = (stack: TerraformStack, privateIpAddress: string) => {
    const backup = new library.EntraIdBackup(stack, "backup", {
      ...propsOfDeployment(smallestDeployment()),
      features: [library.VeeamFeature.COMPONENT_DEPLOYMENT],
      postgresql: { subnet: "10.20.0.32/28" },
      httpProxy: { subnet: "10.20.0.48/28", port: 3128 },
      cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: library.CacheRepositoryType.LINUX } },
    });
    const { size, adminUsername, sshPublicKey } = PROPS;
    const packageSource = library.PackageSource.image();
    const machine = { ...common, size, adminUsername, sshPublicKey, imageId: IMAGE };
    return {
      backup,
      given: { ...machine, backupServer: backup.backupServer, packageSource, privateIpAddress },
    };
  };
  const makers: ReadonlyArray<readonly [name: string, make: Make]> = [
    [
      "LinuxMachine",
      (stack, change) =>
        machineIn(
          stack,
          change({
            ...PROPS,
            ...common,
            userData: "#cloud-config",
            imageId: IMAGE,
            dataDisk: { sizeGib: 4 },
          }),
        ),
    ],
    [
      "BackupServerMachine",
      (stack, change) => {
        const props = propsOfDeployment(smallestDeployment());
        const { backupServer } = new library.EntraIdBackup(stack, "backup", props);
        const administrator = { username: "azureadmin", passwordSecretId: VAULT_SECRET };
        const source = library.BackupServerSource.image(IMAGE);
        const place = { backupServer, privateIpAddress: "10.20.0.4", size: "Standard_D8s_v5" };
        const given = { ...place, ...common, source, administrator, computerName: "vbr", startAfter: [] };
        return new library.BackupServerMachine(stack, "machine", change(given) as typeof given);
      },
    ],
    [
      "PostgresqlMachine",
      (stack, change) => {
        const { backup, given } = inDeployment(stack, "10.20.0.36");
        const password = { secretId: VAULT_SECRET, vault: library.Peer.cidr("10.0.8.4/32") };
        const dataDisk = { sizeGib: 256, lun: 3, type: library.DiskType.STANDARD_SSD };
        const settings = { version: 17, superuser: "veeam", plPerl: true, maxConnections: 100 };
        const props = { ...given, ...settings, postgresql: backup.postgresql!, password, dataDisk };
        return new library.PostgresqlMachine(stack, "machine", change(props) as typeof props);
      },
    ],
    [
      "HttpProxyMachine",
      (stack, change) => {
        const { backup, given } = inDeployment(stack, "10.20.0.52");
        const mirrors = {
          urls: ["https://mirror.example.com/debian"],
          clients: [backup.postgresql!],
          peer: library.Peer.cidr("10.0.9.0/28"),
        };
        const certificateRevocation = ["crl.example.com"];
        const props = { ...given, httpProxy: backup.httpProxy!, mirrors, certificateRevocation };
        return new library.HttpProxyMachine(stack, "machine", change(props) as typeof props);
      },
    ],
    [
      "LinuxServerMachine",
      (stack, change) => {
        const { backup, given } = inDeployment(stack, "10.20.0.68");
        const veeamAccount = { username: "veeam", publicKey: PROPS.sshPublicKey };
        const component = backup.cacheRepository("cache")!;
        const props = { ...given, component, veeamAccount, dataDisk: { sizeGib: 64 } };
        return new library.LinuxServerMachine(stack, "machine", change(props) as typeof props);
      },
    ],
    [
      "EntraIdBackup",
      (stack, change) =>
        new library.EntraIdBackup(
          stack,
          "backup",
          change(propsOfDeployment(fullDeployment())) as EntraIdBackupProps,
        ),
    ],
  ];

  test.each(makers)("%s", (name, make) => {
    const paths: string[][] = [];
    make(newStack(), (props) => {
      paths.push(...pathsIn(props));
      return props;
    });
    expect(paths.length).toBeGreaterThan(10);
    const errors = paths.flatMap((path) =>
      [undefined, null, 5, "x", {}, [5], [null], "variable"].flatMap((value) => {
        const stack = newStack();
        const variable = new TerraformVariable(stack, "given", { type: "string" }).value as unknown;
        const put = value === "variable" ? variable : value;
        return otherErrors(`${name} ${path.join(".")}`, () =>
          make(stack, (props) => withValue(props, path, put)),
        );
      }),
    );
    expect(errors).toEqual([]);
  });
});

/** The paths of all properties in plain objects and lists; those with an underscore are not for users. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  const isPlain =
    Array.isArray(value) ||
    (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);
  if (!isPlain) return [];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    key.startsWith("_") ? [] : [[...path, key], ...pathsIn(inner, [...path, key])],
  );
}

function withValue(object: object, [key, ...rest]: readonly string[], value: unknown): object {
  const copy = (Array.isArray(object) ? [...object] : { ...object }) as Record<string, unknown>;
  copy[key] = rest.length === 0 ? value : withValue(copy[key] as object, rest, value);
  return copy;
}

test("a class with a static method names resources, and a provider can be null", () => {
  class Names {
    public static resourceName({ kind, component = "" }: library.ResourceToName): string {
      return `own-${kind}-${component}`.replace(/-$/, "");
    }
  }
  const stack = newStack();
  const props = { ...propsOfDeployment(smallestDeployment()), naming: Names, provider: null as never };
  new library.EntraIdBackup(stack, "backup", props);
  expect(Testing.synth(stack)).toContain('"own-');
});
