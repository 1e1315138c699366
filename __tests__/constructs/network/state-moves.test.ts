import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { TerraformStack } from "cdktf";
import {
  BackupNetwork,
  BackupResourceGroup,
  BackupVirtualNetwork,
  CacheRepository,
  StateMoves,
} from "cdktf-veeam-entra-id";
import { Construct } from "constructs";
import { refusalLines } from "../../support/expected/refusals";
import { newStack, synthesizeStack } from "../../support/tools/synthesized";

/** A construct with a resource below it. */
function thing(scope: Construct, id: string): Construct {
  const made = new Construct(scope, id);
  new ResourceGroup(made, "group", { name: `rg-${id}`, location: "westeurope" });
  return made;
}

const movesOf = (stack: TerraformStack): unknown =>
  (JSON.parse(synthesizeStack(stack).text) as { moved?: unknown }).moved;

test("every resource moves from where it was", () => {
  const stack = newStack();
  StateMoves.moveFromPath(thing(new Construct(stack, "platform"), "backup"), "former/backup");
  expect(movesOf(stack)).toEqual([
    {
      from: expect.stringMatching(/^azurerm_resource_group\.former_backup_group_[0-9A-F]{8}$/),
      to: expect.stringMatching(/^azurerm_resource_group\.platform_backup_group_[0-9A-F]{8}$/),
    },
  ]);
});

test("an id may be that of the stack, where a construct has it", () => {
  const stack = newStack();
  const outer = new Construct(stack, stack.node.id);
  StateMoves.moveFromPath(thing(outer, "backup"), `${stack.node.id}/former`);
  expect(movesOf(stack)).toHaveLength(1);
});

const ALLOWED =
  'Allowed: ids from the stack to where the construct was, parted by "/": "backup", "platform/backup".';

test.each<[string, (stack: TerraformStack) => void, string]>([
  [
    "an empty path",
    (stack) => StateMoves.moveFromPath(thing(stack, "backup"), ""),
    `formerPath: is empty (got ""). ${ALLOWED} Write where the construct was.`,
  ],
  ...["/former", "former/", "platform//backup"].map(
    (path): [string, (stack: TerraformStack) => void, string] => [
      `the path ${path}`,
      (stack) => StateMoves.moveFromPath(thing(stack, "backup"), path),
      `formerPath: holds an id that is empty (got "${path}"). ${ALLOWED} Leave out the slash.`,
    ],
  ),
  [
    "a path from the app",
    (stack) => StateMoves.moveFromPath(thing(stack, "backup"), `${stack.node.id}/platform/former`),
    `formerPath: begins with the id of the stack (got "veeam-entra/platform/former"). ${ALLOWED} Did you mean "platform/former"? Write that.`,
  ],
  [
    "the path that it has",
    (stack) => StateMoves.moveFromPath(thing(stack, "backup"), "backup"),
    `formerPath: is the current path of the construct (got "backup"). ${ALLOWED} Write where it was, or leave the call out.`,
  ],
  [
    "a path at which another still is",
    (stack) => {
      thing(stack, "former");
      StateMoves.moveFromPath(thing(stack, "backup"), "former");
    },
    'formerPath: is where veeam-entra/former/group still is, and Terraform moves nothing from there (got "former"). Allowed: a path at which no resource of the stack is any more. Write where the construct was, or take the other away first.',
  ],
  [
    "a construct without resources",
    (stack) => StateMoves.moveFromPath(new Construct(stack, "backup"), "former"),
    "scope: contains no resources, so nothing is kept. Allowed: a construct with resources. Call it once the construct is complete.",
  ],
])("%s is refused, and nothing moves", (_, act, line) => {
  const stack = newStack();
  expect(refusalLines(() => act(stack))).toEqual([line]);
  expect(movesOf(stack)).toBeUndefined();
});

describe("a role that was removed from the code", () => {
  const removedOf = (stack: TerraformStack): unknown =>
    (JSON.parse(synthesizeStack(stack).text) as { removed?: unknown }).removed;

  /** A cache repository in a scope of its own. */
  function cache(stack: TerraformStack): CacheRepository {
    const network = new BackupNetwork(stack, "network", {
      name: "veeam",
      location: "westeurope",
      resourceGroup: BackupResourceGroup.create("rg-veeam"),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    });
    const platform = new Construct(stack, "platform");
    return new CacheRepository(platform, "cache", { network, subnet: "10.20.0.0/27" });
  }

  test("has its association forgotten, and nothing else", () => {
    const { association } = cache(newStack());
    const stack = newStack();
    StateMoves.removeFromPath(new Construct(stack, "any"), "platform/cache");
    const from = `azurerm_subnet_network_security_group_association.${association?.friendlyUniqueId}`;
    expect(removedOf(stack)).toEqual([{ from, lifecycle: { destroy: false } }]);
  });

  test.each([
    ["that is still there", "platform/cache", "is the path of an existing construct"],
    ["with an empty id", "platform//cache", "holds an id that is empty"],
  ])("is refused with a path %s", (_what, path, words) => {
    const stack = newStack();
    cache(stack);
    expect(() => StateMoves.removeFromPath(stack, path)).toThrow(words);
  });
});
