import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { type TerraformStack, Testing } from "cdktf";
import { BackupNetwork, BackupServer, DocumentedFlows, HttpProxy } from "../../../lib";
import { propsOfDeployment } from "../../../lib/app/props";
import { emittedWhen } from "../../../lib/constructs/network/emitted-when";
import { smallestDeployment } from "../../support/deployments/sample-deployments";
import { newStack, synthesizeStack } from "../../support/tools/synthesized";

test.each([true, false])(
  "a resource is there when it is needed (%p), which is asked at synthesis",
  (needed) => {
    const stack = newStack();
    let answer = !needed;
    emittedWhen(new ResourceGroup(stack, "group", { name: "rg", location: "westeurope" }), () => answer);
    answer = needed;
    expect(Object.keys(synthesizeStack(stack).ofType("resource_group"))).toEqual(needed ? ["group"] : []);
    expect(Testing.synthHcl(stack).includes("azurerm_resource_group")).toBe(needed);
  },
);

/** What a stack says about ways out, in JSON and in HCL. */
function waysOut(stack: TerraformStack): string[] {
  const types = [
    "nat_gateway",
    "public_ip",
    "nat_gateway_public_ip_association",
    "subnet_nat_gateway_association",
  ];
  const [synthesized, hcl] = [synthesizeStack(stack), Testing.synthHcl(stack)];
  return types.flatMap((type) => {
    const inJson = Object.keys(synthesized.ofType(type)).length;
    const inHcl = hcl.split(`resource "azurerm_${type}"`).length - 1;
    return inJson === 0 && inHcl === 0 ? [] : [`${type} ${inJson} ${inHcl}`];
  });
}

test("a way out that is no longer needed is gone, in JSON and in HCL", () => {
  const stack = newStack();
  const { consoles, ...props } = propsOfDeployment(smallestDeployment());
  const network = new BackupNetwork(stack, "network", props);
  const server = new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" });
  const flows = new DocumentedFlows(stack, "flows", { consoles, components: [server] });
  expect(waysOut(stack)).toEqual([
    "nat_gateway 1 1",
    "public_ip 1 1",
    "nat_gateway_public_ip_association 1 1",
    "subnet_nat_gateway_association 1 1",
  ]);
  flows.add(new HttpProxy(stack, "proxy", { network, addresses: ["10.9.0.0/28"], port: 3128 }));
  expect(waysOut(stack)).toEqual([]);
});
