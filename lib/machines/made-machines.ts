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
  /** Values for adding it in Veeam: accounts, folders, ids of secrets. @default - nothing */
  readonly facts?: { readonly [name: string]: string };
  /** Mirrors that other machines reach through it, as an HTTP proxy. @default - none */
  readonly mirrors?: {
    /** Schemes, hosts and ports of the mirrors. */
    readonly origins: readonly string[];
    /** Ids of the endpoints that can use the mirrors. */
    readonly clients: readonly string[];
  };
}

// Kept outside the components, because lib/constructs does not import lib/machines.
const MADE = new WeakMap<BackupComponent, MadeMachine>();

/** The machine of a component; undefined if it is managed elsewhere or not created yet. */
export function machineOf(component: BackupComponent): MadeMachine | undefined {
  return MADE.get(component);
}

/** Remembers the machine that was made for a component. */
export function rememberMachine(component: BackupComponent, made: MadeMachine): void {
  MADE.set(component, made);
}
