import { type Problem, refused } from "../base/problem";
import { refuseTypes } from "../constructs/argument-types";

const SUBJECT = "the source of the backup server's machine";

/** Veeam's offer in Azure's marketplace. */
export interface MarketplaceOfferOptions {
  /** Name of the offer's plan, as `az vm image list --publisher veeam --all` shows it. Veeam documents none. */
  readonly plan: string;
  /** Version of the image. @default "latest" */
  readonly version?: string;
  /**
   * Whether to accept the offer's terms for the subscription. They are
   * accepted once for each subscription.
   *
   * @default false: they are accepted already
   */
  readonly acceptTerms?: boolean;
}

/** Publisher and offer, for the terms and the image. */
export const VEEAM_OFFER = { publisher: "veeam", offer: "veeam-backup-replication" };

type Kind =
  | { readonly kind: "marketplace"; readonly offer: MarketplaceOfferOptions }
  | { readonly kind: "image"; readonly imageId: string }
  | { readonly kind: "disk"; readonly osManagedDiskId: string };

/** The source of the backup server's machine. */
export class BackupServerSource {
  /**
   * Veeam's offer for Windows in the marketplace.
   *
   * @throws Error whose name is InvalidInputError, if the plan is not a string
   */
  public static marketplace(offer: MarketplaceOfferOptions): BackupServerSource {
    refuseTypes(SUBJECT, { offer }, { "offer.plan": "string" });
    return new BackupServerSource({ kind: "marketplace", offer });
  }

  /**
   * Your generalized Windows image, generation 2, with the Azure agent.
   *
   * @throws Error whose name is InvalidInputError, if the id is not a string
   */
  public static image(imageId: string): BackupServerSource {
    refuseTypes(SUBJECT, { imageId }, { imageId: "string or token" });
    return new BackupServerSource({ kind: "image", imageId });
  }

  /**
   * Your system disk: Windows, or Veeam's Linux appliance, for which Veeam does not
   * publish an Azure image. The accounts on the disk are kept.
   *
   * @throws Error whose name is InvalidInputError, if the id is not a string
   */
  public static systemDisk(osManagedDiskId: string): BackupServerSource {
    refuseTypes(SUBJECT, { osManagedDiskId }, { osManagedDiskId: "string or token" });
    return new BackupServerSource({ kind: "disk", osManagedDiskId });
  }

  private constructor(
    /** @internal */
    public readonly _kind: Kind,
  ) {}

  /**
   * Problems of the source.
   *
   * @internal
   */
  public _problems(path: string): Problem[] {
    const kind = this._kind;
    if (kind.kind !== "marketplace" || /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(kind.offer.plan)) return [];
    return refused("name-invalid", `${path}.plan`, kind.offer.plan, {
      what: "is not the name of a plan",
      allowed:
        "letters, digits, dots, hyphens and underscores, as `az vm image list --publisher veeam --all` shows them",
      change: "Write the plan's name",
    });
  }
}
