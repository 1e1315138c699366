import type { SecurityRule } from "../policy/security-rule";

/** A network security group that a file holds. */
export interface FoundGroup {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** Its own rules, without Azure's default rules. */
  readonly rules: SecurityRule[];
  /** Its tags, as far as they are texts. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A subnet, or a network interface that has a group of its own. */
export interface FoundEndpoint {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** Its prefixes or addresses; one value known only at apply where the file does not say them. */
  readonly prefixes: string[];
  /** Key of the group before its subnet. @default - none */
  readonly subnetGroup?: string;
  /** Key of the group before the network interface. @default - none */
  readonly interfaceGroup?: string;
  /** Key of the subnet of a network interface. @default - it is a subnet, or its subnet is not known */
  readonly subnet?: string;
}

/** What a file says of groups and of what they stand before. */
export interface FoundNetwork {
  /** Name of the file. */
  readonly file: string;
  readonly groups: FoundGroup[];
  readonly endpoints: FoundEndpoint[];
  /** Address spaces of its virtual networks, a list each. */
  readonly addressSpaces: string[][];
  /** What it leaves open, each a sentence. */
  readonly notes: string[];
}
