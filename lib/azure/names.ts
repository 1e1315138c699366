import {
  AZURE_ABBREVIATIONS,
  type IResourceNaming,
  maxNameLength,
  NamedResource,
  type ResourceToName,
} from "./naming";
import { isOpaque } from "../base/opaque";
import { type Problem, problemUnless } from "../base/problem";

const SIMPLE_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_])?$/;
const SIMPLE_NAME_WORDS =
  "letters, digits, periods, underscores and hyphens, beginning with a letter or digit and ending with a letter, digit or underscore";

// Azure takes letters of any language in the name of a resource group, but the provider only those of ASCII.
const RESOURCE_GROUP_NAME = /^[A-Za-z0-9_().-]*[A-Za-z0-9_()-]$/;

/** The deployment's name, from which the names of its resources are made. */
export function checkDeploymentName(path: string, name: string, naming?: IResourceNaming): Problem[] {
  if (isOpaque(name)) return [];
  const kind = NamedResource.VIRTUAL_NETWORK;
  if (naming === undefined || naming === AZURE_ABBREVIATIONS) {
    // What is put before it leaves the least room in the virtual network's name.
    const added = AZURE_ABBREVIATIONS.resourceName({ kind, deploymentName: "" });
    return checkSimpleName(path, name, maxNameLength(kind) - added.length);
  }
  return [...checkSimpleName(path, name), ...checkNameOf(path, name, { kind, deploymentName: name }, naming)];
}

/** A name that Azure accepts for a network resource, or a part of one. */
export function checkSimpleName(path: string, name: string, maxLength = 80): Problem[] {
  return isOpaque(name) ? [] : checkName(path, name, maxLength, "Choose another name");
}

function checkName(path: string, name: unknown, maxLength: number, change: string): Problem[] {
  const isName = typeof name === "string" && SIMPLE_NAME.test(name) && name.length <= maxLength;
  return problemUnless(isName, "name-invalid", path, name, {
    what: "is a name that Azure refuses",
    allowed: `1 to ${maxLength} ${SIMPLE_NAME_WORDS}`,
    change,
  });
}

/** The name that a resource gets from the deployment's and the component's, given under a path. */
export function checkNameOf(
  path: string,
  given: string,
  resource: ResourceToName,
  naming: IResourceNaming = AZURE_ABBREVIATIONS,
): Problem[] {
  const { kind, component } = resource;
  const limit = maxNameLength(kind);
  const name = naming.resourceName(resource);
  if (isOpaque(name)) return [];
  if (naming !== AZURE_ABBREVIATIONS) {
    const ofComponent = component === undefined ? "" : ` of ${component}`;
    const call = `naming.resourceName(${kind}${ofComponent})`;
    return checkName(call, name, limit, "Let the naming give another name");
  }
  const tooMany = name.length - limit;
  return problemUnless(tooMany <= 0, "name-too-long", path, given, {
    what: `results in the name "${name}" of ${name.length} characters, which is too long`,
    allowed: `names of up to ${limit} characters in total`,
    change: `Shorten it, or the deployment's name, by at least ${tooMany} character${tooMany === 1 ? "" : "s"}`,
  });
}

/** The name of a resource group. */
export function checkResourceGroupName(path: string, name: string): Problem[] {
  const isName = isOpaque(name) || (RESOURCE_GROUP_NAME.test(name) && name.length <= 90);
  return problemUnless(isName, "name-invalid", path, name, {
    what: "is a name that Azure refuses for a resource group",
    allowed: `1 to 90 letters from a to z, digits, underscores, parentheses, hyphens and periods, not ending with a period`,
    change: "Choose another name",
  });
}

/** Names in one list that Azure cannot tell apart, because it ignores case. */
export function checkDistinctNames(path: string, names: readonly string[]): Problem[] {
  return names.flatMap((name, index) => {
    const same = names.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
    return problemUnless(same === undefined, "name-twice", `${path}.${name}`, name, {
      what: same === name ? "is listed twice" : `differs from "${same}" only in case`,
      allowed: "names that differ in more than case, because Azure ignores it",
      change: "Rename one of the two",
    });
  });
}
