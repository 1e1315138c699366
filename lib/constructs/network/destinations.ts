import type { TerraformProvider } from "cdktf";
import { readServiceTags, warningsOfServiceTags } from "../../azure/service-tags-file";
import type { Deployment } from "../../plan/deployment";
import type { ServiceTags } from "../../azure/sets/service-tags";
import { refuseTypes } from "../argument-types";

/** An existing firewall and its policy, through which machines reach Microsoft. */
export interface AzureFirewallOptions {
  /** Id of the firewall's policy; it may be known only at apply. */
  readonly policyId: string;
  /** Private IPv4 address of the firewall, to which the subnets' traffic is routed. */
  readonly privateIpAddress: string;
  /** Priority of the rule collection group, 100 to 65000, unique in the policy. */
  readonly priority: number;
  /**
   * Provider of the policy's rules, for a policy in another subscription,
   * such as the hub's.
   *
   * @default - the provider of the deployment
   */
  readonly provider?: TerraformProvider;
}

/**
 * How Microsoft's services are named in rules, in the three ways that Veeam
 * lists: by service tag, by IP address, and by DNS name.
 */
export class Destinations {
  /** By service tag, whose addresses Azure keeps up to date. */
  public static serviceTags(): Destinations {
    return new Destinations();
  }

  /**
   * By the IPv4 addresses in a Service Tags file. Microsoft publishes a new file every
   * week: deploy again when the addresses change.
   *
   * Source: https://www.microsoft.com/download/details.aspx?id=56519
   *
   * @param file Path of the JSON file
   * @throws Error whose name is InvalidInputError, if the file cannot be read or is not a Service Tags file
   */
  public static ipRanges(file: string): Destinations {
    refuseTypes("the destinations", { file }, { file: "string" });
    return new Destinations(file);
  }

  /**
   * By DNS name, on an existing Azure Firewall: creates a rule collection group
   * for the names that Veeam lists, and a route to the firewall. The rules by
   * service tag stay, because a routed packet keeps Microsoft's address.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
   *
   * @param firewall The firewall and its policy
   * @throws Error whose name is InvalidInputError, if an option is missing or of another type
   */
  public static azureFirewall(firewall: AzureFirewallOptions): Destinations {
    const types = { policyId: "string", privateIpAddress: "string or token", priority: "number" } as const;
    refuseTypes("the destinations", firewall, types);
    return new Destinations(undefined, firewall);
  }

  /** Those of a deployment. @internal */
  public static _of(given: Deployment["destinations"] = "serviceTags"): Destinations {
    if (given === "serviceTags") return new Destinations();
    return "ipRanges" in given
      ? new Destinations(given.ipRanges)
      : new Destinations(undefined, given.azureFirewall as AzureFirewallOptions);
  }

  /** @internal */
  public readonly _serviceTags?: ServiceTags;

  private constructor(
    /** Path of a Service Tags file. @default - destinations are named by service tag */
    public readonly file?: string,
    /** A firewall that narrows the service tags to DNS names. @default - none */
    public readonly firewall?: AzureFirewallOptions,
  ) {
    if (file !== undefined) this._serviceTags = readServiceTags(file);
  }

  /** As a deployment has it. @internal */
  public _given(): unknown {
    if (this.file !== undefined) return { ipRanges: this.file };
    if (!this.firewall) return "serviceTags";
    const { policyId, privateIpAddress, priority } = this.firewall;
    return { azureFirewall: { policyId, privateIpAddress, priority } };
  }

  /** Warnings about the destinations; each is a sentence. */
  public get warnings(): string[] {
    if (this.file === undefined) return [];
    return warningsOfServiceTags(this.file);
  }
}
