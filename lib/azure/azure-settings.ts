import { checkDistinctNames } from "./names";
import { STORAGE_REGIONS } from "./storage-regions";
import { nearest } from "../base/nearest";
import { isOpaque, isOpaqueMap } from "../base/opaque";
import { type Problem, problemUnless, refused } from "../base/problem";

// Veeam Backup for Microsoft Entra ID supports no tenants in these clouds.
const SOVEREIGN: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(usgov|usdod|ussec|usnat)/, "Azure Government"],
  [/^china/, "Azure in China"],
];

/** The location as Azure's API writes it: "West Europe" is `westeurope`. */
export function normalizeLocation(location: string): string {
  return isOpaque(location) ? location : location.toLowerCase().replaceAll(" ", "");
}

/** A location of the public cloud. */
export function checkLocation(path: string, location: string): Problem[] {
  if (isOpaque(location)) return [];
  const allowed = 'a region of the public Azure cloud, such as "westeurope"';
  const normalized = normalizeLocation(location);
  if (!/^[a-z][a-z0-9]+$/.test(normalized)) {
    return refused("location-invalid", path, location, {
      what: "is not the name of a region",
      allowed,
      change: "Write the region's name in letters and digits",
    });
  }
  const cloud = SOVEREIGN.find(([pattern]) => pattern.test(normalized));
  if (!cloud) return checkSpelling(path, location, normalized);
  return refused("location-unsupported", path, location, {
    what: `is a region of ${cloud[1]}, whose tenants Veeam Backup for Microsoft Entra ID does not support`,
    allowed,
    change: "Choose a region of the public cloud",
  });
}

// Regions of the public cloud, of which some have no service tag for storage yet.
// Source: https://learn.microsoft.com/azure/reliability/regions-list
const REGIONS: readonly string[] = [
  ...STORAGE_REGIONS.map(({ region }) => region),
  ..."denmarkeast eastus3 finlandcentral greececentral indiasouthcentral israelnorthwest".split(" "),
  ..."saudiarabiaeast taiwannorth taiwannorthwest centraluseuap eastus2euap".split(" "),
];

/** The provider knows the regions too, but says so only at the plan. */
function checkSpelling(path: string, location: string, normalized: string): Problem[] {
  if (REGIONS.includes(normalized)) return [];
  const meant =
    REGIONS.find((region) => sorted(region) === sorted(normalized)) ?? nearest(normalized, REGIONS);
  return refused("location-invalid", path, location, {
    what: "is not a known region",
    allowed: `a region of the public Azure cloud, such as "${meant ?? "westeurope"}"`,
    change:
      meant === undefined
        ? "Choose one that `az account list-locations` prints"
        : `Did you mean "${meant}"? Write that`,
  });
}

function sorted(text: string): string {
  return [...text].sort().join("");
}

/** Tags that the library sets itself. */
const OWN_TAGS: readonly string[] = ["veeam-role", "veeam-component", "veeam-port-table"];

// Limits of Azure Resource Manager; three of the fifty tags are the library's own.
const MAX_TAGS = 50 - OWN_TAGS.length;
const MAX_TAG_NAME = 512;
const MAX_TAG_VALUE = 256;

/** Tags for everything that takes tags. */
export function checkTags(path: string, tags: Readonly<Record<string, string>>): Problem[] {
  const names = Object.keys(tags);
  return [
    ...checkDistinctNames(path, names),
    ...names.flatMap((name) => checkTag(path, name, tags[name])),
    ...problemUnless(names.length <= MAX_TAGS, "too-many-tags", path, {
      what: `has ${names.length} tags`,
      allowed: `up to ${MAX_TAGS} tags, because Azure allows 50 and this library sets ${OWN_TAGS.length}`,
      change: "Leave some out",
    }),
  ];
}

function checkTag(path: string, name: string, value: string): Problem[] {
  const check = (holds: boolean, code: string, what: string, allowed: string, change: string): Problem[] =>
    problemUnless(holds, code, `${path}.${name}`, value, { what, allowed, change });
  if (isOpaque(name)) {
    return problemUnless(!isOpaqueMap(name), "value-unknown", path, {
      what: "is a map that is known only at apply, to which the library cannot add its own tags",
      allowed: "a map whose values may each be known only at apply",
      change: 'Give its entries one by one: { owner: Fn.lookup(map, "owner") }',
    });
  }
  return [
    ...check(
      !OWN_TAGS.includes(name.toLowerCase()),
      "tag-reserved",
      "is a tag that the library sets itself",
      `any other name than ${OWN_TAGS.join(", ")}`,
      "Rename the tag",
    ),
    ...check(
      name.length > 0 && name.length <= MAX_TAG_NAME && !/[<>%&\\?/]/.test(name),
      "tag-invalid",
      "is a tag name that Azure refuses",
      `1 to ${MAX_TAG_NAME} characters without < > % & \\ ? /`,
      "Rename the tag",
    ),
    ...check(
      !/^(microsoft|azure|windows)/i.test(name),
      "tag-reserved",
      "begins with a word that Azure reserves",
      "names that do not begin with microsoft, azure or windows",
      "Rename the tag",
    ),
    ...check(
      isOpaque(value) || value.length <= MAX_TAG_VALUE,
      "tag-invalid",
      "has a value that is too long",
      `values of up to ${MAX_TAG_VALUE} characters`,
      "Shorten the value",
    ),
  ];
}

/**
 * Which network policies apply to private endpoints in a subnet.
 *
 * Source: https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
 */
export const PRIVATE_ENDPOINT_POLICIES: readonly string[] = [
  "Disabled",
  "Enabled",
  "NetworkSecurityGroupEnabled",
  "RouteTableEnabled",
];
