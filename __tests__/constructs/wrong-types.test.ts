import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { propsOfDeployment } from "../../lib/app/props";
import { InvalidInputError } from "../../lib/base/problem";
import type { EntraIdBackupProps } from "../../lib/constructs/entra-id-backup";
import * as library from "../../lib/index";
import { smallestDeployment } from "../support/deployments/sample-deployments";

// JavaScript calls the library with arguments that no compiler has seen. Whatever they are,
// the library answers with problems, not with a TypeError or an endless recursion.
type Call = (...args: readonly unknown[]) => unknown;

const newStack = (): TerraformStack => new TerraformStack(new App(), "stack");
const VALUES = (): unknown[] => {
  const resource = new ResourceGroup(newStack(), "group", { name: "rg", location: "westeurope" });
  return [undefined, null, 5, "x", true, {}, [], [5], ["x"], { id: 5 }, resource, () => 1];
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
