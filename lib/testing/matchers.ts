import { explainKnown } from "../proof/question";
import type { DeploymentFile } from "../app/schema";
import { describeExplanation } from "../proof/describe";
import type { ConnectionQuery } from "../proof/explain";
import { Verdict } from "../proof/network";
import { type Direction, Protocol } from "../azure/security-rule";
import { describeVerification } from "../verification/describe-verification";
import { explainPlaces } from "../verification/explain-places";
import { unknownRevision } from "../ports/revisions";
import { verify } from "../verification/verify";
import { expectedDeployment } from "./expected-deployment";
import { receivedNetwork } from "./received-network";

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
