import { PackageSourceKind } from "./package-source-kind";

/** A mirror of Debian's packages. */
export interface DebianMirrorProps {
  /** Address of the mirror: `https://mirror.example.com/debian`. */
  readonly url: string;
  /** Address of its security updates: `https://mirror.example.com/debian-security`. */
  readonly securityUrl: string;
}

/** A mirror of Debian's packages that the machine reaches through the HTTP proxy. */
export interface ProxiedDebianMirrorProps extends DebianMirrorProps {
  /** Private IPv4 address of the HTTP proxy. */
  readonly proxyAddress: string;
  /** Port of the HTTP proxy, 1 to 65535. */
  readonly proxyPort: number;
}

/**
 * Where a machine gets its packages from. It has to be said: there is no
 * default, since every default would be a way to the Internet.
 */
export class PackageSource {
  /** The image has every package already; what it lacks is refused, and no updates are installed. */
  public static image(): PackageSource {
    return new PackageSource(PackageSourceKind.IMAGE);
  }

  /** A mirror that the machine reaches directly; the image's own sources are not asked. */
  public static mirror(props: DebianMirrorProps): PackageSource {
    return new PackageSource(PackageSourceKind.MIRROR, props.url, props.securityUrl);
  }

  /** The sources of the image, through a firewall that exists and lets them pass. */
  public static firewall(): PackageSource {
    return new PackageSource(PackageSourceKind.FIREWALL);
  }

  /** A mirror that the machine reaches through the HTTP proxy; the image's own sources are not asked. */
  public static httpProxy(props: ProxiedDebianMirrorProps): PackageSource {
    return new PackageSource(
      PackageSourceKind.HTTP_PROXY,
      props.url,
      props.securityUrl,
      props.proxyAddress,
      props.proxyPort,
    );
  }

  private constructor(
    /** Which of the four it is. */
    public readonly kind: PackageSourceKind,
    /** Address of the mirror. @default - there is none */
    public readonly url?: string,
    /** Address of the mirror's security updates. @default - there is none */
    public readonly securityUrl?: string,
    /** Address of the HTTP proxy. @default - there is none */
    public readonly proxyAddress?: string,
    /** Port of the HTTP proxy. @default - there is none */
    public readonly proxyPort?: number,
  ) {}
}
