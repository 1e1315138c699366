import { Token } from "cdktf";
import { Construct } from "constructs";
import * as z from "zod/mini";
import { Direction, Protocol } from "../azure/security-rule";
import { isOpaqueMap } from "../base/opaque";
import { jsonOf, type Problem, problemOf, refuseProblems } from "../base/problem";
import {
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  deploymentOfComponents,
  type NetworkPart,
  type Placement,
} from "../plan/deployment";
import { checkShape } from "../plan/shape/check-shape";
import { deploymentSchema, object, text } from "../plan/shape/schema";
import type { VeeamRole } from "../ports/port-table";
import type { ConnectionQuery } from "../proof/explain";
import { checkArgument } from "./argument-types";

/** An object of this library for a part of a deployment, which it returns as cdktf.json has it. */
interface Giving {
  _given(): unknown;
}

// Properties that take an object of this library, and the call that creates
// one. JavaScript does not check types, so this is checked here.
const CREATIONS: Readonly<Record<string, (value?: string) => string>> = {
  resourceGroup: (value) => fromNameOrResource("BackupResourceGroup", "resourceGroup", value),
  virtualNetwork: (value) => fromNameOrResource("BackupVirtualNetwork", "virtualNetwork", value),
  egress: () => "Egress.natGateway()",
  destinations: () => "Destinations.serviceTags()",
  administrators: (value = "prefixes") => `Administrators.addresses(${value})`,
  dnsNames: (value = "addresses") => `DnsNames.byAddresses(${value})`,
  existingSubnet: () => "ExistingSubnet.dedicated(id, prefix)",
};

/** Examples of those that are required. */
const REQUIRED: Readonly<Record<string, string>> = {
  resourceGroup: '"rg-veeam-entra"',
  virtualNetwork: '{ addressSpace: ["10.20.0.0/24"] }',
};

/** What creates the object: from the value, or from a resource if the value is a construct. */
function fromNameOrResource(type: string, resource: string, value: string | undefined): string {
  return value === undefined ? `${type}.fromResource(${resource})` : `${type}.create(${value})`;
}

const PARTS = z.partial(deploymentSchema);
const { name, location, resourceGroup, virtualNetwork } = deploymentSchema.shape;
const NETWORK = z.extend(PARTS, { name, location, resourceGroup, virtualNetwork });

const QUERY = object("A connection", {
  from: text('Source, such as "backup-server"'),
  to: text('Destination, such as "postgresql"'),
  protocol: z.enum(Protocol),
  port: z.optional(z.number()),
  sourcePort: z.optional(z.number()),
  direction: z.optional(z.enum(Direction)),
});

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
  refuseProblems(subject, checkArgument("key", key, "string", "a name among the components of the role"));
  const parts = deploymentOfComponents([{ role, key, placement: (options ?? {}) as Placement }]);
  return componentsOf(givenParts(subject, parts))[0];
}

/** Ignores other members of the question. @throws InvalidInputError where its shape is wrong */
export function checkQuery(subject: string, query: ConnectionQuery): void {
  const known = Object.keys(QUERY.shape) as Array<keyof ConnectionQuery>;
  // In JavaScript, the argument may be missing.
  given(subject, Object.fromEntries(known.map((key) => [key, (query ?? {})[key]])), QUERY);
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
export function creationOf(path: string, key: string): ((value?: string) => string) | undefined {
  const isPart = path === "" || key === "existingSubnet";
  return isPart && Object.hasOwn(CREATIONS, key) ? CREATIONS[key] : undefined;
}

function given(subject: string, props: object, schema: z.ZodMiniType): unknown {
  const plainObjects: Problem[] = [];
  const deployment = plain(props ?? {}, "", plainObjects);
  const others = checkShape(schema, deployment, "the props").filter(
    ({ path }) => !plainObjects.some((other) => path === other.path || path.startsWith(`${other.path}.`)),
  );
  refuseProblems(subject, [...plainObjects, ...others.map(inCode)]);
  return deployment;
}

/** A value as plain data: numbers known only at apply are texts, and what is undefined is left out. */
function plain(value: unknown, path: string, problems: Problem[], around: readonly object[] = []): unknown {
  if (typeof value === "number") return Token.isUnresolved(value) ? Token.asString(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) {
    problems.push(containsItself(path));
    return undefined;
  }
  const within = [...around, value];
  if (Array.isArray(value)) {
    return value.map((item, index) => plain(item, `${path}[${index}]`, problems, within));
  }
  if (isGiving(value)) return plain(value._given() ?? null, path, problems, within);
  if (Construct.isConstruct(value)) {
    problems.push(constructGiven(path, value));
    return undefined;
  }
  // A map known only at apply keeps its shape: the second phase of the checks refuses it by name.
  if (Token.isUnresolved(value)) return Object.keys(value).some(isOpaqueMap) ? value : Token.asString(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => {
        const innerPath = path === "" ? key : `${path}.${key}`;
        const creation = creationOf(path, key);
        if (!creation || isGiving(inner)) return [key, plain(inner, innerPath, problems, within)];
        problems.push(notMade(innerPath, inner, creation));
        return [key, undefined];
      }),
  );
}

/** A problem in the words of code, if the property takes an object of this library. */
function inCode(problem: Problem): Problem {
  const example = REQUIRED[problem.path];
  if (problem.code !== "missing" || example === undefined) return problem;
  const written = CREATIONS[problem.path](example);
  return { ...problem, allowed: objectsOf(written), change: `Add it, such as ${written}` };
}

/** What is allowed in place of the object that a call creates. */
function objectsOf(written: string): string {
  return `objects that the static methods of ${written.slice(0, written.indexOf("."))} return`;
}

function isGiving(value: unknown): value is Giving {
  return typeof value === "object" && value !== null && "_given" in value;
}

function notMade(path: string, value: unknown, creation: (value?: string) => string): Problem {
  const json = jsonOf(value);
  const written = creation(json);
  return problemOf("wrong-type", path, json === undefined ? undefined : value, {
    what: "is not an object of this library",
    allowed: objectsOf(written),
    change: `Write ${written}`,
  });
}

function containsItself(path: string): Problem {
  return problemOf("wrong-type", path, {
    what: "is an object that contains itself",
    allowed: "plain values",
    change: "Write the values that are needed here",
  });
}

function constructGiven(path: string, { node }: Construct): Problem {
  return problemOf("wrong-type", path, {
    what: `is a construct (${node.path})`,
    allowed: "plain values",
    change: "Write the key, name, id or address that is needed here",
  });
}
