import { Protocol } from "../../azure/security-rule";

/** All that a connection can be; the last one is every protocol that a rule cannot name. */
export const EVERY_PROTOCOL: readonly Protocol[] = [
  Protocol.TCP,
  Protocol.UDP,
  Protocol.ICMP,
  Protocol.ESP,
  Protocol.AH,
  Protocol.ANY,
];

/** The protocols that a rule, a flow or a question names. */
export function protocolsOf(protocol: Protocol): readonly Protocol[] {
  return protocol === Protocol.ANY ? EVERY_PROTOCOL : [protocol];
}

/** Whether connections of this protocol have ports. */
export function hasPorts(protocol: Protocol): boolean {
  return protocol === Protocol.TCP || protocol === Protocol.UDP;
}
