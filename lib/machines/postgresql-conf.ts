/** Options of the server's configuration, without sizes and accounts. */
interface PostgresqlConfOptions {
  /** Port to listen on. */
  readonly port: number;
  /** Address to listen on, in addition to localhost. */
  readonly listenAddress: string;
  /** Folder of the certificate and its key. */
  readonly certificateDirectory: string;
}

/**
 * The server's configuration, but for sizes, which the machine works out at
 * boot.
 *
 * Source: https://www.postgresql.org/docs/17/runtime-config.html
 */
export function postgresqlConf(options: PostgresqlConfOptions): string {
  return [
    "# Written by the machine's cloud-init; changes by hand are undone at the next boot.",
    `port = ${options.port}`,
    `listen_addresses = 'localhost, ${options.listenAddress}'`,
    "password_encryption = 'scram-sha-256'",
    "ssl = on",
    "ssl_min_protocol_version = 'TLSv1.2'",
    `ssl_cert_file = '${options.certificateDirectory}/server.crt'`,
    `ssl_key_file = '${options.certificateDirectory}/server.key'`,
    "shared_preload_libraries = 'pg_stat_statements'",
    "log_connections = on",
    "",
  ].join("\n");
}
