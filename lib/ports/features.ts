/**
 * Features of a deployment in addition to tenant backup. Each feature enables the rows
 * of Veeam's page "Used Ports" that it needs, between the components that
 * exist. Revisions have the page since 2026-02-12.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-08-03)
 */
export enum VeeamFeature {
  /** Backup of sign-in and audit logs, through the cache repository into backup repositories. */
  LOG_BACKUP = "logBackup",
  /** Copies of tenant backups in backup repositories. */
  TENANT_BACKUP_COPY = "tenantBackupCopy",
  /** The backup server installs and updates its components on repositories and gateway servers. */
  COMPONENT_DEPLOYMENT = "componentDeployment",
  /** Consoles connect to the backup server and to repositories, as with any Veeam Backup & Replication server. */
  MANAGEMENT = "management",
  /** Files and backups are copied from backup repositories to the backup server. */
  COPY_TO_BACKUP_SERVER = "copyToBackupServer",
  /** The licence is renewed over the Internet. */
  LICENCE_UPDATES = "licenceUpdates",
  /** The backup server asks whether there is a newer version. */
  UPDATE_NOTIFICATIONS = "updateNotifications",
  /** Veeam's Linux appliances fetch their updates. */
  APPLIANCE_UPDATES = "applianceUpdates",
  /** Consoles of build 12.3.2.4165 update themselves from the backup server. */
  CONSOLE_UPDATES = "consoleUpdates",
  /** The web UI can be opened without `https://`. */
  WEB_UI_REDIRECT = "webUiRedirect",
  /** Remote Desktop to the backup server uses UDP where it can. */
  REMOTE_DESKTOP_UDP = "remoteDesktopUdp",
  /** Notifications are sent through Google mail. */
  GOOGLE_MAIL = "googleMail",
  /** Notifications are sent through Exchange Online. */
  MICROSOFT_MAIL = "microsoftMail",
  /** The backup server checks whether certificates of components are revoked. */
  CERTIFICATE_REVOCATION = "certificateRevocation",
}

/**
 * Whether the range for data channels, 2500 to 3300, is allowed where Veeam's page "Used
 * Ports" has it as failover for port 6162 only, as it does since 2026-02-13.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-08-03)
 */
export enum FailoverRange {
  /** Allowed as documented on the pages. */
  OPEN = "open",
  /** Blocked where Used Ports has it as failover. Rows of the Entra ID page keep it. */
  CLOSED = "closed",
  /**
   * Also blocked in the rows of the Entra ID page between the same ends, because Used Ports is the
   * newer page.
   */
  CLOSED_ON_BOTH_PAGES = "closedOnBothPages",
}

/** A feature, in the words of its documentation. */
export interface FeatureWords {
  readonly feature: VeeamFeature;
  /** The feature in a few words. */
  readonly title: string;
}

/** Every feature, in the order in which documentation lists them. */
export const FEATURES: readonly FeatureWords[] = [
  { feature: VeeamFeature.LOG_BACKUP, title: "Backup of sign-in and audit logs" },
  { feature: VeeamFeature.TENANT_BACKUP_COPY, title: "Copies of tenant backups in backup repositories" },
  {
    feature: VeeamFeature.COMPONENT_DEPLOYMENT,
    title: "Veeam's components installed and updated from the backup server",
  },
  { feature: VeeamFeature.MANAGEMENT, title: "Consoles, as for any Veeam Backup & Replication server" },
  {
    feature: VeeamFeature.COPY_TO_BACKUP_SERVER,
    title: "Copies from backup repositories to the backup server",
  },
  { feature: VeeamFeature.LICENCE_UPDATES, title: "Renewal of the licence over the Internet" },
  { feature: VeeamFeature.UPDATE_NOTIFICATIONS, title: "Notifications of newer versions" },
  { feature: VeeamFeature.APPLIANCE_UPDATES, title: "Updates of Veeam's Linux appliances" },
  { feature: VeeamFeature.CONSOLE_UPDATES, title: "Updates of consoles of build 12.3.2.4165" },
  { feature: VeeamFeature.WEB_UI_REDIRECT, title: "The web UI without https://" },
  { feature: VeeamFeature.REMOTE_DESKTOP_UDP, title: "Remote Desktop over UDP" },
  { feature: VeeamFeature.GOOGLE_MAIL, title: "Notifications through Google mail" },
  { feature: VeeamFeature.MICROSOFT_MAIL, title: "Notifications through Exchange Online" },
  { feature: VeeamFeature.CERTIFICATE_REVOCATION, title: "Revocation of the components' certificates" },
];
