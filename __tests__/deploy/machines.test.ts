import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import {
  BackupRepositoryType,
  BackupResourceGroup,
  BackupServerMachine,
  BackupServerSource,
  BackupVirtualNetwork,
  CacheRepositoryType,
  EntraIdBackup,
  HttpProxyMachine,
  LinuxServerMachine,
  OperatingSystem,
  PackageSource,
  Peer,
  PostgresqlMachine,
  VeeamFeature,
} from "cdktf-veeam-entra-id";
import { addMachines } from "../../lib/app/machines";
import { propsOfDeployment } from "../../lib/app/props";
import { readDeployment } from "../../lib/app/read-deployment";
import { customDataOf, type Resource, VAULT } from "../support/tools/resources";
import { deploymentWithMachines } from "../support/deployments/sample-deployments";
import { applyPlanEmptyAndDestroy, describeWithTerraform, terraform } from "../support/tools/terraform";
import { temporaryFolder } from "../support/tools/temporary-folder";

describeWithTerraform("the machines of a deployment", () => {
  const folder = temporaryFolder("veeam-machines-");
  afterAll(folder.remove);

  test("apply, plan empty after, and are destroyed", () => {
    const app = new App({ outdir: folder.path });
    const stack = new TerraformStack(app, "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    const { backupServer, postgresql, httpProxy } = new EntraIdBackup(stack, "backup", {
      name: "machines",
      location: "westeurope",
      resourceGroup: BackupResourceGroup.create("rg-machines"),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
      consoles: ["10.1.0.0/24"],
      backupServer: { subnet: "10.20.0.0/27" },
      postgresql: { subnet: "10.20.0.32/28" },
      httpProxy: { subnet: "10.20.0.48/28", port: 3128 },
    });
    if (!postgresql || !httpProxy) throw new Error("both are in the deployment");
    const account = {
      size: "Standard_D4s_v5",
      adminUsername: "veeamadmin",
      sshPublicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`,
    };
    new HttpProxyMachine(stack, "proxy-machine", {
      ...account,
      httpProxy,
      backupServer,
      privateIpAddress: "10.20.0.52",
      packageSource: PackageSource.firewall({ peer: Peer.cidr("10.0.9.0/28") }),
    });
    new PostgresqlMachine(stack, "postgresql-machine", {
      ...account,
      postgresql,
      backupServer,
      privateIpAddress: "10.20.0.36",
      dataDisk: { sizeGib: 256 },
      packageSource: PackageSource.image(),
      password: {
        secretId:
          "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/pg",
        vault: Peer.serviceTag("AzureKeyVault"),
      },
    });
    app.synth();
    // 11 of the network and its three subnets, 5 of the ways out of the proxy and of PostgreSQL (to the vault's
    // service tag), 2 of the proxy's machine, and 6 of PostgreSQL's: an interface, a machine, a disk, what attaches
    // it, an identity and its right.
    expect(applyPlanEmptyAndDestroy(join(folder.path, "stacks", "stack"))).toBe(24);
  });

  test("of the other roles apply, plan empty after, and are destroyed, and no password is in the state", () => {
    const outdir = join(folder.path, "other-roles");
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    const backup = new EntraIdBackup(stack, "backup", {
      name: "roles",
      location: "westeurope",
      resourceGroup: BackupResourceGroup.create("rg-roles"),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
      consoles: ["10.1.0.0/24"],
      backupServer: { subnet: "10.20.0.0/27", type: OperatingSystem.WINDOWS },
      cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: CacheRepositoryType.LINUX } },
      backupRepositories: { hard: { subnet: "10.20.0.128/27", type: BackupRepositoryType.HARDENED } },
      features: [VeeamFeature.COMPONENT_DEPLOYMENT],
    });
    const { backupServer } = backup;
    const sshPublicKey = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
    for (const [component, privateIpAddress] of [
      [backup.cacheRepository("cache"), "10.20.0.70"],
      [backup.backupRepository("hard"), "10.20.0.132"],
    ] as const) {
      new LinuxServerMachine(stack, `${component.label}-machine`, {
        component,
        backupServer,
        privateIpAddress,
        size: "Standard_D4s_v6",
        adminUsername: "veeamadmin",
        sshPublicKey,
        packageSource: PackageSource.image(),
        veeamAccount: { publicKey: sshPublicKey },
        dataDisk: { sizeGib: 512 },
      });
    }
    new BackupServerMachine(stack, "backup-server-machine", {
      backupServer,
      privateIpAddress: "10.20.0.4",
      size: "Standard_D8s_v5",
      source: BackupServerSource.marketplace({ plan: "a-plan", acceptTerms: true }),
      startAfter: [backup.cacheRepository("cache")],
      administrator: { username: "veeamadmin", passwordSecretId: `${VAULT}/secrets/administrator` },
    });
    app.synth();
    const stackFolder = join(outdir, "stacks", "stack");
    // A resource group, a virtual network, and three subnets, each with a group and its association; 4 of
    // the backup server's way out; two machines of an
    // interface, a machine, a disk and what attaches it; the offer's terms, an interface and a template.
    expect(applyPlanEmptyAndDestroy(stackFolder)).toBe(2 + 9 + 4 + 8 + 3);
  });

  test("find a secret whose id is known only at apply", () => {
    const outdir = join(folder.path, "known-at-apply");
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    const { backupServer, postgresql } = new EntraIdBackup(
      stack,
      "backup",
      propsOfDeployment(deploymentWithMachines()),
    );
    if (!postgresql) throw new Error("it is in the deployment");
    const secretId = new TerraformVariable(stack, "secret-id", {
      type: "string",
      default: `${VAULT}/secrets/pg`,
    }).stringValue;
    new PostgresqlMachine(stack, "machine", {
      size: "Standard_D4s_v5",
      adminUsername: "veeamadmin",
      sshPublicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`,
      postgresql,
      backupServer,
      privateIpAddress: "10.20.0.36",
      dataDisk: { sizeGib: 256 },
      packageSource: PackageSource.image(),
      password: { secretId, vault: Peer.serviceTag("AzureKeyVault") },
    });
    app.synth();
    const stackFolder = join(outdir, "stacks", "stack");
    terraform(stackFolder, "init", "-input=false", "-no-color");
    terraform(stackFolder, "apply", "-auto-approve", "-input=false", "-no-color");
    const { resources } = JSON.parse(readFileSync(join(stackFolder, "terraform.tfstate"), "utf8")) as {
      resources: { type: string; instances: { attributes: Resource }[] }[];
    };
    const machine = resources.find(({ type }) => type === "azurerm_linux_virtual_machine");
    const userData = customDataOf(machine?.instances[0].attributes ?? {});
    expect(userData).toContain("VAULT_URL='https://vault.vault.azure.net/'\n");
    expect(userData).toContain("SECRET_NAME='pg'\n");
  });

  describe("of cdktf.json", () => {
    const outdir = join(folder.path, "of-cdktf-json");
    const stackFolder = join(outdir, "stacks", "veeam-entra");
    const synthesize = (given: object): void => {
      const deployment = readDeployment({ entraIdBackup: given }, "cdktf.json");
      const app = new App({ outdir });
      const stack = new TerraformStack(app, deployment.name);
      new AzurermProvider(stack, "azurerm", { features: [{}] });
      new LocalBackend(stack, { path: "terraform.tfstate" });
      addMachines(new EntraIdBackup(stack, "backup", propsOfDeployment(deployment)), deployment);
      app.synth();
    };
    const given = deploymentWithMachines();

    test("apply, plan empty after, and are destroyed", () => {
      synthesize(given);
      // As above, but for PostgreSQL's way out: its vault and its packages are at private addresses.
      expect(applyPlanEmptyAndDestroy(stackFolder)).toBe(23);
    });

    test("change: a larger disk in place; new user data replaces the machine, not its disk or its address", () => {
      synthesize(given);
      terraform(stackFolder, "apply", "-auto-approve", "-input=false", "-no-color");
      const { postgresql } = given;
      const machine = { ...postgresql.machine, maxConnections: 200, dataDisk: { sizeGib: 512 } };
      synthesize({ ...given, postgresql: { ...postgresql, machine } });
      terraform(stackFolder, "plan", "-out=changes", "-input=false", "-no-color");
      const { resource_changes: changes } = JSON.parse(
        terraform(stackFolder, "show", "-json", "changes"),
      ) as {
        resource_changes: { type: string; change: { actions: string[] } }[];
      };
      const changed = changes.filter(({ change }) => change.actions.join() !== "no-op");
      expect(changed.map(({ type, change }) => `${type} ${change.actions.join()}`).sort()).toEqual([
        "azurerm_linux_virtual_machine delete,create",
        "azurerm_managed_disk update",
        "azurerm_virtual_machine_data_disk_attachment delete,create",
      ]);
      terraform(stackFolder, "apply", "-input=false", "-no-color", "changes");
      terraform(stackFolder, "plan", "-detailed-exitcode", "-input=false", "-no-color");
      terraform(stackFolder, "destroy", "-auto-approve", "-input=false", "-no-color");
    });
  });
});
