/** Rows of pages that no deployment opens: between these parties, for this reason. */
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
    reason: "vPower NFS publishes virtual machines, and no backup of Microsoft Entra ID holds one.",
  },
  {
    from: ANY,
    to: /vPower NFS/,
    reason: "vPower NFS publishes virtual machines, and no backup of Microsoft Entra ID holds one.",
  },
  {
    from: ANY,
    to: /\bS3\b/,
    reason: "S3 storage is not on Azure. Allow it with a flow of your own.",
  },
  {
    from: ANY,
    to: /^Gateway server for Veeam Data Cloud Vault$/,
    reason: "Veeam Data Cloud Vault is not a repository that a deployment can have.",
  },
  {
    from: /^On-premises backup repository$/,
    to: /Veeam Data Cloud Vault$/,
    reason: "Veeam Data Cloud Vault is not a repository that a deployment can have.",
  },
  {
    from: /Veeam Data Cloud Vault/,
    to: ANY,
    reason: "Veeam Data Cloud Vault is not a repository that a deployment can have.",
  },
  {
    from: ANY,
    to: /^(Veeam AI Assistant|Veeam Signature Update Server)$/,
    reason: "Neither end is a component of a deployment.",
  },
  { from: /console$/, to: /^Mount server$/, reason: "Neither end is a component of a deployment." },
];

/** Why no deployment opens the port of a row between two of its parties, or undefined where one does. */
export function reasonOutOfScope(from: string, to: string, port: string): string | undefined {
  return OUT_OF_SCOPE.find((out) => out.from.test(from) && out.to.test(to) && (out.ports ?? ANY).test(port))
    ?.reason;
}
