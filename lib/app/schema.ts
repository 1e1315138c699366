import * as z from "zod/mini";
import { deploymentShape, object, optional, text } from "../plan/shape/schema";
import {
  backupServerMachine,
  httpProxyMachine,
  linuxServerMachine,
  postgresqlMachine,
} from "./machine-schema";

// cdktf.json contains a deployment and what the app creates in addition: machines,
// and the place of Terraform's state.

const backend = optional(
  z.union([
    z.strictObject({
      azurerm: object("Azure Storage; the identity that deploys needs a role on its blobs", {
        resourceGroup: text("Name of the resource group that it is in"),
        storageAccount: text("Name of the storage account"),
        container: text("Name of the container"),
        key: optional(z.string(), "Name of the blob. Default: <name>.tfstate"),
      }),
    }),
    z.strictObject({
      cloud: object("HCP Terraform", {
        organization: text("Name of the organization"),
        workspace: optional(z.string(), "Name of the workspace. Default: <name>"),
      }),
    }),
  ]),
  "Where Terraform stores the state: Azure Storage or HCP Terraform. Default: a file next to cdktf.json",
);

/** The context key of cdktf.json that holds the deployment. */
export const CONTEXT_KEY = "entraIdBackup";

/** The deployment in cdktf.json: its shape, and so its type, its first check and its JSON schema. */
export const deploymentFileSchema = z.strictObject({
  ...deploymentShape({
    postgresql: { machine: z.optional(postgresqlMachine) },
    httpProxy: { machine: z.optional(httpProxyMachine) },
    backupServer: { machine: z.optional(backupServerMachine) },
    servers: { machine: z.optional(linuxServerMachine) },
  }),
  backend,
});

/** A deployment as in cdktf.json. */
export type DeploymentFile = z.infer<typeof deploymentFileSchema>;

/** Where a component of a deployment lives, as in cdktf.json. */
export type DeploymentFileComponent = Omit<DeploymentFile["backupServer"], "type" | "machine">;
