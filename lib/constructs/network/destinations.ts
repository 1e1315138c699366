import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { TerraformProvider } from "cdktf";
import { checkFirewall } from "../../plan/checks/firewall";
import { refuseProblems } from "../../base/problem";
import { parseServiceTags, type ServiceTags } from "../../azure/sets/service-tags";

/** A firewall that exists, with its policy, through which machines reach Microsoft. */
export interface AzureFirewallOptions {
  /** Id of the firewall's policy; a value known only at apply is welcome. */
  readonly policyId: string;
  /** Private IPv4 address of the firewall, to which the subnets' traffic is routed. */
  readonly privateIpAddress: string;
  /** Priority of the rule collection group in the policy, 100 to 65000, not that of another. */
  readonly priority: number;
  /**
   * Provider of the policy's rules, for a policy in another subscription,
   * such as the hub's.
   *
   * @default - the provider of the deployment
   */
  readonly provider?: TerraformProvider;
}

// Microsoft publishes a new file every week, and announces changes some weeks ahead.
const OLD_AFTER_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

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
   * By the IPv4 addresses of a Service Tags file. They are those of one week:
   * a new file means a new deployment.
   *
   * Source: https://www.microsoft.com/download/details.aspx?id=56519
   *
   * @param file Path of the JSON file
   * @throws Error whose name is InvalidInputError, where the file cannot be read or is none
   */
  public static ipRanges(file: string): Destinations {
    return new Destinations(file);
  }

  /**
   * By DNS name, on an Azure Firewall that exists: a rule collection group
   * for the names, and a route that sends the traffic there. The rules by
   * service tag stay, because a routed packet keeps Microsoft's address.
   *
   * The names are those that Veeam lists.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
   *
   * @param firewall The firewall and its policy
   * @throws Error whose name is InvalidInputError, with everything that is wrong with the firewall
   */
  public static azureFirewall(firewall: AzureFirewallOptions): Destinations {
    refuseProblems("the destinations", checkFirewall("destinations.azureFirewall", firewall));
    return new Destinations(undefined, firewall);
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

  /**
   * As a deployment has it.
   *
   * @internal
   */
  public _given(): unknown {
    if (this.file !== undefined) return { ipRanges: this.file };
    if (!this.firewall) return "serviceTags";
    const { policyId, privateIpAddress, priority } = this.firewall;
    return { azureFirewall: { policyId, privateIpAddress, priority } };
  }

  /** What should be known of the destinations; each a sentence. */
  public get warnings(): string[] {
    if (this.file === undefined) return [];
    const days = Math.floor((Date.now() - dateOf(this.file)) / DAY);
    if (days <= OLD_AFTER_DAYS) return [];
    return [
      `destinations.ipRanges: ${basename(this.file)} is ${days} days old, and Microsoft changes the addresses every week. Download the newest file.`,
    ];
  }
}

function readServiceTags(file: string): ServiceTags {
  const refuse = (what: string, change: string): void =>
    refuseProblems("the destinations", [
      {
        code: "file-invalid",
        path: "destinations.ipRanges",
        what,
        value: file,
        allowed: "a Service Tags file of the public cloud",
        change,
      },
    ]);
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    refuse(
      `cannot be read: ${(error as Error).message}`,
      "Give the path of the file that Microsoft publishes",
    );
  }
  let tags: ServiceTags = { changeNumber: 0, cloud: "", tags: [] };
  try {
    tags = parseServiceTags(text);
  } catch (error) {
    refuse(`is no Service Tags file: ${(error as Error).message}`, "Download the file again");
  }
  if (tags.cloud.toLowerCase() !== "public") {
    refuse(
      `is of the cloud ${tags.cloud}, whose tenants Veeam does not support`,
      "Download the file of the public cloud",
    );
  }
  return tags;
}

/** The day in the file's name, as Microsoft writes it, or the day on which the file was last written. */
function dateOf(file: string): number {
  const match = /_(\d{4})(\d{2})(\d{2})\b/.exec(basename(file));
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : statSync(file).mtimeMs;
}
