import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { addMachines } from "../../../lib/app/machines";
import { propsOfDeployment } from "../../../lib/app/props";
import { readDeployment } from "../../../lib/app/read-deployment";
import { EntraIdBackup } from "../../../lib/constructs/entra-id-backup";
import { runTerraform } from "./terraform";
import { unfilteredMoments } from "./unfiltered-moments";

/** A deployment as cdktf.json has it. */
export type DeploymentJson = Readonly<Record<string, unknown>>;

/** What Terraform did to one resource in Azure. */
export interface Step {
  readonly verb: "CREATE" | "UPDATE" | "DELETE" | "IMPORT" | "REFUSE";
  readonly type: string;
  readonly id: string;
}

const SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000";

/**
 * One stack over the years: its configuration changes, and it is applied
 * again. Azure and the state are remembered between applies, until `forget`.
 * Terraform is initialized once.
 */
export class LiveStack {
  /** What the last run did while a network interface was in a subnet without a group. */
  public unfiltered: string[] = [];

  private readonly log: string;
  private readonly world: string;
  private readonly environment: Record<string, string>;

  /** @param stackFolder where Terraform runs; stacks with one folder share one Azure */
  constructor(
    private readonly folder: string,
    private readonly stackFolder = join(folder, "stack"),
  ) {
    mkdirSync(this.stackFolder, { recursive: true });
    this.log = join(folder, "log");
    this.world = join(folder, "world.json");
    this.environment = { AZURERM_OFFLINE_LOG: this.log, AZURERM_OFFLINE_WORLD: this.world };
  }

  /** Synthesizes a deployment, with all its validations, into the stack's folder. */
  write(deployment: DeploymentJson): void {
    const given = readDeployment({ entraIdBackup: JSON.parse(JSON.stringify(deployment)) }, "the test");
    this.writeStack((stack) => {
      addMachines(new EntraIdBackup(stack, "backup", propsOfDeployment(given)), given);
    });
  }

  /** Synthesizes what is built into the stack's folder. */
  writeStack(build: (stack: TerraformStack) => void): void {
    const outdir = join(this.folder, "out");
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    build(stack);
    app.synth();
    const text = readFileSync(join(outdir, "stacks", "stack", "cdk.tf.json"), "utf8");
    writeFileSync(join(this.stackFolder, "cdk.tf.json"), text);
    this.initialize();
  }

  /** Initializes Terraform, once for a folder. */
  initialize(): void {
    if (!existsSync(join(this.stackFolder, ".terraform"))) this.terraform("init");
  }

  /** Applies what was written, and gives what was done. @throws Error with Terraform's words, where it fails */
  apply(): Step[] {
    const { steps, error } = this.applied();
    if (error !== "") throw new Error(error);
    return steps;
  }

  /** Applies what Azure refuses, and gives what was done before, and Terraform's words. */
  applyRefused(): Applied {
    const applied = this.applied();
    if (applied.error === "") throw new Error("the apply was not refused");
    return applied;
  }

  /** Applies what was written, and gives what was planned and done. */
  applied(): Applied {
    let [output, hasFailed] = ["", false];
    const steps = this.steps(() => {
      try {
        output = this.terraform("apply", "-auto-approve", "-json");
      } catch (thrown) {
        [output, hasFailed] = [(thrown as Error).message, true];
      }
    });
    const errors = linesOf(output).flatMap(({ diagnostic }) =>
      diagnostic?.severity === "error" ? [`${diagnostic.summary}: ${diagnostic.detail}`] : [],
    );
    const error = errors.length > 0 ? errors.join("\n") : output;
    return { steps, actions: actionsIn(output), error: hasFailed ? error : "" };
  }

  /** What a plan says; with -detailed-exitcode it has to be empty. */
  plan(...options: string[]): string {
    return this.terraform("plan", ...options);
  }

  /** What a plan does to each resource, by its address. */
  plannedActions(...options: string[]): Map<string, string> {
    return actionsIn(this.plan("-json", ...options));
  }

  /** @throws Error with the plan, where it is not empty */
  planNothing(): void {
    this.terraform("plan", "-detailed-exitcode");
  }

  /** Destroys everything, and gives what was done. */
  destroy(): Step[] {
    return this.steps(() => this.terraform("destroy", "-auto-approve"));
  }

  /** Takes the resources of a type out of the state, and leaves them in Azure. */
  forgetInState(type: string): void {
    const addresses = this.terraformAlone("state", "list").split("\n");
    this.terraformAlone("state", "rm", ...addresses.filter((address) => address.startsWith(`${type}.`)));
  }

  /** A machine that another team made: a network interface in the subnet of this name. */
  addMachine(virtualNetworkId: string, subnet: string): void {
    this.changeWorld((resources) => {
      const id = `${SUBSCRIPTION}/resourceGroups/rg-machines/providers/Microsoft.Network/networkInterfaces/nic-${subnet}`;
      resources[id] = {
        attributes: {
          ip_configuration: [{ name: "one", subnet_id: `${virtualNetworkId}/subnets/${subnet}` }],
        },
      };
    });
  }

  /** The subnets in networks that Terraform made here. */
  subnets(): Array<{ readonly network: string; readonly name: string; readonly group: string | undefined }> {
    return Object.entries(this.resources()).flatMap(([id, { attributes }]) => {
      const [, network, name] = /^(.*\/virtualNetworks\/[^/]+)\/subnets\/([^/]+)$/.exec(id) ?? [];
      const group = (attributes.network_security_group_id ?? attributes.security_group) as string | undefined;
      return name === undefined ? [] : [{ network, name, group: group === "" ? undefined : group }];
    });
  }

  /** Takes the machines of other teams away. */
  removeMachines(): void {
    this.changeWorld((resources) => {
      for (const id of Object.keys(resources)) if (id.includes("/rg-machines/")) delete resources[id];
    });
  }

  /** What Azure has: attributes by id. */
  resources(): World {
    if (!existsSync(this.world)) return {};
    return (JSON.parse(readFileSync(this.world, "utf8")) as { resources: World }).resources;
  }

  /** An empty Azure, and no state. */
  forget(): void {
    for (const file of [this.world, this.log, join(this.stackFolder, "terraform.tfstate")]) {
      rmSync(file, { force: true });
      rmSync(`${file}.backup`, { force: true });
    }
  }

  private changeWorld(change: (resources: World) => void): void {
    const world = JSON.parse(readFileSync(this.world, "utf8")) as { resources: World };
    change(world.resources);
    writeFileSync(this.world, JSON.stringify(world));
  }

  private steps(run: () => void): Step[] {
    rmSync(this.log, { force: true });
    const before = this.resources();
    run();
    const lines = existsSync(this.log) ? readFileSync(this.log, "utf8").split("\n").filter(Boolean) : [];
    const done = lines.map((line) => {
      const [verb, type, id] = line.split(" ");
      return { verb: verb as Step["verb"], type, id };
    });
    this.unfiltered = unfilteredMoments(before, this.resources(), done);
    return done;
  }

  private terraform(...args: string[]): string {
    return this.terraformAlone(...args, "-input=false", "-no-color");
  }

  private terraformAlone(...args: string[]): string {
    return runTerraform(this.stackFolder, args, this.environment);
  }
}

/** What Azure has: attributes by id. */
export type World = Record<string, { readonly type?: string; readonly attributes: Record<string, unknown> }>;

/** What an apply planned and did. */
export interface Applied {
  readonly steps: Step[];
  /** What was planned for each resource, by its address. */
  readonly actions: ReadonlyMap<string, string>;
  /** Terraform's words, where it failed. */
  readonly error: string;
}

/** A line that Terraform prints with -json. */
interface OutputLine {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string };
}

function linesOf(output: string): OutputLine[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as OutputLine);
}

function actionsIn(output: string): Map<string, string> {
  return new Map(
    linesOf(output)
      .filter(({ type }) => type === "planned_change")
      .flatMap(({ change }) => (change ? [[change.resource.addr, change.action] as const] : []))
      .map(([address, action]) => [address, action === "remove" ? "forget" : action]),
  );
}
