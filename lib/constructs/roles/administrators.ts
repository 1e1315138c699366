import type { Deployment } from "../../plan/deployment";

/**
 * From where administrators log on to the operating systems: SSH (22) to
 * Linux, Remote Desktop (3389) to Windows, and of the backup server the web
 * UI (443) and the Linux appliance's host management console (10443).
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
   * An Azure Bastion that exists.
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
