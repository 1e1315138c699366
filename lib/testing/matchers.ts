import { Testing, TerraformStack } from "cdktf";
import { readDeployment } from "../app/read-deployment";
import { CONTEXT_KEY, type DeploymentFile } from "../app/schema";
import { DocumentedFlows } from "../constructs/roles/documented-flows";
import { JsonNode } from "../terraform/files/json-node";
import { jsonOfBytes } from "../terraform/files/json-of-bytes";
import { type NetworkOfFiles, networkOfFiles } from "../terraform/joined/network-of-files";
import { networkOfJson } from "../terraform/read-network-file";
import { planOf } from "../verification/planned-constructs";
import { type PlannedDeployment, planDeployment } from "../verification/planned-deployment";
import { explainKnown } from "../proof/question";
import { describeExplanation } from "../proof/describe";
import type { ConnectionQuery } from "../proof/explain";
import { Verdict } from "../proof/network";
import { type Direction, Protocol } from "../azure/security-rule";
import { describeVerification } from "../verification/describe-verification";
import { explainPlaces } from "../verification/explain-places";
import { unknownRevision } from "../ports/revisions";
import { verify } from "../verification/verify";

/** A connection that a test expects to be allowed or denied. */
export interface ExpectedFlow {
  /** Source: a component (`backup-server`), subnet, group, address, prefix, service tag or `*`. */
  readonly from: string;
  /** Destination, like `from`. */
  readonly to: string;
  /** Protocol: `tcp`, or as Azure and `veeam-ports` print it: `Tcp`, `TCP`. @default Protocol.TCP */
  readonly protocol?: `${Protocol}` | Lowercase<Protocol> | Uppercase<Protocol>;
  /** Destination port. @default - all ports */
  readonly port?: number;
  /** Source port. @default - all ports */
  readonly sourcePort?: number;
  /** Evaluates one end only. @default - both ends */
  readonly direction?: Direction;
}

/** The matchers' types, to declare them for a test runner other than Jest. */
export interface VeeamMatchers<R> {
  /** All connections of the flow are allowed, whatever values are known only at apply. */
  toAllowFlow(flow: ExpectedFlow): R;
  /** No connection of the flow is allowed, whatever values are known only at apply. */
  toDenyFlow(flow: ExpectedFlow): R;
  /**
   * The groups allow exactly the flows of the deployment.
   *
   * @param expected a deployment, as in cdktf.json, or the expected revision of the port table.
   * @default - the deployment and revision of the stack's own constructs
   */
  toMatchPortTable(expected?: string | DeploymentFile): R;
}

declare global {
  // Merged with Jest's declarations. Has no effect without Jest.
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Jest declares its matchers this way
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merged declarations have the same parameters
    interface Matchers<R, T = {}> extends VeeamMatchers<R> {}
  }
}

/** The result of a matcher. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Matchers for `expect.extend`, of Jest and of Vitest. */
export const veeamMatchers = {
  toAllowFlow: (received: unknown, flow: ExpectedFlow): MatcherResult =>
    expectVerdict(received, flow, Verdict.ALLOW),
  toDenyFlow: (received: unknown, flow: ExpectedFlow): MatcherResult =>
    expectVerdict(received, flow, Verdict.DENY),
  toMatchPortTable: (received: unknown, expected?: string | DeploymentFile): MatcherResult => {
    const unknown = typeof expected === "string" ? unknownRevision(expected) : undefined;
    if (unknown !== undefined) throw new Error(unknown);
    const plan = expectedDeployment(received, expected);
    if (typeof expected === "string" && plan.portTable !== expected) {
      const message = `expected the port table ${expected}, but the stack uses ${plan.portTable}`;
      return { pass: false, message: () => message };
    }
    const verification = verify(plan, receivedNetwork(received), new Map());
    return {
      pass: verification.holds,
      message: () =>
        verification.holds
          ? `expected the groups not to allow exactly the flows of port table ${plan.portTable}, but they do`
          : `expected the groups to allow exactly the flows of port table ${plan.portTable}\n\n${describeVerification(verification)}`,
    };
  },
};

function expectVerdict(received: unknown, flow: ExpectedFlow, wanted: Verdict): MatcherResult {
  const { network } = receivedNetwork(received);
  const explanation = explainKnown(queryOf(flow), network, [], (asked) => explainPlaces(asked, network));
  const pass = explanation.verdict === wanted;
  return {
    pass,
    message: () =>
      `expected the groups ${pass ? "not " : ""}to ${wanted} the flow\n\n${describeExplanation(explanation)}`,
  };
}

function queryOf({ protocol = Protocol.TCP, ...flow }: ExpectedFlow): ConnectionQuery {
  for (const end of ["from", "to"] as const) {
    if (typeof flow[end] !== "string") {
      throw new Error(`${end}: is missing. Write a name from the report, an address or a prefix.`);
    }
  }
  const known = Object.values(Protocol).find((name) => name.toLowerCase() === protocol.toLowerCase());
  if (known === undefined) {
    throw new Error(
      `protocol: "${protocol}" is not an Azure protocol. Write one of ${Object.values(Protocol).join(", ")}.`,
    );
  }
  return { ...flow, protocol: known };
}

/**
 * The deployment that a stack has to match: the given one, or that of the
 * constructs in the stack.
 *
 * @param expected a deployment, as in cdktf.json; a revision; or neither
 * @throws Error if the stack does not contain exactly one deployment and none is given
 */
function expectedDeployment(
  received: unknown,
  expected: string | DeploymentFile | undefined,
): PlannedDeployment {
  if (typeof expected === "object") {
    return planDeployment(readDeployment({ [CONTEXT_KEY]: expected }, "the deployment expected"));
  }
  const constructs = TerraformStack.isStack(received)
    ? (received as TerraformStack).node.findAll().filter((node) => node instanceof DocumentedFlows)
    : [];
  if (constructs.length !== 1) {
    throw new Error(
      `toMatchPortTable: the stack contains ${constructs.length === 0 ? "no deployment" : "several deployments"}. ` +
        "Give the expected one: toMatchPortTable({ name, location, … }), as in cdktf.json.",
    );
  }
  return planOf(constructs[0]);
}

/** Name of the received value in errors. */
const SUBJECT = "the value given to expect()";

/**
 * The network security groups in a received value: a stack, which is
 * synthesized, or the JSON of a stack, a plan, a state or `az network nsg
 * list`, as text or parsed.
 *
 * @throws InvalidInputError if it is none of these
 */
function receivedNetwork(received: unknown): NetworkOfFiles {
  return networkOfFiles([networkOfJson(jsonOf(received))]);
}

function jsonOf(received: unknown): JsonNode {
  if (TerraformStack.isStack(received)) {
    // The synthesized stack includes overrides and aspects.
    return new JsonNode(JSON.parse(Testing.synth(received as TerraformStack)), "", SUBJECT);
  }
  if (typeof received !== "string") return new JsonNode(received, "", SUBJECT);
  return jsonOfBytes(Buffer.from(received), SUBJECT, {
    allowed: "a TerraformStack, or the JSON that Testing.synth(stack) returns",
    change: "Give the stack itself",
  });
}
