import { Token } from "cdktf";
import * as z from "zod/mini";
import { isOpaqueMap } from "../base/opaque";
import { type Problem, problemOf, refused } from "../base/problem";
import type { Deployment, NetworkPart } from "../plan/deployment";
import { checkShape } from "../plan/shape/check-shape";
import { deploymentSchema } from "../plan/shape/schema";

/** An object of this library for a part of a deployment, which it returns as cdktf.json has it. */
interface Giving {
  _given(): unknown;
}

// Properties that take an object of this library, and the call that creates
// one. JavaScript does not check types, so this is checked here.
const MAKERS: Readonly<Record<string, (value: string) => string>> = {
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

/** Props as a deployment, and what keeps them from being one. */
export interface GivenProps<D> {
  readonly deployment: D;
  readonly problems: readonly Problem[];
  /** Whether they are a part of a deployment that was checked as a whole. */
  readonly isChecked: boolean;
}

/** The deployment that props describe; its shape is right if there are no problems. */
export function givenDeployment(props: object): GivenProps<Deployment> {
  return given(props, deploymentSchema);
}

/** The network that props describe. */
export function givenNetwork(props: object): GivenProps<NetworkPart> {
  return given(props, NETWORK);
}

/** The part of a deployment that props describe. */
export function givenParts(props: object): GivenProps<Partial<Deployment>> {
  return given(props, PARTS);
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
export function makerOf(path: string, key: string): ((value: string) => string) | undefined {
  const isPart = path === "" || key === "existingSubnet";
  return isPart && Object.hasOwn(MAKERS, key) ? MAKERS[key] : undefined;
}

function given<D>(props: object, schema: z.ZodMiniType): GivenProps<D> {
  const checked = checkedPart<D>(props);
  if (checked) return { deployment: checked, problems: [], isChecked: true };
  const problems: Problem[] = [];
  const deployment = plain(props ?? {}, "", problems);
  const refused = problems.map(({ path }) => path);
  return {
    deployment: deployment as D,
    isChecked: false,
    problems: [
      ...problems,
      ...checkShape(schema, deployment, "the props").filter(
        ({ path }) => !refused.some((other) => path === other || path.startsWith(`${other}.`)),
      ),
    ],
  };
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
        const maker = makerOf(path, key);
        if (maker && !isGiving(inner)) problems.push(notMade(innerPath, inner, maker));
        return [key, plain(inner, innerPath, problems)];
      }),
  );
}

function isGiving(value: unknown): value is Giving {
  return typeof value === "object" && value !== null && "_given" in value;
}

function notMade(path: string, value: unknown, maker: (value: string) => string): Problem {
  const written = maker(JSON.stringify(value) ?? "");
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
