/** Rows of pages that no deployment opens, with the reason. */
interface OutOfScope {
  readonly from: RegExp;
  readonly to: RegExp;
  readonly ports?: RegExp;
  readonly reason: string;
}

const ANY = /^/;
const SERVER = /^(Backup server|Backup proxy\b.*)$/;

const OUT_OF_SCOPE: readonly OutOfScope[] = [
  {
    from: SERVER,
    to: SERVER,
    reason: "The backup server is the only backup proxy, so the connection stays on one machine.",
  },
  {
    from: ANY,
    to: ANY,
    ports: /^<(mountd|statd|lockd)_port>$/,
    reason:
      "NFS 3 chooses the port. Use NFS 4.1, or fix the port on the server and allow it with a flow of your own.",
  },
  {
    from: /vPower NFS/,
    to: ANY,
    reason: "vPower NFS publishes virtual machines, which backups of Microsoft Entra ID do not contain.",
  },
  {
    from: ANY,
    to: /vPower NFS/,
    reason: "vPower NFS publishes virtual machines, which backups of Microsoft Entra ID do not contain.",
  },
  {
    from: ANY,
    to: /\bS3\b/,
    reason: "A deployment has no S3 storage. Allow it with a flow of your own.",
  },
  {
    from: ANY,
    to: /^Gateway server for Veeam Data Cloud Vault$/,
    reason: "Veeam Data Cloud Vault cannot be a repository of a deployment.",
  },
  {
    from: /^On-premises backup repository$/,
    to: /Veeam Data Cloud Vault$/,
    reason: "Veeam Data Cloud Vault cannot be a repository of a deployment.",
  },
  {
    from: /Veeam Data Cloud Vault/,
    to: ANY,
    reason: "Veeam Data Cloud Vault cannot be a repository of a deployment.",
  },
  {
    from: ANY,
    to: /^(Veeam AI Assistant|Veeam Signature Update Server)$/,
    reason: "Both ends are outside the deployment, so its groups do not filter the connection.",
  },
  {
    from: /console$/,
    to: /^Mount server$/,
    reason: "Both ends are outside the deployment, so its groups do not filter the connection.",
  },
];

/** The reason why no deployment opens a port of a row between two parties, or undefined if one does. */
export function reasonOutOfScope(from: string, to: string, port: string): string | undefined {
  return OUT_OF_SCOPE.find((out) => out.from.test(from) && out.to.test(to) && (out.ports ?? ANY).test(port))
    ?.reason;
}
