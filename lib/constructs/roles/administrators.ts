import type { Deployment } from "../../plan/deployment";

/**
 * Where administrators connect from. They use SSH (22) for Linux, Remote Desktop (3389)
 * for Windows, and the backup server's web UI (443) and host management console (10443,
 * Linux appliance only).
 *
 * Only private addresses are accepted: administrators of backups connect over a
 * private network, a VPN or Azure Bastion.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
 */
export class Administrators {
  /**
   * Machines of administrators.
   *
   * @param prefixes Private IPv4 prefixes of /8 or longer, outside the deployment's subnets
   */
  public static addresses(prefixes: string[]): Administrators {
    return new Administrators(prefixes);
  }

  /**
   * An existing Azure Bastion.
   *
   * @param subnet IPv4 prefix of its subnet, AzureBastionSubnet: private, /26 or wider
   */
  public static bastion(subnet: string): Administrators {
    return new Administrators({ bastionSubnet: subnet });
  }

  private constructor(private readonly given: Deployment["administrators"]) {}

  /** As a deployment has it. @internal */
  public _given(): unknown {
    return this.given;
  }
}
