// Which features open which rows of Used Ports: the agreement, said apart from lib.

/** From, to, ports, and the features any of which opens the row; none where naming the ends is enough. */
type Wanted = readonly [from: RegExp, to: RegExp, ports: RegExp, ...features: string[]];

const ANY = /^/;
const SERVER = /^Backup (server|proxy)$/;
const JOBS = ["logBackup", "tenantBackupCopy"] as const;
const ALL = ["componentDeployment", ...JOBS] as const;

const WANTED: readonly Wanted[] = [
  [/^(Old|New) cache/i, ANY, ANY],
  [ANY, /^(Old|new) cache/i, ANY],
  [/^(Source|Target) /, ANY, ANY],
  [ANY, /cluster member|Standby backup server|configuration database$/i, ANY],
  [/^Mount server/, ANY, ANY],
  [ANY, /^Mount server/, ANY],
  [/^REST client$/, ANY, ANY],
  [ANY, /^(SMTP|KMS|Key Management|Syslog|NTP|NTS|DNS|Veeam ONE)/, ANY],
  [ANY, /local mirror/, ANY],
  [/^(Gateway server or backup proxy)$/, /^Active Directory/, ANY, ...JOBS],
  [ANY, /^Active Directory/, ANY],
  [/^Cache repository$/, ANY, ANY, "logBackup"],
  [ANY, /^Cache repository$/, ANY, "logBackup"],
  [ANY, /^Cache repository \(Linux\)$/, ANY, "logBackup", "componentDeployment"],
  [/(web ui|access\)|Remote access PC|Host Management)/i, ANY, /^80$/, "webUiRedirect"],
  [/(web ui|access\)|Remote access PC|Host Management)/i, ANY, ANY],
  [/console$/, /^Backup server$/, /^9420$/, "consoleUpdates"],
  [/console$/, ANY, ANY, "management"],
  [ANY, /^Veeam Update Repository$/, ANY, "applianceUpdates"],
  [ANY, /^Veeam License Update Server/, ANY, "licenceUpdates"],
  [ANY, /^Veeam Update Notification/, ANY, "updateNotifications"],
  [ANY, /^Certificate Revocation/, ANY, "certificateRevocation"],
  [ANY, /^Gmail/, ANY, "googleMail"],
  [ANY, /^Microsoft Graph/, ANY, "microsoftMail"],
  [/^Veeam Infrastructure Appliance$/, /^Backup server$/, ANY, ...ALL],
  [/^Backup server$/, /^Veeam Infrastructure Appliance$/, ANY, ...ALL],
  [/^Gateway server$/, /^Backup proxy \(direct connection\)$/, ANY, "copyToBackupServer", ...JOBS],
  [/^Gateway server$/, /^Backup proxy \(direct connection\)\//, ANY, ...JOBS],
  [
    /^(Backup repository|On-premises|Microsoft Windows.Linux|Gateway server$)/,
    /^Backup (server|proxy)/,
    ANY,
    "copyToBackupServer",
  ],
  [SERVER, /^(Backup repository|Gateway server)/, /^(22|135|137|139|445)$/, "componentDeployment"],
  [SERVER, /^(Backup repository|Gateway server)/, /^616\d$/, ...ALL],
  [SERVER, /^(Backup repository|Gateway server)/, /^2500/, ...JOBS],
  [ANY, ANY, ANY, ...JOBS],
];

/** Whether a deployment with the features wants a row, as far as it is between these parties. */
export function wantsRow(
  wanted: readonly string[],
  from: string,
  to: string,
  port: string,
  protocol: string,
): boolean {
  if (port === "3389" && protocol === "UDP") return wanted.includes("remoteDesktopUdp");
  const [, , , ...features] = WANTED.find(
    ([source, destination, ports]) => source.test(from) && destination.test(to) && ports.test(port),
  ) as Wanted;
  return features.length === 0 || features.some((feature) => wanted.includes(feature));
}
