/** Operating system of a component that is a machine. */
export enum OperatingSystem {
  /** Microsoft Windows. */
  WINDOWS = "windows",
  /** Linux; for the backup server, Veeam's Linux appliance. */
  LINUX = "linux",
}

/**
 * Types of cache repositories. Veeam supports no others.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
 */
export enum CacheRepositoryType {
  /** A Windows server. */
  WINDOWS = "windows",
  /** A Linux server. */
  LINUX = "linux",
  /** A machine deployed from Veeam's Infrastructure Appliance. */
  INFRASTRUCTURE_APPLIANCE = "infrastructureAppliance",
  /** An NFS share. */
  NFS = "nfs",
  /** An SMB share. */
  SMB = "smb",
}

/**
 * Types of gateway servers.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-08-03)
 */
export enum GatewayServerType {
  /** Microsoft Windows. */
  WINDOWS = "windows",
  /** Linux. */
  LINUX = "linux",
  /** Veeam's Infrastructure Appliance. */
  INFRASTRUCTURE_APPLIANCE = "infrastructureAppliance",
}

/**
 * Types of backup repositories.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
 */
export enum BackupRepositoryType {
  /** A Windows server. */
  WINDOWS = "windows",
  /** A Linux server. */
  LINUX = "linux",
  /** A hardened repository: a Linux server with immutable backups. */
  HARDENED = "hardened",
  /** A machine deployed from Veeam's Infrastructure Appliance. */
  INFRASTRUCTURE_APPLIANCE = "infrastructureAppliance",
  /** An NFS share. */
  NFS = "nfs",
  /** An SMB share. */
  SMB = "smb",
  /** Object storage on Azure, by a region's service tag or by the addresses of a private endpoint. */
  OBJECT_STORAGE = "objectStorage",
  /** Dell Data Domain. */
  DATA_DOMAIN = "dataDomain",
  /** HPE StoreOnce. */
  STORE_ONCE = "storeOnce",
  /** ExaGrid. */
  EXAGRID = "exaGrid",
  /** Quantum DXi. */
  QUANTUM_DXI = "quantumDxi",
  /** Fujitsu ETERNUS CS800. */
  FUJITSU_ETERNUS = "fujitsuEternus",
  /** Infinidat InfiniGuard. */
  INFINIDAT = "infinidat",
}

/** The type of any component, as a deployment writes it. */
export type ComponentType = `${BackupRepositoryType}`;

/** The operating system of a type of component, or undefined if administrators cannot log on to it. */
export function operatingSystemOf(type: string | undefined): OperatingSystem | undefined {
  switch (type) {
    case "windows":
      return OperatingSystem.WINDOWS;
    case "linux":
    case "hardened":
    case "infrastructureAppliance":
      return OperatingSystem.LINUX;
    default:
      return undefined;
  }
}

/** Repositories that cannot run Veeam's services: a gateway server or the backup server connects to them. */
export const TYPES_BEHIND_GATEWAYS: readonly ComponentType[] = [
  "nfs",
  "smb",
  "objectStorage",
  "dataDomain",
  "storeOnce",
];
