import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { type Problem, refused, refuseProblems } from "../../base/problem";
import { refuseTypes } from "../argument-types";
import { forgetAssociation, logicalIdAt } from "./forgotten-resources";

const TYPES = {
  scope: ["node", "a construct", "Give the construct itself, not its id"],
  formerPath: "string",
} as const;

/**
 * Keeps resources that exist when constructs are renamed or nested. A resource's address
 * in Terraform's state consists of the ids of its scopes: without the call, Terraform
 * destroys the resources of a renamed scope and creates them again.
 */
export class StateMoves {
  /**
   * Moves every resource below a construct from the address that it had while the
   * construct was elsewhere in the same stack. Call it when the construct is complete, and
   * remove the call when every environment has been applied.
   *
   * Needs Terraform 1.5 or newer.
   *
   * Synthesis cannot check the path: with a wrong one, the plan destroys and creates the
   * resources again.
   *
   * @param scope The construct in its new place, with one or more resources below it
   * @param formerPath Former ids below the stack: `backup`, `platform/backup`
   * @throws Error whose name is InvalidInputError, if the path is invalid, is that of the construct itself or of
   * another's resources, or if there is no resource to move
   */
  public static moveFromPath(scope: IConstruct, formerPath: string): void {
    refuseTypes("StateMoves.moveFromPath", { scope, formerPath }, TYPES);
    const stack = TerraformStack.of(scope);
    const subject = `StateMoves.moveFromPath(${scope.node.path})`;
    refuseProblems(subject, checkPath(formerPath, stack));
    const moves = movesOf(scope, formerPath, stack);
    refuseProblems(subject, checkMoves(moves, formerPath, stack));
    moveResources(moves);
  }

  /**
   * Lets Terraform delete the subnet of a removed component while its network
   * security group is attached: the group is deleted after the subnet. Without
   * the call, Terraform removes the group first, and a machine that is still in
   * the subnet is unfiltered. `EntraIdBackup` has the prop `removed` for this.
   *
   * Remove the call when every environment has been applied. Do not call it for a
   * component in an existing subnet: the group would stay attached.
   *
   * Needs Terraform 1.7 or newer.
   *
   * @param scope A construct of the stack in which the component was
   * @param formerPath Former ids below the stack: `cache`, `platform/cache`
   * @throws Error whose name is InvalidInputError, if the path is invalid, or the component is still there
   */
  public static removeFromPath(scope: IConstruct, formerPath: string): void {
    refuseTypes("StateMoves.removeFromPath", { scope, formerPath }, TYPES);
    const stack = TerraformStack.of(scope);
    refuseProblems(`StateMoves.removeFromPath(${stack.node.id})`, [
      ...checkPath(formerPath, stack),
      ...checkGone(formerPath, stack),
    ]);
    forgetAssociation(stack, formerPath.split("/"));
  }

  private constructor() {}
}

/**
 * The same for a component whose key changed, and with it the name of its
 * subnet: Terraform forgets the association, so that the former subnet keeps
 * its group until it is deleted.
 */
export function moveRenamed(component: IConstruct, formerPath: string): void {
  const stack = TerraformStack.of(component);
  forgetAssociation(stack, formerPath.split("/"));
  moveResources(movesOf(component, formerPath, stack).filter(({ resource }) => !isAssociation(resource)));
}

function isAssociation({ terraformResourceType: type }: TerraformResource): boolean {
  return type === "azurerm_subnet_network_security_group_association";
}

function moveResources(moves: readonly Move[]): void {
  for (const { resource, formerId } of moves) {
    resource.moveFromId(addressOf(resource, formerId));
  }
}

function addressOf({ terraformResourceType: type }: TerraformResource, id: string): string {
  return `${type}.${id}`;
}

/** A resource, and the logical id under which the state has it. */
interface Move {
  readonly resource: TerraformResource;
  readonly formerId: string;
}

function movesOf(scope: IConstruct, formerPath: string, stack: TerraformStack): Move[] {
  const depth = scope.node.scopes.length;
  return resourcesBelow(scope).map((resource) => {
    const below = resource.node.scopes.slice(depth).map(({ node }) => node.id);
    return { resource, formerId: logicalIdAt(stack, [...formerPath.split("/"), ...below]) };
  });
}

function resourcesBelow(scope: IConstruct): TerraformResource[] {
  return scope.node.findAll().filter(TerraformResource.isTerraformResource);
}

const ALLOWED = 'ids from the stack to where the construct was, parted by "/": "backup", "platform/backup"';

function invalid(formerPath: string, what: string, allowed: string, change: string): Problem[] {
  return refused("former-path-invalid", "formerPath", formerPath, { what, allowed, change });
}

/** A path in the stack; no construct has an id that is empty. */
function checkPath(formerPath: string, stack: TerraformStack): Problem[] {
  if (formerPath === "") return invalid(formerPath, "is empty", ALLOWED, "Write where the construct was");
  const [first, ...others] = formerPath.split("/");
  if ([first, ...others].includes("")) {
    return invalid(formerPath, "holds an id that is empty", ALLOWED, "Leave out the slash");
  }
  const { id } = stack.node;
  if (first !== id || others.length === 0 || stack.node.tryFindChild(id)) return [];
  const change = `Did you mean "${others.join("/")}"? Write that`;
  return invalid(formerPath, "begins with the id of the stack", ALLOWED, change);
}

/** Terraform forgets nothing that the configuration has. */
function checkGone(formerPath: string, stack: TerraformStack): Problem[] {
  const path = `${stack.node.path}/${formerPath}`;
  if (!stack.node.findAll().some(({ node }) => node.path === path)) return [];
  const allowed = "the path of a component that was removed";
  return invalid(
    formerPath,
    "is the path of an existing construct",
    allowed,
    "Remove the component, or the call",
  );
}

/** A move that moves something, and to which Terraform would agree. */
function checkMoves(moves: readonly Move[], formerPath: string, stack: TerraformStack): Problem[] {
  if (moves.length === 0) {
    return refused("former-path-invalid", "scope", {
      what: "contains no resources, so nothing is kept",
      allowed: "a construct with resources",
      change: "Call it once the construct is complete",
    });
  }
  if (moves.every(({ resource, formerId }) => resource.friendlyUniqueId === formerId)) {
    const change = "Write where it was, or leave the call out";
    return invalid(formerPath, "is the current path of the construct", ALLOWED, change);
  }
  const former = new Set(moves.map(({ resource, formerId }) => addressOf(resource, formerId)));
  const taken = resourcesBelow(stack).find((one) => former.has(addressOf(one, one.friendlyUniqueId)));
  if (!taken) return [];
  return invalid(
    formerPath,
    `is where ${taken.node.path} still is, and Terraform moves nothing from there`,
    "a path at which no resource of the stack is any more",
    "Write where the construct was, or take the other away first",
  );
}
