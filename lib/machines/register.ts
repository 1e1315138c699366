import type { BackupServer } from "../constructs/roles/roles";
import type { BackupComponent } from "../constructs/roles/component";
import { isOpaque } from "../base/opaque";
import { machineOf } from "./made-machines";

/** A server with a machine, with the values needed to add it in Veeam. Secrets are given by id only. */
export interface RegisteredServer {
  readonly component: string;
  readonly role: string;
  readonly type?: string;
  readonly address: string;
  /** Ports that the backup server connects to. */
  readonly ports: readonly {
    readonly protocol: string;
    readonly ports: readonly string[];
    readonly reason: string;
  }[];
  /** Accounts, folders, and ids of secrets. */
  readonly facts: { readonly [name: string]: string };
}

const sayOpaque = (value: string): string => (isOpaque(value) ? "known at apply" : value);

/** The servers of a deployment whose machines are created here, in the order of their components. */
export function registeredServers(
  backupServer: BackupServer,
  components: readonly BackupComponent[],
): RegisteredServer[] {
  return components.flatMap((component): RegisteredServer[] => {
    const made = machineOf(component);
    if (!made) return [];
    const [from, to] = [backupServer._endpoint().id, component._endpoint().id];
    const flows = (component._place()?.flows() ?? []).filter(
      (flow) => flow.from.id === from && flow.to.id === to,
    );
    const type = component._type();
    return [
      {
        component: component._input().path,
        role: component.role,
        ...(type !== undefined && { type }),
        address: sayOpaque(made.privateIpAddress),
        ports: flows.map(({ protocol, ports, reason }) => ({
          protocol,
          ports: ports.map(sayOpaque),
          reason,
        })),
        facts: Object.fromEntries(
          Object.entries(made.facts ?? {}).map(([name, value]) => [name, sayOpaque(value)]),
        ),
      },
    ];
  });
}
