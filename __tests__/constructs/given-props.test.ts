import { App, TerraformStack, TerraformVariable } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { propsOfDeployment } from "../../lib/app/props";
import { Protocol } from "../../lib/azure/security-rule";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import type { EntraIdBackupProps } from "../../lib/constructs/entra-id-backup";
import type { Deployment } from "../../lib/plan/deployment";
import { Peer } from "../../lib/constructs/network/peer";
import { BackupNetwork } from "../../lib/constructs/network/backup-network";
import { BackupRepository, BackupServer } from "../../lib/constructs/roles/roles";
import { DocumentedFlows } from "../../lib/constructs/roles/documented-flows";
import { Verdict } from "../../lib/proof/network";
import { codesOf, problemsIn } from "../support/expected/refusals";
import { smallestDeployment } from "../support/deployments/sample-deployments";
import { newStack } from "../support/tools/synthesized";
import { temporaryFolder } from "../support/tools/temporary-folder";

/** What cdktf.json can say and props cannot; the compiler sees to it that it is nothing. */
type OnlyInFile =
  | Exclude<keyof Deployment, keyof EntraIdBackupProps>
  | OnlyInFileOf<"backupServer" | "postgresql" | "httpProxy" | "services">
  | OnlyInEntriesOf<"cacheRepositories" | "gatewayServers" | "backupRepositories">;
type OnlyInFileOf<P extends keyof Deployment & keyof EntraIdBackupProps> = P extends unknown
  ? Exclude<keyof NonNullable<Deployment[P]>, keyof NonNullable<EntraIdBackupProps[P]>>
  : never;
type OnlyInEntriesOf<P extends "cacheRepositories" | "gatewayServers" | "backupRepositories"> =
  P extends unknown
    ? Exclude<keyof NonNullable<Deployment[P]>[string], keyof NonNullable<EntraIdBackupProps[P]>[string]>
    : never;

test("props can say all that cdktf.json can", () => {
  const isNothing: [OnlyInFile] extends [never] ? true : false = true;
  expect(isNothing).toBe(true);
});

/** Codes and paths with which props are refused that no compiler has seen. */
const refused = (change: object): string[] => {
  const props = { ...propsOfDeployment(smallestDeployment()), ...change } as EntraIdBackupProps;
  return codesOf(problemsIn(() => new EntraIdBackup(newStack(), "backup", props)));
};

test.each<[string, object, string[]]>([
  ["a resource group by its name alone", { resourceGroup: "rg" }, ["wrong-type resourceGroup"]],
  [
    "a network without its class",
    { virtualNetwork: { addressSpace: ["10.0.0.0/24"] } },
    ["wrong-type virtualNetwork"],
  ],
  ["a prop that is spelled almost right", { console: ["10.1.0.0/24"] }, ["unknown-property console"]],
  ["null for a component", { postgresql: null }, ["wrong-type postgresql"]],
  [
    "a subnet that is a number",
    { gatewayServers: { a: { subnet: 5 } } },
    ["wrong-type gatewayServers.a.subnet"],
  ],
  [
    "several at once",
    { resourceGroup: "rg", egress: "natGateway", backupServer: { subnet: 1, port: 2 } },
    [
      "wrong-type resourceGroup",
      "wrong-type egress",
      "wrong-type backupServer.subnet",
      "unknown-property backupServer.port",
    ],
  ],
])("%s", (_title, change, codes) => expect(refused(change).sort()).toEqual([...codes].sort()));

test("nothing at all", () => {
  const none = undefined as unknown as EntraIdBackupProps;
  const codes = codesOf(problemsIn(() => new EntraIdBackup(newStack(), "backup", none)));
  expect(codes).toContain("missing backupServer");
});

test("what to write is shown", () => {
  const props = {
    ...propsOfDeployment(smallestDeployment()),
    resourceGroup: "rg",
  } as unknown as EntraIdBackupProps;
  const [problem] = problemsIn(() => new EntraIdBackup(newStack(), "backup", props));
  expect(problem.change).toBe('Write BackupResourceGroup.create("rg")');
});

describe("values that no compiler has seen", () => {
  const anything = <T>(value: unknown): T => value as T;
  const problemsOf = (use: (backup: EntraIdBackup) => unknown): string[] => {
    const backup = new EntraIdBackup(newStack(), "backup", propsOfDeployment(smallestDeployment()));
    return codesOf(problemsIn(() => use(backup)));
  };

  test.each<[string, (backup: EntraIdBackup) => unknown, string[]]>([
    [
      "components as the ends of a migration",
      (backup) => backup.migrateCache({ from: anything(backup.backupServer), to: "new" }),
      ["wrong-type cacheMigration.from"],
    ],
    ["no migration", (backup) => backup.migrateCache(anything(undefined)), ["wrong-type cacheMigration"]],
    [
      "options without a key",
      (backup) => backup.addGatewayServer(anything({ addresses: ["10.3.0.0/28"] }), {}),
      ["wrong-type key"],
    ],
    [
      "a component as the machine of another",
      (backup) => backup.addGatewayServer("gw", { on: anything(backup.backupServer) }),
      ["wrong-type gatewayServers.gw.on"],
    ],
    [
      "a question about a component, with a port in quotes",
      (backup) =>
        backup.explain({
          from: anything(backup.backupServer),
          to: "console",
          protocol: anything("tcp"),
          port: anything("443"),
        }),
      ["wrong-type from", "wrong-type protocol", "wrong-type port"],
    ],
    [
      "no question",
      (backup) => backup.explain(anything(undefined)),
      ["missing from", "missing to", "missing protocol"],
    ],
    ["a list of prefixes", () => Peer.cidr(anything(["10.1.0.0/24"])), ["wrong-type peer[0]"]],
    ["no service tag", () => Peer.serviceTag(anything(undefined)), ["missing peer"]],
  ])("%s", (_title, use, codes) => expect(problemsOf(use)).toEqual(codes));

  test.each<[string, (backup: EntraIdBackup) => unknown, string]>([
    [
      "a variable of Terraform for a string",
      (backup) => Peer.cidr(new TerraformVariable(backup, "v", { type: "string" }).value as string),
      "Write Token.asString(...) around it",
    ],
    [
      "a port that is null",
      (backup) =>
        backup.explain({
          from: "console",
          to: "backup-server",
          protocol: Protocol.TCP,
          port: anything(null),
        }),
      "Write a number",
    ],
  ])("what to write instead of %s", (_title, use, change) => {
    const backup = new EntraIdBackup(newStack(), "backup", propsOfDeployment(smallestDeployment()));
    expect(problemsIn(() => use(backup)).map((problem) => problem.change)).toEqual([change]);
  });

  test("a resource where an object of this library is needed", () => {
    const stack = newStack();
    const group = new ResourceGroup(stack, "group", { name: "rg", location: "westeurope" });
    const props = { ...propsOfDeployment(smallestDeployment()), resourceGroup: group, consoles: [group] };
    const problems = problemsIn(() => new EntraIdBackup(stack, "backup", anything(props)));
    expect(codesOf(problems)).toEqual(["wrong-type resourceGroup", "wrong-type consoles[0]"]);
    expect(problems[0].change).toBe("Write BackupResourceGroup.fromResource(resourceGroup)");
  });
});

describe("objects with more members than are needed", () => {
  test("a flow is a question with the labels of its ends and a port", () => {
    const backup = new EntraIdBackup(newStack(), "backup", propsOfDeployment(smallestDeployment()));
    const [flow] = backup.flows;
    const port = Number(flow.ports[0]);
    const { verdict } = backup.explain({ ...flow, from: flow.from.label, to: flow.to.label, port });
    expect(verdict).toBe(Verdict.ALLOW);
  });

  test("a migration can be an object of a class, with getters", () => {
    class Move {
      public readonly ticket = "CHG-1";
      public readonly from = "a";
      public get to(): string {
        return "b";
      }
    }
    const backup = new EntraIdBackup(newStack(), "backup", {
      ...propsOfDeployment(smallestDeployment()),
      cacheRepositories: { a: { subnet: "10.20.0.64/27" }, b: { subnet: "10.20.0.96/27" } },
    });
    const before = backup.flows.length;
    backup.migrateCache(new Move());
    expect(backup.flows.length).toBeGreaterThan(before);
  });
});

test("a component that is added after app.synth() is refused", () => {
  const { path: outdir, remove } = temporaryFolder("synthesized-");
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "veeam-entra");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(smallestDeployment()));
  backup.addGatewayServer("before", { addresses: ["10.3.0.0/28"] });
  app.synth();
  remove();
  expect(codesOf(problemsIn(() => backup.addGatewayServer("after", { addresses: ["10.4.0.0/28"] })))).toEqual(
    ["added-after-synthesis gatewayServers.after"],
  );
});

describe("components put together in JavaScript", () => {
  const problemsOf = (make: (stack: TerraformStack, network: BackupNetwork) => unknown): string[] => {
    const stack = newStack();
    const network = new BackupNetwork(stack, "network", propsOfDeployment(smallestDeployment()));
    return codesOf(problemsIn(() => make(stack, network)));
  };
  const anything = <T>(value: unknown): T => value as T;

  test.each<[string, object | undefined, string[]]>([
    ["without props", undefined, ["missing network"]],
    ["in a network that is a name", { network: "vnet" }, ["wrong-type network"]],
    ["in a network that is plain data", { network: { name: "vnet" } }, ["wrong-type network"]],
  ])("a component %s", (_title, props, codes) => {
    expect(problemsOf((stack) => new BackupServer(stack, "server", anything(props)))).toEqual(codes);
  });

  test.each<[string, object, string[]]>([
    [
      "the machine of what the network does not have",
      { on: "backupServer" },
      ["component-unknown backupRepositories.it.on"],
    ],
    ["its own machine", { on: "backupRepositories.it" }, ["host-circular backupRepositories.it.on"]],
    ["the machine of an object", { on: {} }, ["wrong-type backupRepositories.it.on"]],
    ["a former key", { formerKey: "was", addresses: ["10.3.0.0/28"] }, ["former-key-alone formerKey"]],
    ["a key that is a number", { key: 5, subnet: "10.20.0.0/27" }, ["wrong-type key"]],
    [
      "gateways that are a name",
      { gateways: "gw", addresses: ["10.3.0.0/28"] },
      ["wrong-type backupRepositories.it.gateways"],
    ],
    [
      "gateways that are numbers",
      { gateways: [1], addresses: ["10.3.0.0/28"] },
      ["wrong-type backupRepositories.it.gateways[0]"],
    ],
    ["a subnet that is a number", { subnet: 5 }, ["wrong-type backupRepositories.it.subnet"]],
  ])("a component with %s", (_title, props, codes) => {
    const made = problemsOf(
      (stack, network) => new BackupRepository(stack, "it", anything({ ...props, network })),
    );
    expect(made).toEqual(codes);
  });

  test.each<[string, object, string[]]>([
    ["a resource group by its name alone", { resourceGroup: "rg" }, ["wrong-type resourceGroup"]],
    ["no location", { location: undefined }, ["missing location"]],
    ["a prop that is spelled almost right", { egres: 1 }, ["unknown-property egres"]],
  ])("a network with %s", (_title, props, codes) => {
    const all = { ...propsOfDeployment(smallestDeployment()), ...props };
    expect(problemsOf((stack) => new BackupNetwork(stack, "second", all))).toEqual(codes);
  });

  test("flows between what is not a component", () => {
    expect(
      problemsOf((stack) => new DocumentedFlows(stack, "flows", { components: anything(["server"]) })),
    ).toEqual(["wrong-type components[0]"]);
    expect(problemsOf((stack) => new DocumentedFlows(stack, "flows", {}).add(anything({})))).toEqual([
      "wrong-type components[0]",
    ]);
  });
});
