import type { DeploymentFile } from "../../../lib/app/schema";
import { type Attributes, synthesizeDeployment } from "../tools/synthesized";

/** A rule or another part of a resource that a test bends. */
export type Bendable = Record<string, unknown>;

/** The resources of a synthesized deployment, for a test to bend as a person in the portal would. */
export class Drift {
  readonly json: { resource: Record<string, Record<string, Bendable>> };

  constructor(deployment: DeploymentFile) {
    this.json = JSON.parse(synthesizeDeployment(deployment).text) as Drift["json"];
  }

  /** The group of a component. */
  group(component: string): Attributes & Bendable {
    return this.one("azurerm_network_security_group", `nsg-veeam-entra-${component}`);
  }

  /** A rule of the group of a component. */
  rule(component: string, name: string): Bendable {
    const rule = (this.group(component).security_rule as Bendable[]).find(
      (candidate) => candidate.name === name,
    );
    if (!rule) throw new Error(`${component} has no rule ${name}`);
    return rule;
  }

  /** Adds a rule to the group of a component: one that is there, with changes. */
  addRule(component: string, like: string, changes: Bendable): void {
    (this.group(component).security_rule as Bendable[]).push({ ...this.rule(component, like), ...changes });
  }

  /** The subnet of a component. */
  subnet(component: string): Bendable {
    return this.one("azurerm_subnet", `snet-veeam-entra-${component}`);
  }

  /** Takes the group of a component off its subnet. */
  detach(component: string): void {
    const associations = this.json.resource.azurerm_subnet_network_security_group_association;
    const key = Object.keys(associations).find((name) => name.includes(`_${component}_`));
    if (key === undefined) throw new Error(`${component} has no association`);
    delete associations[key];
  }

  private one(type: string, name: string): Bendable {
    const found = Object.values(this.json.resource[type]).find((attributes) => attributes.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  }
}
