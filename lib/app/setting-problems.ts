import { checkAzureBackend } from "../plan/checks/backend";
import { checkFirewall } from "../plan/checks/firewall";
import { checkNetworkId } from "../plan/checks/network-ids";
import type { Problem } from "../base/problem";
import { objectOr, REFUSED_ALREADY, textOr } from "./raw-values";

// The shape of the file says which priorities there are, so none is refused twice.
const ANY_PRIORITY = 100;

/**
 * What is wrong with the settings of a file that are no part of its components:
 * the state's place, the way out, the firewall. The constructs would refuse the
 * last two one by one, and Terraform the first.
 */
export function settingProblems(raw: Readonly<Record<string, unknown>>): Problem[] {
  const { azurerm } = objectOr(raw.backend);
  const { natGateway } = objectOr(raw.egress);
  const { azureFirewall } = objectOr(raw.destinations);
  const [state, firewall] = [objectOr(azurerm), objectOr(azureFirewall)];
  return [
    ...(typeof natGateway === "string" ? checkNetworkId("egress.natGateway", natGateway, "natGateways") : []),
    ...(azureFirewall === undefined
      ? []
      : checkFirewall("destinations.azureFirewall", {
          policyId: textOr(firewall.policyId) ?? REFUSED_ALREADY,
          privateIpAddress: textOr(firewall.privateIpAddress) ?? REFUSED_ALREADY,
          priority: ANY_PRIORITY,
        })),
    ...checkAzureBackend("backend.azurerm", {
      resourceGroup: textOr(state.resourceGroup),
      storageAccount: textOr(state.storageAccount),
      container: textOr(state.container),
    }),
  ];
}
