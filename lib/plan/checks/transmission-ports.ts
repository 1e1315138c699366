import { TRANSMISSION_PORTS } from "../../ports/port-page";
import { isUnknownNumber, isWholeNumber } from "../../base/opaque";
import type { Deployment } from "../deployment";
import type { Problem } from "../../base/problem";

const PATH = "transmissionPorts";
const [FIRST, LAST] = TRANSMISSION_PORTS.split("-").map(Number);

/** The range for data channels: within the one that Veeam's pages print. */
export function checkTransmissionPorts({ transmissionPorts }: Partial<Deployment>): Problem[] {
  const { from, to, concurrentConnections } = transmissionPorts ?? {};
  const problems: Problem[] = [];
  for (const [end, port] of [
    ["from", from],
    ["to", to],
  ] as const) {
    if (port === undefined || isUnknownNumber(port) || isWholeNumber(port, FIRST, LAST)) continue;
    problems.push({
      path: `${PATH}.${end}`,
      code: "port-invalid",
      what: "is not a port of the range that Veeam uses for data channels",
      value: port,
      allowed: `a whole number from ${FIRST} to ${LAST}; the range can be narrowed`,
      change: "Give the port that Veeam has been told to use",
    });
  }
  if (problems.length === 0 && isKnown(from) && isKnown(to) && from > to) {
    problems.push({
      path: PATH,
      code: "range-reversed",
      what: "ends before it begins",
      value: `${from}-${to}`,
      allowed: "from not above to",
      change: "Swap the two",
    });
  }
  if (concurrentConnections !== undefined && !isUnknownNumber(concurrentConnections)) {
    if (!isWholeNumber(concurrentConnections, 1, Infinity)) {
      problems.push({
        path: `${PATH}.concurrentConnections`,
        code: "number-invalid",
        what: "is not a number of connections",
        value: concurrentConnections,
        allowed: "a whole number from 1",
        change: "Give the connections that are open at the same time, or leave it out",
      });
    }
  }
  return problems;
}

/** A range narrower than the connections declared: each takes a port. */
export function transmissionWarnings({ transmissionPorts }: Partial<Deployment>): string[] {
  const { from, to, concurrentConnections } = transmissionPorts ?? {};
  if (!isKnown(from) || !isKnown(to) || !isKnown(concurrentConnections)) return [];
  if (to - from + 1 >= concurrentConnections) return [];
  const ports = to - from + 1;
  return [
    `${PATH}: ${from}-${to} has ${ports === 1 ? "1 port" : `${ports} ports`} and each connection takes one, but ${concurrentConnections} are declared. Widen the range here and on Veeam's servers, or run fewer tasks at a time.`,
  ];
}

function isKnown(value: number | string | undefined): value is number {
  return typeof value === "number" && !isUnknownNumber(value);
}
