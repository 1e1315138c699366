import type { Deployment } from "../../plan/deployment";

/** A firewall that takes connections itself and filters them by DNS name. */
export interface DnsNameFirewall {
  /** IPv4 prefixes of the firewall, outside the deployment's subnets. */
  readonly addresses: string[];
  /** Port on which it takes connections, 1 to 65535: for Azure Firewall, that of its explicit proxy. */
  readonly port: number;
}

/**
 * IPv4 prefixes of endpoints that have DNS names and no service tag. Only
 * those of the features in use are needed.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
 */
export interface DnsNameAddresses {
  /** Of repository.veeam.com, for updates of the Linux appliance. @default - none; VeeamFeature.APPLIANCE_UPDATES needs them */
  readonly applianceUpdates?: string[];
  /** Of vbr.butler.veeam.com and autolk.veeam.com, for the licence. @default - none; VeeamFeature.LICENCE_UPDATES needs them */
  readonly licenceUpdates?: string[];
  /**
   * Of *.ss2.us and *.amazontrust.com, for the licence servers' certificates.
   *
   * @default - none; VeeamFeature.LICENCE_UPDATES needs them
   */
  readonly licenceCertificates?: string[];
  /**
   * Of dev.veeam.com, vbrad.butler.veeam.com and vbrce.butler.veeam.com.
   *
   * @default - none; VeeamFeature.UPDATE_NOTIFICATIONS needs them
   */
  readonly updateNotifications?: string[];
  /** Of the endpoints that say which certificates of object storage are revoked. @default - none; object storage needs them */
  readonly certificateRevocation?: string[];
  /** Of gmail.googleapis.com, accounts.google.com and gstatic.com. @default - none; VeeamFeature.GOOGLE_MAIL needs them */
  readonly googleMail?: string[];
}

/**
 * How endpoints are reached that have DNS names and no service tag: licence,
 * updates, revocation of certificates. A security group cannot filter by
 * name, and the tag `Internet` would be far wider than what is asked for.
 *
 * With an HTTP proxy, machines reach them through it, and this is the proxy's
 * own way on; a proxy elsewhere has its own. Without one, it is theirs.
 */
export class DnsNames {
  /**
   * Through a firewall that exists and takes connections itself, as Azure
   * Firewall's explicit proxy does. A firewall that is only on the route
   * does not help: a security group sees the addresses behind it.
   */
  public static throughFirewall(firewall: DnsNameFirewall): DnsNames {
    return new DnsNames({ firewall });
  }

  /** Straight to addresses, which somebody has to keep current. */
  public static byAddresses(addresses: DnsNameAddresses): DnsNames {
    return new DnsNames({ addresses });
  }

  private constructor(private readonly given: Deployment["dnsNames"]) {}

  /**
   * As a deployment has it.
   *
   * @internal
   */
  public _given(): unknown {
    return this.given;
  }
}
