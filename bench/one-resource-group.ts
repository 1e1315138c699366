import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App, TerraformStack } from "cdktf";

// The least app that deploys something: what start-up is measured against.
const app = new App();
const stack = new TerraformStack(app, "one");
new AzurermProvider(stack, "azurerm", { features: [{}] });
new ResourceGroup(stack, "group", { name: "rg-one", location: "westeurope" });
app.synth();
console.log("synthesized");
