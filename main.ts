import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, TerraformStack } from "cdktf";
import { createFolder } from "./lib/base/create-folder";
import { endOnFailedWrites } from "./lib/cli/io";
import { addBackend } from "./lib/app/backend";
import { readContext } from "./lib/app/context";
import { addMachines, writeRegister } from "./lib/app/machines";
import {
  changesSinceLastRun,
  discardStacks,
  forgetEarlierStack,
  stackFolder,
  stackName,
  warningsOfOtherStacks,
} from "./lib/app/output-folder";
import { propsOfDeployment } from "./lib/app/props";
import { readDeployment } from "./lib/app/read-deployment";
import { EntraIdBackup } from "./lib/constructs/entra-id-backup";
import { writeReport } from "./lib/report/report";
import { reportModel } from "./lib/report/report-model";
import { deploymentSummary } from "./lib/report/terminal-text";

// The Terraform CDK takes a stack trace for every reference between resources. Mapping each of
// them to TypeScript takes longer than the synthesis, and only someone who debugs sees them.
if (!process.env.DEBUG) process.setSourceMapsEnabled(false);
endOnFailedWrites(1);
const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";

try {
  const context = readContext(process.env, "cdktf.json");
  const deployment = readDeployment(context, "cdktf.json");

  createFolder(outdir);
  const others = warningsOfOtherStacks(outdir, deployment.name);
  const app = new App({ outdir, context: context as { [key: string]: unknown } });
  const stack = new TerraformStack(app, stackName(deployment.name));
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  addBackend(stack, deployment, outdir);
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
  addMachines(backup, deployment);
  const changes = changesSinceLastRun(backup, deployment, outdir);
  app.synth();
  forgetEarlierStack(outdir, deployment.name);

  for (const warning of [...others, ...backup.warnings]) console.error(`warning: ${warning}`);
  const model = reportModel(backup._reportInput());
  console.log(deploymentSummary(model, backup.closedSections));
  const folder = stackFolder(outdir, deployment.name);
  const files = [...writeReport(model, folder), ...writeRegister(backup, deployment, folder)];
  for (const line of changes) console.log(line);
  console.log(`Report: ${files.filter((file) => file.endsWith(".html")).join(", ")}`);
} catch (error) {
  discardStacks(outdir);
  console.error(error instanceof Error && !process.env.DEBUG ? error.message : error);
  process.exitCode = 1;
}
