import type { Resource, Resources } from "../../tools/resources";

/** What a scanner demands. */
export interface ScannerDemand {
  readonly id: string;
  /** The demand, in our words. */
  readonly demand: string;
  holds(resources: Resources): boolean;
  /** Why it does not hold, and need not. */
  readonly exception?: string;
}

/** A demand on each resource of a type. */
export const every =
  (type: string, holds: (resource: Resource) => boolean) =>
  (resources: Resources): boolean =>
    (resources[type] ?? []).every(holds);
