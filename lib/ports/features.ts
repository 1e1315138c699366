/**
 * What a deployment can do beside backing up tenants. Each feature opens the
 * rows of Veeam's page "Used Ports" that it needs, between the components
 * that exist, and nothing else.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html (page of 2026-02-12)
 */
export enum VeeamFeature {
  /** Backup of sign-in and audit logs, through the cache repository into backup repositories. */
  LOG_BACKUP = "logBackup",
  /** Copies of tenant backups in backup repositories. */
  TENANT_BACKUP_COPY = "tenantBackupCopy",
  /** The backup server installs and updates its components on repositories and gateway servers. */
  COMPONENT_DEPLOYMENT = "componentDeployment",
  /** Consoles reach the backup server as that of any Veeam Backup & Replication. */
  MANAGEMENT = "management",
  /** Files and backups are copied from backup repositories to the backup server. */
  COPY_TO_BACKUP_SERVER = "copyToBackupServer",
  /** The licence is renewed over the Internet. */
  LICENCE_UPDATES = "licenceUpdates",
  /** The backup server asks whether there is a newer version. */
  UPDATE_NOTIFICATIONS = "updateNotifications",
  /** The Linux appliance fetches its updates. */
  APPLIANCE_UPDATES = "applianceUpdates",
}

/** A feature, in the words of its documentation. */
export interface FeatureWords {
  readonly feature: VeeamFeature;
  /** What a user gets, in a few words. */
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
  { feature: VeeamFeature.APPLIANCE_UPDATES, title: "Updates of the Linux appliance" },
];
