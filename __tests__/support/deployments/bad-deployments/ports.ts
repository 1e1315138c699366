import type { BadDeployment } from "./bad-deployment";

/** Invalid ports. */
export const ports: readonly BadDeployment[] = [
  {
    title: "port 0",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: 0 } },
    problems: ["wrong-type postgresql.port"],
  },
  {
    title: "port 65536",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: 65536 } },
    problems: ["wrong-type postgresql.port"],
  },
  {
    title: "a negative port",
    change: { httpProxy: { addresses: ["10.2.0.0/27"], port: -1 } },
    problems: ["wrong-type httpProxy.port"],
  },
  {
    title: "half a port",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: 5432.5 } },
    problems: ["wrong-type postgresql.port"],
  },
  {
    title: "a port in quotes",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: "5432" } },
    problems: ["wrong-type postgresql.port"],
  },
  {
    title: "a range of ports",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: "5432-5433" } },
    problems: ["wrong-type postgresql.port"],
  },
  {
    title: "null for a port",
    change: { postgresql: { addresses: ["10.2.0.0/27"], port: null } },
    problems: ["wrong-type postgresql.port"],
  },
  {
    title: "a proxy without port",
    change: { httpProxy: { addresses: ["10.2.0.0/27"] } },
    problems: ["missing httpProxy.port"],
  },
];
