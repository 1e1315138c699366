import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { COMPONENT_PROPERTY, type ComponentRole } from "../plan/deployment";
import { componentSlug } from "../ports/port-table";
import { ForgottenResources } from "./network/forgotten-resources";
import { logicalIdAt, StateMoves } from "./network/state-moves";
import type { BackupComponent } from "./roles/component";

// What a deployment says of components as they were: under another key, or not removed yet.

/** Moves the resources of a component from where it was under its former slug; without one, or without resources, nothing. */
export function moveFormer(scope: Construct, component: BackupComponent | undefined, slug?: string): void {
  if (slug === undefined || !component?.node.findAll().some(TerraformResource.isTerraformResource)) return;
  StateMoves.moveFromPath(component, [...idsOf(scope), slug].join("/"));
}

/**
 * Lets Terraform forget the associations of removed components, so that it
 * deletes each subnet with its group on it, and the group after the subnet.
 *
 * @param paths Components as cdktf.json names them: `gatewayServers.old`
 */
export function forgetAssociations(scope: Construct, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const stack = TerraformStack.of(scope);
  const addresses = paths.map((path) => {
    const ids = [...idsOf(scope), slugOf(path), "network", "association"];
    return `azurerm_subnet_network_security_group_association.${logicalIdAt(stack, ids)}`;
  });
  new ForgottenResources(scope, "removed", addresses);
}

/** Ids from the stack to a construct, without that of the stack. */
function idsOf(scope: Construct): string[] {
  const { scopes } = scope.node;
  return scopes.slice(scopes.indexOf(TerraformStack.of(scope)) + 1).map(({ node }) => node.id);
}

function slugOf(path: string): string {
  const [property] = path.split(".");
  const roles = Object.keys(COMPONENT_PROPERTY) as ComponentRole[];
  const role = roles.find((candidate) => COMPONENT_PROPERTY[candidate] === property) ?? roles[0];
  return componentSlug(role, path.slice(property.length + 1));
}
