import { isUnknownNumber } from "../../base/opaque";
import { type Problem, refused } from "../../base/problem";
import type { Deployment } from "../deployment";

const PATH = "transmissionPorts";

/** The range for data channels begins before it ends; its limits are those of its shape. */
export function checkTransmissionPorts({ transmissionPorts }: Partial<Deployment>): Problem[] {
  const { from, to } = transmissionPorts ?? {};
  if (!isKnown(from) || !isKnown(to) || from <= to) return [];
  return refused("range-reversed", PATH, `${from}-${to}`, {
    what: "ends before it begins",
    allowed: "from not above to",
    change: "Swap the two",
  });
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
