import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { asset } from "../../lib/base/package-files";
import { DebianRelease } from "../../lib/machines/debian-release";
import { postgresqlCloudInit } from "../../lib/machines/postgresql-cloud-init";
import { squidCloudInit } from "../../lib/machines/squid-cloud-init";
import { describeWith } from "./support/tools";
import { parseUserData } from "./support/user-data";
import { VAULT } from "../support/tools/resources";

const ASSETS = join(__dirname, "../../lib/machines/assets");
const named = (ending: string): string[] => readdirSync(ASSETS).filter((name) => name.endsWith(ending));

describeWith({ commands: ["shellcheck"] }, "the shell scripts, judged by shellcheck", () => {
  it.each(named(".sh"))("%s", (name) => {
    // The settings and the sourced files are not there, so what they define is unknown: 2154. 2034: used by others.
    const { stdout } = spawnSync("shellcheck", ["--exclude=SC2154,SC2034", join(ASSETS, name)], {
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });
});

describeWith({ commands: ["pyflakes3"] }, "the Python scripts, judged by pyflakes", () => {
  it.each(named(".py"))("%s", (name) => {
    const { stdout, status } = spawnSync("pyflakes3", [join(ASSETS, name)], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});

describeWith({ commands: ["python3"] }, "the Python script", () => {
  const code = (ends: string): { status: number | null; stdout: string; stderr: string } =>
    spawnSync("python3", ["-W", "error", "-"], {
      input: `${asset("machines", "postgresql-password.py").replace('if __name__ == "__main__":', "if False:")}\n${ends}`,
      encoding: "utf8",
    });

  it("computes the verifier that RFC 7677 has as its example", () => {
    // The example: user "user", password "pencil", its salt and 4096 iterations; the proof of it is checked there.
    const made = code('print(scram_verifier(b"pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096))');
    expect(made.stderr).toBe("");
    expect(made.stdout.trim()).toBe(
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    );
  });

  it("tells the verifier of a password from other values", () => {
    const made = code(
      [
        'verifier = scram_verifier(b"pencil", b"salt", 4096)',
        'print(is_verifier_of(verifier, b"pencil"), is_verifier_of(verifier, b"pencils"))',
        'print(is_verifier_of("", b""), is_verifier_of("md5abc", b"x"), is_verifier_of("SCRAM-SHA-256$x:y$z", b"x"))',
      ].join("\n"),
    );
    expect(made.stdout).toBe("True False\nFalse False False\n");
  });

  it.each([
    ["https://example.vault.azure.net/", true],
    ["http://127.0.0.1:8001", true],
    ["http://example.vault.azure.net", false],
    ["http://localhost", false],
    ["http://127.0.0.1.example.com", false],
    ["http://127.0.0.1@example.com", false],
    ["ftp://127.0.0.1", false],
    ["file:///etc/passwd", false],
  ])("%s may be sent a token: %s", (url, allowed) => {
    const made = code(`checked_url(${JSON.stringify(url)}, [])`);
    expect(made.status === 0).toBe(allowed);
    if (!allowed) expect(made.stderr).toContain("it must be https");
  });
});

describeWith({ commands: ["bash"] }, "the sizing", () => {
  function sizing(
    memory: number,
    processors: number,
    disk: number,
    connections: number,
  ): Record<string, string> {
    const { stdout } = spawnSync("bash", ["-euo", "pipefail", "-s"], {
      input: `${asset("machines", "postgresql-sizing.sh")}\npostgresql_sizing ${memory} ${processors} ${disk} ${connections}\n`,
      encoding: "utf8",
    });
    return Object.fromEntries(
      [...stdout.matchAll(/^(\w+) = (\S+)$/gm)].map(([, name, value]) => [name, value]),
    );
  }

  it("follows the machine: a quarter of the memory is shared, three quarters are expected to cache", () => {
    expect(sizing(16384, 4, 131072, 100)).toEqual({
      max_connections: "100",
      shared_buffers: "4096MB",
      effective_cache_size: "12288MB",
      maintenance_work_mem: "1024MB",
      work_mem: "40MB",
      max_worker_processes: "8",
      max_parallel_workers: "4",
      max_parallel_workers_per_gather: "2",
      max_parallel_maintenance_workers: "2",
      max_wal_size: "8192MB",
      min_wal_size: "2048MB",
      random_page_cost: "1.1",
      effective_io_concurrency: "200",
      huge_pages: "try",
    });
  });

  it("stays in bounds on machines that are very small or very large", () => {
    expect(sizing(448, 1, 4096, 5000)).toMatchObject({
      shared_buffers: "128MB",
      work_mem: "4MB",
      maintenance_work_mem: "64MB",
      max_parallel_workers_per_gather: "1",
      max_wal_size: "1024MB",
    });
    expect(sizing(1048576, 128, 33553408, 20)).toMatchObject({
      shared_buffers: "262144MB",
      work_mem: "64MB",
      maintenance_work_mem: "1024MB",
      max_worker_processes: "128",
      max_parallel_workers_per_gather: "4",
      max_wal_size: "8192MB",
    });
  });
});

describe("every file that is shipped", () => {
  const packageSource = { kind: "firewall" } as const;
  const files = [
    postgresqlCloudInit({
      clients: ["10.20.0.0/27"],
      listenAddress: "10.20.0.36",
      passwordSecret: { secretId: `${VAULT}/secrets/password` },
      packageSource,
      release: DebianRelease.BOOKWORM,
    }),
    squidCloudInit({ clients: ["10.20.0.0/27"], packageSource }),
  ].flatMap((userData) => parseUserData(userData).write_files);

  it("is root's, and what runs or tells addresses is root's alone", () => {
    for (const { owner, path, permissions } of files) {
      expect({ path, owner }).toEqual({ path, owner: "root:root" });
      expect({ path, permissions }).toEqual({
        path,
        permissions: /^\/usr\/local/.test(path) ? expect.stringMatching(/^0[67]00$/) : "0644",
      });
    }
  });

  it("comes back from YAML as it went in", () => {
    const shipped = new Map(files.map(({ path, content }) => [path.split("/").pop(), content]));
    expect(shipped.get("common.sh")).toBe(asset("machines", "common.sh"));
    expect(shipped.get("set-password.py")).toBe(asset("machines", "postgresql-password.py"));
  });
});
