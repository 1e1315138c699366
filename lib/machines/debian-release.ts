/** Releases of Debian that the machines run on. */
export enum DebianRelease {
  /** Debian 13, with PostgreSQL 17. */
  TRIXIE = "trixie",
  /** Debian 12, with PostgreSQL 15. */
  BOOKWORM = "bookworm",
}

/** Facts of a release. */
interface DebianFacts {
  /** Its usual name. */
  readonly title: string;
  /** Version of PostgreSQL that the release ships. */
  readonly postgresqlVersion: number;
  /** Offer of the image in Azure's marketplace. */
  readonly imageOffer: string;
  /** Plan of the offer: second generation, which trusted launch needs. */
  readonly imageSku: string;
}

/**
 * Facts of each release.
 *
 * Sources: https://packages.debian.org/postgresql (versions) and
 * https://wiki.debian.org/Cloud/MicrosoftAzure (publisher Debian; offers and plans)
 */
export const DEBIAN: Record<DebianRelease, DebianFacts> = {
  [DebianRelease.TRIXIE]: {
    title: "Debian 13",
    postgresqlVersion: 17,
    imageOffer: "debian-13",
    imageSku: "13-gen2",
  },
  [DebianRelease.BOOKWORM]: {
    title: "Debian 12",
    postgresqlVersion: 15,
    imageOffer: "debian-12",
    imageSku: "12-gen2",
  },
};
