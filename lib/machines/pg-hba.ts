/** Whether connections to PostgreSQL have to be encrypted. */
export enum PostgresqlTls {
  /** Encrypted if the client requests it. Veeam does not document that it does. */
  OFFERED = "offered",
  /** Encrypted, or refused. */
  REQUIRED = "required",
}

/**
 * Who may connect to PostgreSQL: its own administrator on the machine itself,
 * and one account with a password from the prefixes. Whatever no line matches
 * is refused.
 *
 * Source: https://www.postgresql.org/docs/17/auth-pg-hba-conf.html
 */
export function pgHba(superuser: string, clients: readonly string[], tls: PostgresqlTls): string {
  const kind = tls === PostgresqlTls.REQUIRED ? "hostssl" : "host";
  return [
    "# The administrator, on the machine itself.",
    "local all postgres peer",
    "# Its backups, with pg_basebackup.",
    "local replication postgres peer",
    "# The backup server. What is not listed is refused.",
    // In quotes, a name has no meaning but itself.
    ...clients.map((prefix) => `${kind} all "${superuser}" ${prefix} scram-sha-256`),
    "",
  ].join("\n");
}
