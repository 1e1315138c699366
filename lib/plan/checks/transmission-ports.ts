import { TRANSMISSION_PORTS } from "../../ports/port-table";
import { isOpaqueNumber } from "../../base/opaque";
import type { DeploymentInput } from "./deployment-input";
import type { Problem } from "../../base/problem";

const PATH = "transmissionPorts";
const [FIRST, LAST] = TRANSMISSION_PORTS.split("-").map(Number);

/** The range for data channels: within the one that Veeam's pages print. */
export function checkTransmissionPorts({ transmissionPorts }: DeploymentInput): Problem[] {
  const { from, to, concurrentConnections } = transmissionPorts ?? {};
  const problems: Problem[] = [];
  for (const [end, port] of [
    ["from", from],
    ["to", to],
  ] as const) {
    if (port === undefined || isOpaqueNumber(port)) continue;
    if (Number.isInteger(port) && port >= FIRST && port <= LAST) continue;
    problems.push({
      path: `${PATH}.${end}`,
      what: "is no port of the range that Veeam uses for data channels",
      value: port,
      allowed: `a whole number from ${FIRST} to ${LAST}; the range can be narrowed`,
      change: "Give the port that Veeam has been told to use",
    });
  }
  if (problems.length === 0 && from !== undefined && to !== undefined && isRange(from, to) && from > to) {
    problems.push({
      path: PATH,
      what: "ends before it begins",
      value: `${from}-${to}`,
      allowed: "from not above to",
      change: "Swap the two",
    });
  }
  if (concurrentConnections !== undefined && !isOpaqueNumber(concurrentConnections)) {
    if (!Number.isInteger(concurrentConnections) || concurrentConnections < 1) {
      problems.push({
        path: `${PATH}.concurrentConnections`,
        what: "is no number of connections",
        value: concurrentConnections,
        allowed: "a whole number from 1",
        change: "Give the connections that are open at the same time, or leave it out",
      });
    }
  }
  return problems;
}

/** A range narrower than the connections declared: each takes a port. */
export function transmissionWarnings({ transmissionPorts }: DeploymentInput): string[] {
  const { from, to, concurrentConnections } = transmissionPorts ?? {};
  if (from === undefined || to === undefined || concurrentConnections === undefined) return [];
  if (!isRange(from, to) || to - from + 1 >= concurrentConnections) return [];
  const ports = to - from + 1;
  return [
    `${PATH}: ${from}-${to} has ${ports === 1 ? "1 port" : `${ports} ports`} and each connection takes one, but ${concurrentConnections} are declared. Widen the range here and on Veeam's servers, or run fewer tasks at a time.`,
  ];
}

function isRange(from: number, to: number): boolean {
  return !isOpaqueNumber(from) && !isOpaqueNumber(to);
}
