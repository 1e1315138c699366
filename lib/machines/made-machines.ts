import type { ITerraformDependable } from "cdktf";
import type { BackupComponent } from "../constructs/roles/component";

/** What other constructs need to know about the machine of a component. */
interface MadeMachine {
  /** Path of its construct. */
  readonly path: string;
  /** The last resource of the machine: it exists when the machine is complete. */
  readonly last: ITerraformDependable;
  /** Its private address. */
  readonly privateIpAddress: string;
  /** What is needed to add it in Veeam: accounts, folders, ids of secrets. @default - nothing */
  readonly facts?: { readonly [name: string]: string };
  /** Mirrors to which it lets others through, as an HTTP proxy. @default - none */
  readonly mirrors?: {
    /** Schemes, hosts and ports of the mirrors. */
    readonly origins: readonly string[];
    /** Ids of the endpoints that are let through. */
    readonly clients: readonly string[];
  };
}

// Beside the components, which know nothing of machines.
const MADE = new WeakMap<BackupComponent, MadeMachine>();

/** The machine of a component; undefined if it is managed elsewhere or not created yet. */
export function machineOf(component: BackupComponent): MadeMachine | undefined {
  return MADE.get(component);
}

/** Remembers the machine that was made for a component. */
export function rememberMachine(component: BackupComponent, made: MadeMachine): void {
  MADE.set(component, made);
}
