import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import type { DeploymentFile } from "../../../lib/app/schema";
import { propsOfDeployment } from "../../../lib/app/props";
import { EntraIdBackup } from "../../../lib/constructs/entra-id-backup";
import type { EntraIdBackupProps } from "../../../lib/constructs/entra-id-backup";

/** A rule as Terraform reads it: every key there; where unused, a text is empty and a list null. */
export interface SynthesizedRule {
  readonly name: string;
  readonly description: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: string;
  readonly source_port_range: string;
  readonly source_port_ranges: string[] | null;
  readonly destination_port_range: string;
  readonly destination_port_ranges: string[] | null;
  readonly source_address_prefix: string;
  readonly source_address_prefixes: string[] | null;
  readonly source_application_security_group_ids: string[] | null;
  readonly destination_address_prefix: string;
  readonly destination_address_prefixes: string[] | null;
  readonly destination_application_security_group_ids: string[] | null;
}

/** A resource's attributes in the synthesized JSON. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A group in the synthesized JSON. */
export interface SynthesizedGroup {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly security_rule: readonly SynthesizedRule[];
}

/** What a stack says to Terraform. */
export class Synthesized {
  readonly resources: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

  constructor(readonly text: string) {
    this.resources =
      (JSON.parse(text) as { resource?: Record<string, Record<string, Attributes>> }).resource ?? {};
  }

  /** The resources of a type by logical id; none where there are none. */
  ofType(type: string): Readonly<Record<string, Attributes>> {
    return this.resources[`azurerm_${type}`] ?? {};
  }

  /** The resources of a type by the name that Azure sees. */
  byName(type: string): Readonly<Record<string, Attributes>> {
    return Object.fromEntries(
      Object.values(this.ofType(type)).map((attributes) => [attributes.name, attributes]),
    );
  }

  /** The groups by name. */
  get groups(): Readonly<Record<string, SynthesizedGroup>> {
    return this.byName("network_security_group") as unknown as Readonly<Record<string, SynthesizedGroup>>;
  }

  /** The rules of the group of a component: `backup-server`, `gateway-server-gw1`. */
  rulesOf(component: string, deployment = "veeam-entra"): readonly SynthesizedRule[] {
    const group = this.groups[`nsg-${deployment}-${component}`];
    if (!group) throw new Error(`no group for ${component} among ${Object.keys(this.groups).join(", ")}`);
    return group.security_rule;
  }

  /** Names of the rules of a component's group that allow something. */
  allowedAt(component: string, deployment?: string): string[] {
    return this.rulesOf(component, deployment)
      .filter((rule) => rule.access === "Allow")
      .map((rule) => rule.name);
  }
}

/** A stack of an app that writes nothing into the project. */
export function newStack(id = "veeam-entra"): TerraformStack {
  return new TerraformStack(Testing.app({ outdir: join(tmpdir(), "cdktf-veeam-entra-id-tests") }), id);
}

/** What a stack says to Terraform, in JSON. */
export function synthesizeStack(stack: TerraformStack): Synthesized {
  return new Synthesized(Testing.synth(stack));
}

/** What a construct with these props says to Terraform. */
export function synthesizeProps(props: EntraIdBackupProps): Synthesized {
  const stack = newStack(props.name);
  new EntraIdBackup(stack, "backup", props);
  return synthesizeStack(stack);
}

/** What a deployment says to Terraform. */
export function synthesizeDeployment(deployment: DeploymentFile): Synthesized {
  return synthesizeProps(propsOfDeployment(deployment));
}
