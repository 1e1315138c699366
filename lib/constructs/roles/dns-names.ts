import type { Deployment } from "../../plan/deployment";

/**
 * IPv4 prefixes of endpoints that have DNS names and no service tag. Only
 * those of the features in use are needed.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
 */
export interface DnsNameAddressOptions {
  /** Of repository.veeam.com. @default - none; VeeamFeature.APPLIANCE_UPDATES needs them */
  readonly applianceUpdates?: string[];
  /** Of vbr.butler.veeam.com and autolk.veeam.com. @default - none; VeeamFeature.LICENCE_UPDATES needs them */
  readonly licenceUpdates?: string[];
  /** Of *.ss2.us and *.amazontrust.com. @default - none; VeeamFeature.LICENCE_UPDATES needs them */
  readonly licenceCertificates?: string[];
  /** Of dev.veeam.com, vbrad.butler.veeam.com and vbrce.butler.veeam.com. @default - none; VeeamFeature.UPDATE_NOTIFICATIONS needs them */
  readonly updateNotifications?: string[];
  /** Of the endpoints that list revoked certificates. @default - none; object storage needs them */
  readonly certificateRevocation?: string[];
  /** Of gmail.googleapis.com, accounts.google.com and gstatic.com. @default - none; VeeamFeature.GOOGLE_MAIL needs them */
  readonly googleMail?: string[];
}

/**
 * How endpoints are reached that have a DNS name but no service tag: licence,
 * updates, certificate revocation. A security group cannot filter by name, and
 * the tag `Internet` would allow far more than is needed.
 *
 * If the deployment has an HTTP proxy, the machines use it, and this sets how the proxy
 * reaches the endpoints. A proxy elsewhere does not need it.
 */
export class DnsNames {
  /**
   * Through an existing firewall that accepts connections itself, as Azure Firewall's
   * explicit proxy does. A firewall that is only on the route does not help: a security
   * group sees the addresses of the endpoints.
   *
   * @param firewall Its IPv4 prefixes, outside the deployment's subnets, and the port on which it accepts connections, 1 to 65535
   */
  public static throughFirewall(firewall: { readonly addresses: string[]; readonly port: number }): DnsNames {
    return new DnsNames({ firewall });
  }

  /** Directly to addresses, which you have to keep up to date. */
  public static byAddresses(addresses: DnsNameAddressOptions): DnsNames {
    return new DnsNames({ addresses });
  }

  private constructor(private readonly given: Deployment["dnsNames"]) {}

  /** As a deployment has it. @internal */
  public _given(): unknown {
    return this.given;
  }
}
