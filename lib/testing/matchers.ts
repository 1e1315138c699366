import { explainKnown } from "../proof/question";
import type { DeploymentFile } from "../app/schema";
import { describeExplanation } from "../proof/describe";
import type { ConnectionQuery } from "../proof/explain";
import { Verdict } from "../proof/network";
import { type Direction, Protocol } from "../azure/security-rule";
import { describeVerification } from "../verification/describe-verification";
import { explainPlaces } from "../verification/explain-places";
import { unknownRevision } from "../verification/known-revision";
import { verify } from "../verification/verify";
import { expectedDeployment } from "./expected-deployment";
import { receivedNetwork } from "./received-network";

/** A connection that a test asks about. */
export interface ExpectedFlow {
  /** Who opens it: a component (`backup-server`), a subnet, an address, a prefix, a service tag or `*`. */
  readonly from: string;
  /** Who is connected to, in the same words. */
  readonly to: string;
  /** Protocol, whatever the case. @default Protocol.TCP */
  readonly protocol?: Protocol | "tcp" | "udp" | "icmp" | "esp" | "ah";
  /** Port connected to. @default - every port */
  readonly port?: number;
  /** Port from which it is opened. @default - every port */
  readonly sourcePort?: number;
  /** Judges one end only. @default - both */
  readonly direction?: Direction;
}

/** What the matchers add to `expect`, for the declarations of a test runner that is not Jest. */
export interface VeeamMatchers<R> {
  /** Every connection of the flow passes, whatever is known only at apply. */
  toAllowFlow(flow: ExpectedFlow): R;
  /** No connection of the flow passes, whatever is known only at apply. */
  toDenyFlow(flow: ExpectedFlow): R;
  /**
   * The groups hold exactly the flows that are asked for.
   *
   * @param expected a deployment as it stands in cdktf.json; or the revision that the stack is to follow.
   *   Without it, the revision is the stack's own.
   */
  toMatchPortTable(expected?: string | DeploymentFile): R;
}

declare global {
  // Jest's own declarations are merged with these; without Jest they are of no consequence.
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Jest declares its matchers so
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merged declarations have the same parameters
    interface Matchers<R, T = {}> extends VeeamMatchers<R> {}
  }
}

/** What a matcher says of what it was given. */
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
      const message = `expected the port table ${expected}, and the stack follows ${plan.portTable}`;
      return { pass: false, message: () => message };
    }
    const verification = verify(plan, receivedNetwork(received), new Map());
    return {
      pass: verification.holds,
      message: () =>
        verification.holds
          ? `expected the groups not to hold exactly the flows of port table ${plan.portTable}, and they do`
          : `expected the groups to hold exactly the flows of port table ${plan.portTable}\n\n${describeVerification(verification)}`,
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
  const known = Object.values(Protocol).find((name) => name.toLowerCase() === protocol.toLowerCase());
  if (known === undefined) {
    throw new Error(
      `protocol: "${protocol}" is none that Azure knows. Write one of ${Object.values(Protocol).join(", ")}.`,
    );
  }
  return { ...flow, protocol: known };
}
