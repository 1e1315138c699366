import { reportModel } from "../../lib/report/report-model";
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
