import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DebianRelease } from "../../../lib/machines/debian-release";
import type { AptSource } from "../../../lib/machines/apt-source";
import { linuxServerCloudInit } from "../../../lib/machines/linux-server-cloud-init";
import { postgresqlCloudInit } from "../../../lib/machines/postgresql-cloud-init";
import { squidCloudInit } from "../../../lib/machines/squid-cloud-init";
import { parseUserData } from "./user-data";
import { VAULT } from "../../support/tools/resources";

const MIRROR = debianMirror();
const MAKER = join(__dirname, "../fixtures/make-debian-root.sh");

/** Tools of the machine that runs the tests. */
export const ROOT_COMMANDS = ["debootstrap", "unshare", "nsenter", "losetup", "ip", "flock", "mount"];

/**
 * The folder of a root of the release whose packages the shipped scripts installed
 * from a mirror. Made once, and again when what goes in is another.
 */
export function debianRoot(release = DebianRelease.TRIXIE): string {
  const packageSource: AptSource = {
    kind: "mirror",
    url: `${MIRROR}/debian`,
    securityUrl: `${MIRROR}/debian-security`,
  };
  const files = [
    postgresqlCloudInit({
      clients: ["127.0.0.16/28"],
      listenAddress: "127.0.0.10",
      packageSource,
      release,
      passwordSecret: { secretId: `${VAULT}/secrets/unused` },
    }),
    squidCloudInit({ clients: ["127.0.0.16/28"], packageSource, release }),
    linuxServerCloudInit({
      account: "veeamrepo",
      publicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`,
      singleUse: false,
      dataDiskLun: 0,
      packageSource,
      packages: [],
      release,
    }),
  ].flatMap((userData) => parseUserData(userData).write_files);
  // Only what decides on packages goes in; the rest each test brings itself.
  const needed = files.filter(({ path }) =>
    /\/(settings|common\.sh|packages\.sh)$|^\/etc\/(apt|postgresql-common)\//.test(path),
  );
  const key = createHash("sha256").update(JSON.stringify(needed)).update(readFileSync(MAKER));
  const target = join(cacheFolder(), `${release}-${key.digest("hex").slice(0, 16)}`);
  const tree = mkdtempSync(join(tmpdir(), "debian-files-"));
  try {
    for (const { path, content, permissions } of needed) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), content);
      chmodSync(join(tree, path), parseInt(permissions, 8));
    }
    execFileSync("bash", [MAKER, release, `${MIRROR}/debian`, target, tree], { stdio: "pipe" });
  } finally {
    rmSync(tree, { recursive: true });
  }
  return join(target, "root");
}

/** The mirror that this machine takes Debian's packages from, without its path. */
export function debianMirror(): string {
  const listed = ["/etc/apt/sources.list", ...inFolder("/etc/apt/sources.list.d")]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const found = /^(?:deb|URIs:)\s(?:.*\s)?(https?:\/\/[^/\s]+)\/debian\/?(?:\s|$)/m.exec(listed);
  return process.env.DEBIAN_MIRROR ?? found?.[1] ?? "http://localhost";
}

function inFolder(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
}

function cacheFolder(): string {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cdktf-veeam-entra-id");
  mkdirSync(folder, { recursive: true });
  return folder;
}
