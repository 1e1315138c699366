import { join } from "node:path";
import { addMachines } from "../../../lib/app/machines";
import { propsOfDeployment } from "../../../lib/app/props";
import { readDeployment } from "../../../lib/app/read-deployment";
import { EntraIdBackup } from "../../../lib/constructs/entra-id-backup";
import { type Resources, resourcesOf, VAULT } from "../tools/resources";
import {
  existingNetwork,
  deploymentWithMachines,
  fullDeployment,
  smallestDeployment,
} from "./sample-deployments";
import { newStack, synthesizeStack } from "../tools/synthesized";

const inSubscription = (rest: string): string =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-network/providers/Microsoft.Network/${rest}`;

/** Deployments that make, together, every type of resource that we make. */
export function shapesOfDeployments(): Readonly<Record<string, object>> {
  return {
    "the smallest": smallestDeployment(),
    "every role": fullDeployment(),
    "with machines": deploymentWithMachines(),
    "with a backup server of the offer": withBackupServer({
      source: { marketplace: { plan: "a-plan", acceptTerms: true } },
      administrator: { username: "veeamadmin", passwordSecretId: `${VAULT}/secrets/administrator` },
    }),
    "with a backup server of a system disk": withBackupServer({
      source: {
        systemDiskId:
          "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-images/providers/Microsoft.Compute/disks/server",
      },
    }),
    "by addresses": {
      ...smallestDeployment(),
      destinations: { ipRanges: join(__dirname, "..", "..", "fixtures", "service-tags-20251110.json") },
    },
    "by names": {
      ...smallestDeployment(),
      destinations: {
        azureFirewall: {
          policyId: inSubscription("firewallPolicies/hub"),
          privateIpAddress: "10.0.1.4",
          priority: 500,
        },
      },
    },
    "with subnets inside the network": {
      ...smallestDeployment(),
      virtualNetwork: { addressSpace: ["10.20.0.0/24"], inlineSubnets: true },
    },
    "in a group managed elsewhere": {
      ...smallestDeployment(),
      ...existingNetwork("vnet", "rg-network"),
      postgresql: {
        existingSubnet: {
          id: inSubscription("virtualNetworks/vnet/subnets/shared"),
          addressPrefixes: ["10.20.0.32/28"],
          group: { name: "nsg-shared", resourceGroup: "rg-network", firstPriority: 2000, lastPriority: 2099 },
        },
      },
    },
  };
}

function withBackupServer(machine: object): object {
  const where = { privateIpAddress: "10.20.0.4", size: "Standard_D8s_v5" };
  return {
    ...smallestDeployment(),
    backupServer: { subnet: "10.20.0.0/27", type: "windows", machine: { ...where, ...machine } },
  };
}

/** The resources of a deployment, which is read as a file's, with its machines. */
export function resourcesOfDeployment(given: object): Resources {
  const deployment = readDeployment({ entraIdBackup: JSON.parse(JSON.stringify(given)) }, "the test");
  const stack = newStack(deployment.name);
  addMachines(new EntraIdBackup(stack, "backup", propsOfDeployment(deployment)), deployment);
  return resourcesOf(synthesizeStack(stack).text);
}
