import type { BadDeployment } from "./bad-deployment";

/** Ports that are none. */
export const ports: readonly BadDeployment[] = [
  {
    title: "port 0",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: 0 } },
    problems: [
      "postgresql.port: is not what is expected here (got 0). Allowed: a whole number from 1 to 65535 (Port on which PostgreSQL listens. Default: 5432). Write what is allowed.",
    ],
  },
  {
    title: "port 65536",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: 65536 } },
    problems: [
      "postgresql.port: is not what is expected here (got 65536). Allowed: a whole number from 1 to 65535 (Port on which PostgreSQL listens. Default: 5432). Write what is allowed.",
    ],
  },
  {
    title: "a negative port",
    change: { httpProxy: { addresses: ["10.2.0.0/27"], port: -1 } },
    problems: [
      "httpProxy.port: is not what is expected here (got -1). Allowed: a whole number from 1 to 65535 (Port on which the proxy listens). Write what is allowed.",
    ],
  },
  {
    title: "half a port",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: 5432.5 } },
    problems: [
      "postgresql.port: is not what is expected here (got 5432.5). Allowed: a whole number from 1 to 65535 (Port on which PostgreSQL listens. Default: 5432). Write what is allowed.",
    ],
  },
  {
    title: "a port in quotes",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: "5432" } },
    problems: [
      'postgresql.port: is not what is expected here (got "5432"). Allowed: a whole number from 1 to 65535 (Port on which PostgreSQL listens. Default: 5432). Write 5432 without quotes.',
    ],
  },
  {
    title: "a range of ports",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: "5432-5433" } },
    problems: [
      'postgresql.port: is not what is expected here (got "5432-5433"). Allowed: a whole number from 1 to 65535 (Port on which PostgreSQL listens. Default: 5432). Write what is allowed.',
    ],
  },
  {
    title: "null for a port",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: null } },
    problems: [
      "postgresql.port: is not what is expected here (got null). Allowed: a whole number from 1 to 65535 (Port on which PostgreSQL listens. Default: 5432). Write what is allowed.",
    ],
  },
  {
    title: "a proxy without port",
    change: { httpProxy: { addresses: ["10.2.0.0/27"] } },
    problems: [
      "httpProxy.port: is missing. Allowed: a whole number from 1 to 65535 (Port on which the proxy listens). Add it.",
    ],
  },
];
