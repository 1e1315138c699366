import * as z from "zod/mini";
import { checkDeployment } from "../plan/checks/deployment";
import {
  type ExistingSubnetInput,
  type ComponentInput,
  COMPONENT_PROPERTY,
  componentPath,
  type DeploymentInput,
} from "../plan/checks/deployment-input";
import { type Problem, refuseProblems } from "../base/problem";
import type { SubnetSettingsInput } from "../plan/checks/subnet-settings";
import { isSingle, type VeeamRole } from "../ports/port-table";
import { DEFAULT_REVISION } from "../ports/revisions";
import { isOpaque } from "../base/opaque";
import { CONTEXT_KEY } from "./context-key";
import { type Deployment, deploymentSchema } from "./schema";
import { withoutPassword } from "./passwords";
import { featuresIn } from "./raw-features";
import { isObject, numberOr, objectOr, textOr, textsOr, typeOr } from "./raw-values";
import { settingProblems } from "./setting-problems";
import { type ShapeProblem, shapeProblems } from "./shape-problems";

/**
 * The deployment in the context of cdktf.json.
 *
 * @param context what stands under `context`
 * @param subject what errors call the input
 * @throws InvalidInputError with everything that is wrong with it, at once
 */
export function readDeployment(context: unknown, subject: string): Deployment {
  if (!isObject(context)) {
    refuse(subject, "context", "is no object", context, `an object with the key ${CONTEXT_KEY}`);
  }
  const raw = (context as Record<string, unknown>)[CONTEXT_KEY];
  if (!isObject(raw)) {
    const what = raw === undefined ? "is missing" : "is no object";
    refuse(subject, `context.${CONTEXT_KEY}`, what, raw, "an object that describes the deployment");
  }
  const parsed = deploymentSchema.safeParse(raw);
  const shape = parsed.success
    ? []
    : shapeProblems(
        parsed.error.issues,
        raw,
        z.toJSONSchema(deploymentSchema, { target: "draft-7" }),
        CONTEXT_KEY,
      ).filter((fault) => !isLeftToChecks(fault));
  const input = deploymentInput(raw as Record<string, unknown>, shape);
  const problems = [
    ...shape,
    ...expressionsIn(raw, ""),
    ...checkDeployment(input).problems,
    ...settingProblems(raw as Record<string, unknown>),
    ...problemsOfMachines(raw as Record<string, unknown>, shape, input),
  ];
  refuseProblems(subject, withoutRepeats(problems).map(withoutPassword));
  return raw as Deployment;
}

/** What is wrong with the machines. Their checks are only loaded where there are some. */
function problemsOfMachines(
  raw: Record<string, unknown>,
  shape: readonly ShapeProblem[],
  input: DeploymentInput,
): Problem[] {
  if (![raw.postgresql, raw.httpProxy].some((value) => objectOr(value).machine !== undefined)) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { machineProblems } = require("./machine-problems") as typeof import("./machine-problems");
  return machineProblems(raw, shape, input);
}

/** A value of the right kind that is none of those allowed, of which the checks know why: what Veeam does not support. */
function isLeftToChecks({ at, path, value }: ShapeProblem): boolean {
  if (path === "postgresql.machine.version") return typeof value === "number";
  const isTypeOfRole = at[at.length - 1] === "type" && !at.includes("machine");
  return (isTypeOfRole || path === "portTable") && typeof value === "string";
}

/**
 * A file holds plain values: what is known only at apply would pass every
 * check, and a stack cannot be named after it. Code can give such values.
 */
function expressionsIn(value: unknown, path: string): Problem[] {
  if (typeof value === "string" && isExpression(value)) {
    return [
      {
        path,
        what: "is an expression, which cannot be checked before it is deployed",
        value,
        allowed: "plain values; expressions are for deployments written as code",
        change: "Write the value itself",
      },
    ];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => expressionsIn(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const innerPath = path === "" ? key : `${path}.${key}`;
    return [...expressionsIn(key, innerPath), ...expressionsIn(inner, innerPath)];
  });
}

/** Whether Terraform would read the text as a template; a directive, "%{ if }", is one as well. */
function isExpression(text: string): boolean {
  return isOpaque(text) || text.includes("%{");
}

function refuse(subject: string, path: string, what: string, value: unknown, allowed: string): void {
  const change = "Describe the deployment there, as the README shows";
  refuseProblems(subject, [{ path, what, value, allowed, change }]);
}

function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, what }) => {
    const key = `${path} ${what}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** What the checks can read of a subnet that exists. */
function existingSubnetIn(value: unknown): ExistingSubnetInput | undefined {
  if (!isObject(value)) return undefined;
  const group = isObject(value.group) ? value.group : undefined;
  return {
    id: textOr(value.id),
    addressPrefixes: textsOr(value.addressPrefixes),
    // What was refused already counts as given.
    dedicated: value.dedicated === true || (value.dedicated !== undefined && group === undefined),
    group: group && {
      name: textOr(group.name),
      resourceGroup: textOr(group.resourceGroup),
      firstPriority: numberOr(group.firstPriority),
      lastPriority: numberOr(group.lastPriority),
    },
  };
}

/** What the checks can read of a deployment, whatever is wrong with the rest of it. */
function deploymentInput(raw: Record<string, unknown>, shape: readonly ShapeProblem[]): DeploymentInput {
  const wrong = new Set(shape.map(({ path }) => path));
  const resourceGroup = textOr(raw.resourceGroup);
  const existingGroup = textOr(objectOr(raw.resourceGroup).existing);
  const network = objectOr(raw.virtualNetwork);
  const existing = isObject(network.existing) ? network.existing : undefined;
  const migration = isObject(raw.cacheMigration) ? raw.cacheMigration : undefined;
  const tags = objectOr(raw.tags);

  return {
    name: textOr(raw.name),
    location: textOr(raw.location),
    resourceGroup:
      resourceGroup !== undefined
        ? { path: "resourceGroup", name: resourceGroup }
        : existingGroup !== undefined
          ? { path: "resourceGroup.existing", name: existingGroup }
          : undefined,
    virtualNetwork: {
      path: existing ? "virtualNetwork.existing" : "virtualNetwork",
      existing: existing && { name: textOr(existing.name), resourceGroup: textOr(existing.resourceGroup) },
      addressSpace: textsOr((existing ?? network).addressSpace),
      dnsServers: textsOr((existing ?? network).dnsServers),
    },
    portTable: textOr(raw.portTable) ?? DEFAULT_REVISION,
    consoles: wrong.has("consoles") ? undefined : textsOr(raw.consoles),
    components: componentsIn(raw, shape),
    cacheMigration: migration && { from: textOr(migration.from), to: textOr(migration.to) },
    ...featuresIn(raw, shape),
    tags: Object.fromEntries(
      Object.entries(tags).filter((tag): tag is [string, string] => textOr(tag[1]) !== undefined),
    ),
  };

  function componentsIn(
    deployment: Record<string, unknown>,
    faults: readonly ShapeProblem[],
  ): ComponentInput[] {
    return (Object.entries(COMPONENT_PROPERTY) as Array<[VeeamRole, string]>).flatMap(([role, property]) => {
      const value = deployment[property];
      if (value === undefined) return [];
      if (isSingle(role)) return [componentIn(role, role, value, faults)];
      return Object.keys(objectOr(value))
        .sort()
        .map((key) => componentIn(role, key, objectOr(value)[key], faults));
    });
  }

  function componentIn(
    role: VeeamRole,
    key: string,
    value: unknown,
    faults: readonly ShapeProblem[],
  ): ComponentInput {
    const path = componentPath(role, key);
    const fields = objectOr(value);
    // What was refused here already counts as given, so that nothing is said to be missing.
    const refused = faults
      .filter(({ at }) => at[0] === path.split(".")[0] && (isSingle(role) || at[1] === key))
      .map((fault) =>
        fault.path === path ? "subnet" : (fault.meant ?? String(fault.at[isSingle(role) ? 1 : 2])),
      );
    const port = typeof fields.port === "number" && !wrong.has(`${path}.port`) ? fields.port : undefined;
    return {
      path,
      role,
      key,
      subnet: textOr(fields.subnet),
      existingSubnet: existingSubnetIn(fields.existingSubnet),
      subnetSettings: subnetSettingsIn(fields.subnetSettings, `${path}.subnetSettings`),
      addresses: textsOr(fields.addresses),
      on: textOr(fields.on),
      port,
      directAccess: fields.directAccess === true,
      type: typeOr(fields),
      region: textOr(fields.region),
      gateways: textsOr(fields.gateways),
      refused,
    };
  }
  function subnetSettingsIn(value: unknown, path: string): SubnetSettingsInput | undefined {
    if (!isObject(value)) return undefined;
    const given = (key: string): unknown => (wrong.has(`${path}.${key}`) ? undefined : value[key]);
    return {
      routeTableId: textOr(given("routeTableId")),
      serviceEndpoints: textsOr(given("serviceEndpoints")),
      privateEndpointNetworkPolicies: textOr(given("privateEndpointNetworkPolicies")),
    };
  }
}
