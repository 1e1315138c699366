import * as z from "zod/mini";
import { BackupRepositoryType, OperatingSystem, TYPES_BEHIND_GATEWAYS } from "../lib/ports/component-types";
import { CONTEXT_KEY, deploymentFileSchema } from "../lib/app/schema";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A JSON schema of cdktf.json, so that an editor completes and checks the deployment in it. */
export function cdktfJsonSchema(): object {
  const { $schema, ...deployment } = z.toJSONSchema(deploymentFileSchema, {
    target: "draft-7",
    override: ({ jsonSchema }) => {
      describeBranches(jsonSchema);
      addRelations(jsonSchema);
    },
  });
  return {
    $schema,
    title: "cdktf.json with a deployment of Veeam Backup for Microsoft Entra ID",
    type: "object",
    required: ["context"],
    properties: {
      context: {
        description: "What the app reads",
        type: "object",
        required: [CONTEXT_KEY],
        properties: {
          [CONTEXT_KEY]: {
            ...deployment,
            description: "The deployment of Veeam Backup for Microsoft Entra ID",
          },
        },
      },
    },
  };
}

/** An object of one property, as a branch of a choice, is for what its property is for. */
function describeBranches({ anyOf = [] }: JsonSchema): void {
  for (const branch of anyOf) {
    const [property, ...others] = Object.values((branch as JsonSchema).properties ?? {}) as JsonSchema[];
    if (property !== undefined && others.length === 0) {
      (branch as JsonSchema).description ??= property.description;
    }
  }
}

/**
 * What lib/plan/checks sees to between properties of one object, as far as a
 * schema can say it. It stands here alone, and not in what reads the file:
 * the checks say it in better words.
 */
function addRelations(node: JsonSchema): void {
  const properties = (node.properties ?? {}) as Record<string, JsonSchema>;
  const has = (...keys: string[]): boolean => keys.every((key) => key in properties);
  if (has("subnet", "addresses", "on")) node.oneOf = has("region") ? REPOSITORY_PLACES : one(...PLACES);
  if (has("dedicated", "group")) node.oneOf = one("dedicated", "group");
  if (has("firewall", "addresses")) node.oneOf = one("firewall", "addresses");
  const dependencies = {
    // A machine is created in the new subnet of its component.
    ...(has("subnet", "machine") && { machine: placeOfMachine(properties) }),
    ...(has("subnet", "subnetSettings") && { subnetSettings: ["subnet"] }),
    ...(has("gateways") && { gateways: behindGateways(properties.type) }),
  };
  if (Object.keys(dependencies).length > 0) node.dependencies = dependencies;
  for (const [key, least] of Object.entries(LEAST_ENTRIES)) {
    if (properties[key]?.type === "array") properties[key].minItems = least;
  }
}

const PLACES = ["subnet", "existingSubnet", "addresses", "on"];

// Lists that mean nothing with fewer entries.
const LEAST_ENTRIES = { addresses: 1, addressSpace: 1, gateways: 1, extents: 2 };

const { OBJECT_STORAGE } = BackupRepositoryType;

// Object storage is in a region, or at the addresses of a private endpoint; it is not a machine in a subnet.
const REPOSITORY_PLACES: JsonSchema[] = [
  ...["subnet", "existingSubnet", "on"].map((place) => ({
    required: [place],
    properties: { type: { not: { const: OBJECT_STORAGE } } },
    not: { required: ["region"] },
  })),
  { required: ["addresses"], not: { required: ["region"] } },
  {
    required: ["region", "type"],
    properties: { type: { const: OBJECT_STORAGE } },
    not: { anyOf: PLACES.map((place) => ({ required: [place] })) },
  },
];

/** A machine needs a new subnet. One with an SSH key runs Debian; the backup server's runs Windows, or what its disk contains. */
function placeOfMachine({ machine, region }: Record<string, JsonSchema>): JsonSchema {
  const isLinux = "sshPublicKey" in (machine.properties ?? {});
  const types = [OperatingSystem.LINUX, ...(region ? [BackupRepositoryType.HARDENED] : [])];
  return { required: ["subnet"], ...(isLinux && { properties: { type: { enum: types } } }) };
}

function one(...keys: readonly string[]): JsonSchema[] {
  return keys.map((key) => ({ required: [key] }));
}

/** Only what cannot run Veeam's services itself has gateways. */
function behindGateways(type: JsonSchema): JsonSchema {
  const types = TYPES_BEHIND_GATEWAYS.filter((candidate) => type.enum?.includes(candidate));
  return { required: ["type"], properties: { type: { enum: types } } };
}
