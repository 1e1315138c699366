import type { BackupComponent } from "../constructs/roles/component";

/** What others have to know of the machine that was made for a component. */
export interface MadeMachine {
  /** Path of its construct. */
  readonly path: string;
  /** Its private address. */
  readonly privateIpAddress: string;
  /** What whoever adds it in Veeam has to know: accounts, folders, ids of secrets. @default - nothing */
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

/** The machine that was made for a component; none where it is somebody else's, or not made yet. */
export function machineOf(component: BackupComponent): MadeMachine | undefined {
  return MADE.get(component);
}

/** Remembers the machine that was made for a component. */
export function rememberMachine(component: BackupComponent, made: MadeMachine): void {
  MADE.set(component, made);
}
