import type { TerraformStack } from "cdktf";
import { isOpaque } from "../../base/opaque";
import { isSameName } from "../terraform-index";
import { constantIn } from "./emitted-constants";
import type { EmittedResources } from "./emitted-resources";
import type { EmittedResource } from "./emitted-resource";

/** Rules that are resources of their own. */
export const RULE = "azurerm_network_security_rule";

/** Whether a rule is in a group. */
export enum Membership {
  SURE = "sure",
  /** Its group is known only at apply. */
  DOUBTFUL = "doubtful",
  NONE = "none",
}

/** A rule that is a resource of its own, and is or may be in a group. */
export interface RuleNearGroup {
  readonly resource: EmittedResource;
  readonly membership: Membership;
  /** How it names its group, in the words of a stack. */
  readonly groupName: (reader: TerraformStack) => string;
}

/** Rules that are resources of their own, and the groups that they are in, of whatever stack. */
export class RulesBesideGroups {
  private readonly rules: RuleBeside[];

  constructor(
    private readonly resources: EmittedResources,
    stacks: readonly TerraformStack[],
  ) {
    this.rules = stacks
      .flatMap((stack) => resources.in(stack).ofType(RULE))
      .map((resource) => new RuleBeside(resource, resources));
  }

  /** The rules that are or may be in a group. */
  public near(group: EmittedResource): RuleNearGroup[] {
    if (this.rules.length === 0) return [];
    const identity: GroupIdentity = {
      key: group.key,
      name: this.resources.follow(group.attribute("name"), group.stack),
      resourceGroup: this.resources.follow(group.attribute("resource_group_name"), group.stack),
    };
    return this.rules
      .map(({ resource, naming }) => ({
        resource,
        membership: membershipOf(naming, identity),
        groupName: (reader: TerraformStack) =>
          String(resource.attribute("network_security_group_name", reader)),
      }))
      .filter(({ membership }) => membership !== Membership.NONE);
  }
}

/** By what a group is told from others. */
interface GroupIdentity {
  readonly key: string;
  readonly name: unknown;
  readonly resourceGroup: unknown;
}

/** How a rule says which group it is in. */
interface Naming {
  /** Keys of the groups that it speaks of. */
  readonly keys: readonly string[];
  /** Whether it says the name of the one group that it speaks of, and nothing else. */
  readonly isReference: boolean;
  /** The name, as far as it is known. */
  readonly name: unknown;
  /** The name that locals, functions and defaults of variables make. */
  readonly constant: unknown;
  readonly resourceGroup: unknown;
}

class RuleBeside {
  public readonly naming: Naming;

  constructor(
    public readonly resource: EmittedResource,
    resources: EmittedResources,
  ) {
    const given = resource.attribute("network_security_group_name");
    const references = groupReferences(String(given));
    const read = references.filter(({ isData }) => isData);
    const [first] = references;
    const isReference = references.length === 1 && isNameOf(String(given), first.text);
    this.naming = {
      keys: references.filter(({ isData }) => !isData).map(({ key }) => key),
      isReference: isReference && read.length === 0,
      // A data source is of the group that it was told the name of.
      name: resources.follow(isReference ? `\${${first.key}.name}` : given, resource.stack),
      constant: constantIn(
        resource.stack,
        String(resource.attribute("network_security_group_name", resource.stack)),
      ),
      resourceGroup: resources.follow(resource.attribute("resource_group_name"), resource.stack),
    };
  }
}

function membershipOf(naming: Naming, group: GroupIdentity): Membership {
  const { keys, isReference, name, constant, resourceGroup } = naming;
  if (isSurelyOther(resourceGroup, group.resourceGroup)) return Membership.NONE;
  // Whatever is made of the name or the id of one group is taken to mean that group.
  if (keys.includes(group.key)) return keys.length === 1 ? Membership.SURE : Membership.DOUBTFUL;
  if (isReference) return Membership.NONE;
  if ([name, constant].some((one) => isSameName(one, group.name))) return Membership.SURE;
  return isSurelyOther(name, group.name) ? Membership.NONE : Membership.DOUBTFUL;
}

function isSurelyOther(a: unknown, b: unknown): boolean {
  return isKnown(a) && isKnown(b) && !isSameName(a, b);
}

function isKnown(name: unknown): name is string {
  return typeof name === "string" && !isOpaque(name);
}

interface GroupReference {
  /** All of it: `backup:azurerm_network_security_group.a.id`. */
  readonly text: string;
  readonly key: string;
  readonly isData: boolean;
}

const GROUP_REFERENCE = /([^\s"{}(),[\]]*:(data\.)?azurerm_network_security_group\.[\w-]+)\.(?:name|id)\b/g;

/** The groups that a text speaks of, each once. */
function groupReferences(text: string): GroupReference[] {
  const found = [...text.matchAll(GROUP_REFERENCE)].map(([all, key, data]) => ({
    text: all,
    key,
    isData: data !== undefined,
  }));
  return found.filter(({ key }, index) => found.findIndex((other) => other.key === key) === index);
}

/** Whether a text is a reference, or functions that take a part of it: `${element(split("/", a.id), 8)}`. */
function isNameOf(text: string, reference: string): boolean {
  const rest = text.replace(reference, "").replaceAll('"/"', "");
  return /^\$\{(?:[a-z]+\(|[\s,()[\]\d-])*\}$/.test(rest);
}
