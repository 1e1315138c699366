import type { Problem } from "../../base/problem";
import type { Deployment } from "../deployment";
import { checkFirewall } from "./firewall";
import { checkNetworkId } from "./network-ids";

/** How subnets reach what is public: ids that are well formed, and one way out. */
export function checkWayOut({
  egress,
  destinations,
}: Pick<Deployment, "egress" | "destinations">): Problem[] {
  const firewall =
    typeof destinations === "object" && "azureFirewall" in destinations
      ? destinations.azureFirewall
      : undefined;
  const natGateway = typeof egress === "object" ? egress.natGateway : undefined;
  return [
    ...(natGateway === undefined ? [] : checkNetworkId("egress.natGateway", natGateway, "natGateways")),
    ...(firewall ? checkFirewall("destinations.azureFirewall", firewall) : []),
    ...(firewall && egress !== undefined && egress !== "existing"
      ? [natGatewayBesideFirewall(natGateway ?? "natGateway")]
      : []),
  ];
}

/** A firewall is the way out, and a NAT gateway beside it would carry nothing. */
function natGatewayBesideFirewall(value: string): Problem {
  return {
    code: "egress-beside-firewall",
    path: "egress",
    what: "is a NAT gateway beside destinations.azureFirewall, which is the way out already",
    value,
    allowed: "no egress, or the platform's own, beside a firewall",
    change: "Leave egress out, or name the destinations by service tag",
  };
}
