import { TerraformStack } from "cdktf";
import type { SecurityRule } from "../../azure/security-rule";
import { areSame } from "../join-groups";
import { objectsIn, textList } from "../json-values";
import { securityRuleOfTerraform } from "../security-rule-of-terraform";
import { arePoliciesOn } from "../unfiltered";
import type { EmittedResource } from "./emitted-resource";
import type { EmittedResources } from "./emitted-resources";
import { emittedValue } from "./emitted-value";
import type { PlaceInStack } from "./place-in-stack";
import { RULE } from "./rules-beside-groups";

/** Network interfaces in the subnet of a place with groups of their own, which may refuse its flows; each a sentence. */
export function interfacesAt(place: PlaceInStack, resources: EmittedResources): string[] {
  const emitted = resources.in(TerraformStack.of(place));
  const subnetId = idOfSubnet(place);
  const inSubnet = (address: string): boolean =>
    objectsIn(emitted.at(address)?.attribute("ip_configuration")).some(
      ({ subnet_id: own }) => own === subnetId,
    );
  return emitted.ofType("azurerm_network_interface_security_group_association").flatMap((one) => {
    const nic = /:(azurerm_network_interface\.[\w-]+)\.id\}$/.exec(
      String(one.attribute("network_interface_id")),
    )?.[1];
    return nic !== undefined && inSubnet(nic)
      ? [
          `${one.path} gives an interface in the subnet of ${place.endpoint.label} a group of its own, which may refuse its flows. Leave it to the subnet's group.`,
        ]
      : [];
  });
}

/** Private endpoints in the subnet of a place, to which groups are not applied; each a sentence. */
export function privateEndpointsAt(place: PlaceInStack, resources: EmittedResources): string[] {
  const emitted = resources.in(TerraformStack.of(place));
  const { subnet } = place;
  const made = subnet && emitted.at(`${subnet.terraformResourceType}.${subnet.friendlyUniqueId}`);
  const [policies = "Disabled"] = textList(made?.attribute("private_endpoint_network_policies")) ?? [];
  if (arePoliciesOn(policies)) return [];
  return emitted
    .ofType("azurerm_private_endpoint")
    .filter((one) => one.attribute("subnet_id") === idOfSubnet(place))
    .map(
      ({ path }) =>
        `The group of ${place.endpoint.label} is not applied to the private endpoint ${path} in its subnet, unless private_endpoint_network_policies of the subnet is Enabled.`,
    );
}

/** Rules that a place adds to a group that is managed elsewhere, and that overrides change; each a sentence. */
export function changedRulesOf(place: PlaceInStack, resources: EmittedResources): string[] {
  const added = place._addedToGroup();
  if (!added) return [];
  const stack = TerraformStack.of(place);
  const emitted = resources.in(stack).ofType(RULE);
  return added.rules.flatMap(({ id, rule }) => {
    const path = `${place.node.path}/${id}`;
    const resource = emitted.find((one) => one.path === path);
    return resource &&
      emittedValue(added.group.name, stack, stack) ===
        resource.attribute("network_security_group_name", stack) &&
      isAsAdded(resource, rule)
      ? []
      : [
          `${path} is a rule of this deployment in the group ${added.group.name}, and an override changes or removes it. Remove the override, and declare a connection instead.`,
        ];
  });
}

function isAsAdded(resource: EmittedResource, rule: SecurityRule): boolean {
  const attributes = resource.attributes(resource.stack);
  const isRepeated = ["count", "for_each"].some((key) => (attributes[key] ?? undefined) !== undefined);
  const isIgnored = objectsIn(attributes.lifecycle).some(({ ignore_changes: list }) => textList(list));
  return !isRepeated && !isIgnored && areSame([securityRuleOfTerraform(attributes, resource.path)], [rule]);
}

function idOfSubnet(place: PlaceInStack): unknown {
  return emittedValue(place.subnetId, TerraformStack.of(place));
}
