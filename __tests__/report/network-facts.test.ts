import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App, TerraformStack } from "cdktf";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { Destinations } from "../../lib/constructs/network/destinations";
import { Egress } from "../../lib/constructs/network/egress";
import { BackupResourceGroup } from "../../lib/constructs/network/resource-group";
import { BackupVirtualNetwork } from "../../lib/constructs/network/virtual-network";
import { htmlReport } from "../../lib/report/html-report";
import { jsonReport } from "../../lib/report/json-report";
import type { JsonReport } from "./support/json-report-schema";
import { markdownReport } from "../../lib/report/markdown-report";
import { lastOfId, networkFacts, operatingSystemsText } from "../../lib/report/sections/facts";
import type { ReportComponent } from "../../lib/report/components-and-networks";
import { reportModel, type ReportModel } from "../../lib/report/report-model";
import { VeeamRole } from "../../lib/ports/port-table";
import { DocumentedFlows } from "../../lib/constructs/roles/documented-flows";
import { backupOf, brownfieldBackup, everyRoleBackup } from "./support/report-inputs";

const FIREWALL_POLICY =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub";
const NAT_GATEWAY =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/natGateways/ng-hub";

const direct = { consoles: ["10.1.0.0/24"], backupServer: { subnet: "10.20.0.0/27" } };

function factsOf(model: ReportModel): { [title: string]: string } {
  const facts = model.networks.flatMap((network) => networkFacts(network, model));
  return Object.fromEntries(
    facts.map(({ title, phrase }) => [
      title,
      phrase.map((part) => (typeof part === "object" && "name" in part ? `<${part.name}>` : part)).join(""),
    ]),
  );
}

test("a network that is made says so, and who needs the NAT gateway", () => {
  expect(factsOf(reportModel(everyRoleBackup()._reportInput()))).toEqual({
    Region: "westeurope",
    "Resource group": "<rg-veeam-entra>, new",
    "Virtual network": "<vnet-veeam-entra>, new: <10.20.0.0/16>",
    "DNS servers": "Azure-provided DNS",
    "Outbound access": "new NAT gateway, for http-proxy",
  });
});

test("a network that exists says where", () => {
  expect(factsOf(reportModel(brownfieldBackup()._reportInput()))).toEqual({
    Region: "westeurope",
    "Resource group": "<rg-veeam-prod>, existing",
    "Virtual network": "<vnet-hub>, existing in <rg-network>: <10.20.0.0/23>",
    "DNS servers": "<10.0.0.4>, <10.0.0.5>",
    "Outbound access": "new NAT gateway, for backup-server and gateway-server-first",
  });
});

test.each([
  [
    "no subnet needs it",
    { ...direct, httpProxy: { addresses: ["10.9.0.4/32"], port: 3128 } },
    "not needed: no new subnet connects to public addresses",
  ],
  [
    "one exists",
    { ...direct, egress: Egress.existingNatGateway(NAT_GATEWAY) },
    "existing NAT gateway <ng-hub>, for backup-server",
  ],
  ["the platform routes", { ...direct, egress: Egress.managedElsewhere() }, "managed elsewhere"],
  [
    "a firewall is in between",
    {
      ...direct,
      destinations: Destinations.azureFirewall({
        policyId: FIREWALL_POLICY,
        privateIpAddress: "10.0.1.4",
        priority: 200,
      }),
    },
    "existing Azure Firewall at <10.0.1.4>, for backup-server",
  ],
])("the way out, where %s", (_, placements, text) => {
  expect(factsOf(reportModel(backupOf(placements)._reportInput()))["Outbound access"]).toBe(text);
});

test("the facts are at the top of the page and of the Markdown, and in JSON", () => {
  const model = reportModel(brownfieldBackup()._reportInput());
  const markdown = markdownReport(model);
  expect(markdown.slice(0, markdown.indexOf("## Flows"))).toContain(
    "- Virtual network: `vnet-hub`, existing in `rg-network`: `10.20.0.0/23`",
  );
  expect(markdown).toContain("· Operating systems: 3 Windows, 4 Linux, 1 unknown ·");
  const page = htmlReport(model);
  const header = page.slice(page.indexOf("<header>"), page.indexOf("</header>"));
  for (const text of ["westeurope", "vnet-hub", "10.20.0.0/23", "new NAT gateway", "3 Windows, 4 Linux"]) {
    expect(header).toContain(text);
  }
  const report = JSON.parse(jsonReport(model)) as JsonReport;
  expect(report.networks).toEqual([
    {
      name: "veeam-prod",
      location: "westeurope",
      resourceGroup: { name: "rg-veeam-prod", exists: true },
      virtualNetwork: {
        name: "vnet-hub",
        resourceGroup: "rg-network",
        exists: true,
        addressSpace: ["10.20.0.0/23"],
        dnsServers: ["10.0.0.4", "10.0.0.5"],
      },
      egress: {
        kind: "natGateway",
        ends: ["veeam-prod/backup/backup-server/network", "veeam-prod/backup/gateway-server-first/network"],
      },
    },
  ]);
  expect(report.components.map(({ label, type }) => [label, type])).toContainEqual([
    "gateway-server-second",
    "windows",
  ]);
});

test("what another construct makes is named in Terraform's words, the same each time", () => {
  const text = (): string => {
    const stack = new TerraformStack(new App({ stackTraces: false }), "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    const group = new ResourceGroup(stack, "group", { name: "rg", location: "westeurope" });
    const backup = new EntraIdBackup(stack, "backup", {
      name: "veeam",
      location: "westeurope",
      resourceGroup: BackupResourceGroup.fromResource(group),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/16"] }),
      ...direct,
    });
    return factsOf(reportModel(backup._reportInput()))["Resource group"];
  };
  expect(text()).toBe("<${azurerm_resource_group.group.name}>, existing");
  expect(text()).toBe(text());
});

test("components of two networks have a block of facts each, with its name", () => {
  const [a, b] = [everyRoleBackup(), brownfieldBackup()];
  const input = {
    ...a._reportInput(),
    networks: [...b._reportInput().networks, ...a._reportInput().networks],
  };
  const model = reportModel(input);
  expect(model.networks.map(({ name }) => name)).toEqual(["veeam-entra", "veeam-prod"]);
  expect(markdownReport(model)).toMatch(/- Deployment: veeam-entra\n[^]*- Deployment: veeam-prod\n/);
});

test("without a component there is no network to speak of", () => {
  const stack = new TerraformStack(new App({ stackTraces: false }), "stack");
  const model = reportModel(new DocumentedFlows(stack, "flows", {})._reportInput());
  expect(model.networks).toEqual([]);
  expect(htmlReport(model)).not.toContain("Outbound access");
});

test("operating systems are counted where somebody says one", () => {
  const component = (type?: string, sharesMachineOf?: string): ReportComponent => ({
    role: VeeamRole.GATEWAY_SERVER,
    key: "k",
    label: "l",
    endpointId: "e",
    type,
    sharesMachineOf,
  });
  expect(operatingSystemsText([component(), component()])).toBe("");
  expect(operatingSystemsText([])).toBe("");
  expect(operatingSystemsText([component("windows"), component("hardened"), component()])).toBe(
    "1 Windows, 1 Linux, 1 unknown",
  );
  expect(operatingSystemsText([component("smb"), component("linux"), component("linux", "l")])).toBe(
    "1 Linux",
  );
});

test.each([
  [NAT_GATEWAY, "ng-hub"],
  ["${azurerm_nat_gateway.a.id}", "${azurerm_nat_gateway.a.id}"],
  ["ng", "ng"],
])("the name in %s is %s", (id, name) => {
  expect(lastOfId(id)).toBe(name);
});
