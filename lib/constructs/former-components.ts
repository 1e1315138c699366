import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { NamedResource } from "../azure/naming";
import { COMPONENT_PROPERTY, type ComponentRole } from "../plan/deployment";
import { componentSlug } from "../ports/port-table";
import { FilteredSubnet } from "./network/filtered-subnet";
import { forgetAssociation, idsOf } from "./network/forgotten-resources";
import { moveRenamed, StateMoves } from "./network/state-moves";
import type { BackupComponent } from "./roles/component";

// Components that had another key, and components that are removed.

/** Moves the resources of a component from where it was under its former key; without one, or without resources, nothing. */
export function moveFormer(scope: Construct, component: BackupComponent): void {
  const { role, formerKey } = component._input();
  if (formerKey === undefined) return;
  if (!component.node.findAll().some(TerraformResource.isTerraformResource)) return;
  const slug = componentSlug(role, formerKey);
  const path = [...idsOf(scope), slug].join("/");
  if (isRenamed(component, slug)) moveRenamed(component, path);
  else StateMoves.moveFromPath(component, path);
}

/** Whether the subnet of a component is replaced because its name contains the key. */
function isRenamed({ node, label, network }: BackupComponent, slug: string): boolean {
  const place = node.tryFindChild("network");
  if (!(place instanceof FilteredSubnet) || !place.association) return false;
  const { deploymentName, naming } = network;
  const [former, name] = [slug, label].map((component) =>
    naming.resourceName({ kind: NamedResource.SUBNET, deploymentName, component }),
  );
  return former !== name;
}

/**
 * Lets Terraform forget the associations of removed components, so that it
 * deletes each subnet with its group on it, and the group after the subnet.
 *
 * @param paths Components as cdktf.json names them: `gatewayServers.old`
 */
export function forgetAssociations(scope: Construct, paths: readonly string[]): void {
  for (const path of paths) {
    forgetAssociation(TerraformStack.of(scope), [...idsOf(scope), slugOf(path)]);
  }
}

function slugOf(path: string): string {
  const [property] = path.split(".");
  const roles = Object.keys(COMPONENT_PROPERTY) as ComponentRole[];
  const role = roles.find((candidate) => COMPONENT_PROPERTY[candidate] === property) ?? roles[0];
  return componentSlug(role, path.slice(property.length + 1));
}
