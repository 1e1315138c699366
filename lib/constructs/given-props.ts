import { Token } from "cdktf";
import * as z from "zod/mini";
import { isOpaqueMap } from "../base/opaque";
import { type Problem, problemOf, refused, refuseProblems } from "../base/problem";
import {
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  deploymentOfComponents,
  type NetworkPart,
  type Placement,
} from "../plan/deployment";
import { checkShape } from "../plan/shape/check-shape";
import { deploymentSchema } from "../plan/shape/schema";
import type { VeeamRole } from "../ports/port-table";

/** An object of this library for a part of a deployment, which it returns as cdktf.json has it. */
interface Giving {
  _given(): unknown;
}

// Properties that take an object of this library, and the call that creates
// one. JavaScript does not check types, so this is checked here.
const CREATIONS: Readonly<Record<string, (value: string) => string>> = {
  resourceGroup: (value) => `BackupResourceGroup.create(${value})`,
  virtualNetwork: (value) => `BackupVirtualNetwork.create(${value})`,
  egress: () => "Egress.natGateway()",
  destinations: () => "Destinations.serviceTags()",
  administrators: (value) => `Administrators.addresses(${value})`,
  dnsNames: (value) => `DnsNames.byAddresses(${value})`,
  existingSubnet: () => "ExistingSubnet.dedicated(id, prefix)",
};

const PARTS = z.partial(deploymentSchema);
const { name, location, resourceGroup, virtualNetwork } = deploymentSchema.shape;
const NETWORK = z.extend(PARTS, { name, location, resourceGroup, virtualNetwork });

/** The deployment that props describe. @throws InvalidInputError where their shape is wrong */
export function givenDeployment(subject: string, props: object): Deployment {
  return given(subject, props, deploymentSchema) as Deployment;
}

/** The network that props describe. @throws InvalidInputError where their shape is wrong */
export function givenNetwork(subject: string, props: object): NetworkPart {
  return given(subject, props, NETWORK) as NetworkPart;
}

/** The part of a deployment that props describe. @throws InvalidInputError where their shape is wrong */
export function givenParts(subject: string, props: object): Partial<Deployment> {
  return given(subject, props, PARTS) as Partial<Deployment>;
}

/** The component that options describe. @throws InvalidInputError where their shape is wrong */
export function givenComponent(
  subject: string,
  role: VeeamRole,
  key: string,
  options: object | undefined,
): DeploymentComponent {
  const parts = deploymentOfComponents([{ role, key, placement: (options ?? {}) as Placement }]);
  return componentsOf(givenParts(subject, parts))[0];
}

const CHECKED = new WeakMap<object, unknown>();

/** Props for a part of a deployment that was checked as a whole, so that the part is not checked again. */
export function checkedProps<P extends object>(props: P, part: unknown): P {
  CHECKED.set(props, part);
  return props;
}

/** The part of a deployment that checked props describe. */
export function checkedPart<T>(props: object): T | undefined {
  return CHECKED.get(props) as T | undefined;
}

/** How a property's object is made; undefined for a property that takes plain data. */
export function creationOf(path: string, key: string): ((value: string) => string) | undefined {
  const isPart = path === "" || key === "existingSubnet";
  return isPart && Object.hasOwn(CREATIONS, key) ? CREATIONS[key] : undefined;
}

function given(subject: string, props: object, schema: z.ZodMiniType): unknown {
  const plainObjects: Problem[] = [];
  const deployment = plain(props ?? {}, "", plainObjects);
  const others = checkShape(schema, deployment, "the props").filter(
    ({ path }) => !plainObjects.some((other) => path === other.path || path.startsWith(`${other.path}.`)),
  );
  refuseProblems(subject, [...plainObjects, ...others]);
  return deployment;
}

/** A value as plain data: numbers known only at apply are texts, and what is undefined is left out. */
function plain(value: unknown, path: string, problems: Problem[]): unknown {
  if (typeof value === "number") return Token.isUnresolved(value) ? Token.asString(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => plain(item, `${path}[${index}]`, problems));
  if (isGiving(value)) return plain(value._given(), path, problems);
  // A map known only at apply keeps its shape: the second phase of the checks refuses it by name.
  if (Token.isUnresolved(value)) return Object.keys(value).some(isOpaqueMap) ? value : Token.asString(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => {
        const innerPath = path === "" ? key : `${path}.${key}`;
        const creation = creationOf(path, key);
        if (creation && !isGiving(inner)) problems.push(notMade(innerPath, inner, creation));
        return [key, plain(inner, innerPath, problems)];
      }),
  );
}

function isGiving(value: unknown): value is Giving {
  return typeof value === "object" && value !== null && "_given" in value;
}

function notMade(path: string, value: unknown, creation: (value: string) => string): Problem {
  const written = creation(JSON.stringify(value) ?? "");
  const type = written.slice(0, written.indexOf("."));
  return problemOf("wrong-type", path, value, {
    what: `is not a ${type}`.replace(/ a (?=[AEIOU])/, " an "),
    allowed: `what the methods of ${type} return`,
    change: `Write ${written}`,
  });
}

/**
 * The problem of a value that is not an object of this library, which JavaScript
 * does not notice.
 *
 * @param member a method that only these objects have
 */
export function checkObject(
  path: string,
  value: unknown,
  member: string,
  type: string,
  change: string,
): Problem[] {
  if (typeof value === "object" && value !== null && member in value) return [];
  if (value === undefined) {
    return refused("missing", path, {
      what: "is missing",
      allowed: type,
      change,
    });
  }
  // An object may refer to itself, and is not shown.
  const shown = typeof value === "object" || typeof value === "function" ? {} : { value };
  return [{ code: "wrong-type", path, what: `is not ${type}`, ...shown, allowed: type, change }];
}
