import { Token } from "cdktf";
import * as z from "zod/mini";
import type { Problem } from "../base/problem";
import type { Deployment } from "../plan/deployment";
import { checkShape } from "../plan/shape/check-shape";
import { deploymentSchema } from "../plan/shape/schema";

/** Something of ours that stands for a part of a deployment, and says it as cdktf.json has it. */
interface Giving {
  _given(): unknown;
}

// Properties that take an object of ours, and what a user writes to make one.
// TypeScript sees to it; JavaScript lets anything through.
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

/** Props as a deployment, and what keeps them from being one. */
export interface GivenProps<D> {
  readonly deployment: D;
  readonly problems: readonly Problem[];
}

/** The deployment that props describe, of the right shape where there is no problem. */
export function givenDeployment(props: object): GivenProps<Deployment> {
  return given(props, deploymentSchema);
}

/** The part of a deployment that props describe. */
export function givenParts(props: object): GivenProps<Partial<Deployment>> {
  return given(props, PARTS);
}

function given<D>(props: object, schema: z.ZodMiniType): GivenProps<D> {
  const problems: Problem[] = [];
  const deployment = plain(props ?? {}, "", problems);
  const refused = problems.map(({ path }) => path);
  return {
    deployment: deployment as D,
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
  if (Token.isUnresolved(value)) return Token.asString(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => {
        const innerPath = path === "" ? key : `${path}.${key}`;
        const isPart = innerPath === key || key === "existingSubnet";
        const maker = isPart && Object.hasOwn(MAKERS, key) ? MAKERS[key] : undefined;
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
  return {
    code: "wrong-type",
    path,
    what: `is not a ${type}`.replace(/ a (?=[AEIOU])/, " an "),
    value,
    allowed: `what the methods of ${type} return`,
    change: `Write ${written}`,
  };
}
