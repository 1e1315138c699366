import { checkAddresses } from "../../plan/checks/components";
import { checkSimpleName } from "../../azure/names";
import { inAzureCasing } from "../../azure/azure-id";
import { checkNetworkId } from "../../plan/checks/network";
import { type Problem, problemUnless, refused, refuseProblems } from "../../base/problem";
import type { FlowEndpoint } from "../../azure/flow";
import { serviceTagFault } from "../../azure/service-tag-names";
import { isOpaque } from "../../base/opaque";
import { endpointOfPrefixes, endpointOfTag } from "../../plan/flows/user-flow";
import { checkArgument } from "../argument-types";
import { Connections, type IConnectable } from "./connections";

// Tags for nearly every address: a rule that allows one of them allows too much.
const WIDE_TAGS: ReadonlyArray<readonly [string, string]> = [
  ["*", "is everything"],
  ["Any", "is everything"],
  ["Internet", "is every public address, including Azure's own"],
  ["VirtualNetwork", "is the virtual network and everything connected to it"],
  ["AzureCloud", "is every public address of Azure, including other customers'"],
];

/**
 * The other end of a connection that is not a component: addresses, a service tag, or application
 * security groups.
 */
export class Peer implements IConnectable {
  /**
   * IPv4 prefixes, private and /8 or longer, or public and /24 or longer.
   * Values known only at apply pass.
   *
   * @param prefixes One or more: `10.1.0.0/24`
   * @throws Error whose name is InvalidInputError, if the list is empty, and for each entry that is not a prefix or is too wide
   */
  public static cidr(...prefixes: string[]): Peer {
    refuseProblems(
      "a connection",
      prefixes.flatMap((prefix, index) => checkArgument(`peer[${index}]`, prefix, "string")),
    );
    refuseProblems("a connection", [
      ...problemUnless(prefixes.length > 0, "empty", "peer", prefixes, {
        what: "is empty",
        allowed: 'one or more IPv4 prefixes, such as ["10.1.0.0/24"]',
        change: "List the addresses",
      }),
      ...checkAddresses("peer", prefixes, []),
    ]);
    return new Peer((texts) => endpointOfPrefixes(texts(prefixes)));
  }

  /**
   * A service, by its service tag.
   *
   * Source: https://learn.microsoft.com/azure/virtual-network/service-tags-overview
   *
   * @param tag `Storage.WestEurope`; the tags of nearly every address are refused: `*`, `Any`, `Internet`, `VirtualNetwork`, `AzureCloud`
   * @throws Error whose name is InvalidInputError, if it is not a service tag, or is one of those
   */
  public static serviceTag(tag: string): Peer {
    refuseProblems("a connection", checkArgument("peer", tag, "string"));
    const wide = WIDE_TAGS.find(([name]) => name.toLowerCase() === tag.toLowerCase());
    const fault = wide ? { what: wide[1], change: NAME_SERVICE } : serviceTagFault(tag);
    refuseProblems(
      "a connection",
      fault
        ? refused("service-tag-invalid", "peer", tag, {
            what: fault.what,
            allowed: 'the tag of one service, such as "Storage.WestEurope"',
            change: fault.change,
          })
        : [],
    );
    return new Peer(() => endpointOfTag(tag));
  }

  /**
   * Machines with an interface in an application security group of the same virtual
   * network.
   *
   * @param id Id of the group; it may be known only at apply
   * @param label Its name in the names of rules: letters, digits, periods, underscores and
   * hyphens; a plain value
   * @throws Error whose name is InvalidInputError, if the id or the label is invalid
   */
  public static applicationSecurityGroup(id: string, label: string): Peer {
    refuseProblems("a connection", [
      ...checkArgument("id", id, "string"),
      ...checkArgument("label", label, "string"),
    ]);
    refuseProblems("a connection", [
      ...checkNetworkId("id", id, "applicationSecurityGroups"),
      ...checkLabel(label),
    ]);
    return new Peer((texts) => {
      const [text] = texts([inAzureCasing(id)]);
      return { id: `peer ${text}`, label, prefixes: [], applicationSecurityGroupIds: [text] };
    });
  }

  /** The connections of the peer. */
  public readonly connections: Connections;

  private constructor(endpoint: (texts: (values: readonly string[]) => string[]) => FlowEndpoint) {
    this.connections = Connections._of(endpoint, () => undefined);
  }
}

const NAME_SERVICE = "Name the service that is meant, or list its addresses with Peer.cidr";

/** Names of rules contain the label, and priorities are derived from the names at synthesis. */
function checkLabel(label: string): Problem[] {
  if (!isOpaque(label)) return checkSimpleName("label", label);
  return refused("value-unknown", "label", {
    what: "is known only at apply, but names and priorities of rules depend on it",
    allowed: "a label that is known at synthesis",
    change: "Write a name for the group",
  });
}
