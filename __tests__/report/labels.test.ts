import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Port } from "../../lib";
import { propsOfDeployment } from "../../lib/app/props";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { csvReport } from "../../lib/report/csv-report";
import { reportModel } from "../../lib/report/report-model";
import { smallestDeployment } from "../support/deployments/sample-deployments";
import { parseCsv } from "./support/csv";
import { everyRoleBackup } from "./support/report-inputs";

test("two ends with one label are told apart by their paths", () => {
  const input = everyRoleBackup()._reportInput();
  const [server] = input.network.endpoints.filter(({ label }) => label === "backup-server");
  const twin = { ...server, id: server.id.replace("backup/", "other/"), prefixes: ["10.30.0.0/27"] };
  const network = { ...input.network, endpoints: [...input.network.endpoints, twin] };
  const labels = reportModel({ ...input, network }).ends.map(({ label }) => label);
  expect(labels.filter((label) => label.endsWith("backup-server"))).toEqual([
    "backup/backup-server",
    "other/backup-server",
  ]);
  expect(new Set(labels).size).toBe(labels.length);
});

test("the CSV does not request a connection that the same app opens in another of its stacks", () => {
  const app = Testing.app();
  const [one, two] = ["one", "two"].map((name) => {
    const stack = new TerraformStack(app, name);
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    return new EntraIdBackup(stack, name, propsOfDeployment({ ...smallestDeployment(), name }));
  });
  one.backupServer.connections.allowTo(two.backupServer, Port.tcp(8443), "replication");
  for (const backup of [one, two]) {
    const rows = parseCsv(csvReport(reportModel(backup._reportInput()))).filter(
      (row) => row[9] === "replication",
    );
    expect(rows.map(([action, end, direction]) => [action, end.split("/").pop(), direction]).sort()).toEqual([
      ["done", "backup-server", "inbound"],
      ["done", "backup-server", "outbound"],
    ]);
  }
});
