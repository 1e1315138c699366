import type { Problem } from "../checks/problem";
import { checkAddress, checkMirrorUrl, checkPort } from "./checks";
import { type CloudFile, plainFile } from "./cloud-config";
import type { DebianRelease } from "./debian-release";
import type { PackageSource } from "./package-source";
import { PackageSourceKind } from "./package-source-kind";

/** What is wrong with a source of packages. */
export function checkPackageSource(path: string, source: PackageSource): Problem[] {
  const problems: Problem[] = [];
  const urls = { url: source.url, securityUrl: source.securityUrl };
  for (const [name, url] of Object.entries(urls)) {
    if (url === undefined) continue;
    problems.push(...checkMirrorUrl(`${path}.${name}`, url));
    // Only what the proxy lets through to a mirror.
    if (source.kind === PackageSourceKind.HTTP_PROXY && /^[^/]+\/\/[^/]*:/.test(url)) {
      problems.push({
        path: `${path}.${name}`,
        what: "is on a port that the HTTP proxy refuses",
        value: url,
        allowed: "port 80 by http and port 443 by https, which are not written",
        change: "Leave the port out, or choose another source",
      });
    }
  }
  if (source.proxyAddress !== undefined) {
    problems.push(...checkAddress(`${path}.proxyAddress`, source.proxyAddress));
  }
  if (source.proxyPort !== undefined) problems.push(...checkPort(`${path}.proxyPort`, source.proxyPort));
  return problems;
}

// A list of its own, so that nothing which the image or cloud-init writes is asked.
const SOURCES = "/etc/apt/veeam.sources";

function stanza(url: string, suites: string): string {
  return [
    "Types: deb",
    `URIs: ${url.replace(/\/$/, "")}`,
    `Suites: ${suites}`,
    "Components: main",
    "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg",
    "",
  ].join("\n");
}

/** Files that tell apt where packages come from: none where it is the image or its own sources. */
export function packageSourceFiles(source: PackageSource, release: DebianRelease): CloudFile[] {
  if (source.url === undefined || source.securityUrl === undefined) return [];
  const settings = [`Dir::Etc::sourcelist "${SOURCES}";`, 'Dir::Etc::sourceparts "-";'];
  if (source.kind === PackageSourceKind.HTTP_PROXY) {
    const proxy = `http://${source.proxyAddress}:${source.proxyPort}/`;
    settings.push(`Acquire::http::Proxy "${proxy}";`, `Acquire::https::Proxy "${proxy}";`);
  }
  return [
    plainFile(
      SOURCES,
      [
        stanza(source.url, `${release} ${release}-updates`),
        stanza(source.securityUrl, `${release}-security`),
      ].join("\n"),
    ),
    plainFile("/etc/apt/apt.conf.d/90veeam-sources", `${settings.join("\n")}\n`),
  ];
}

/**
 * Files that let security updates in, and nothing restart by itself. Packages
 * whose name begins with one of `heldBack` are updated by hand, since their
 * update restarts the service.
 *
 * Sources: https://wiki.debian.org/UnattendedUpgrades and
 * https://manpages.debian.org/trixie/needrestart/needrestart.1.en.html
 */
export function securityUpdateFiles(release: DebianRelease, heldBack: readonly string[]): CloudFile[] {
  const settings = [
    'APT::Periodic::Update-Package-Lists "1";',
    'APT::Periodic::Unattended-Upgrade "1";',
    "#clear Unattended-Upgrade::Origins-Pattern;",
    `Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=${release}-security,label=Debian-Security"; };`,
    `Unattended-Upgrade::Package-Blacklist { ${heldBack.map((name) => `"^${name}"; `).join("")}};`,
    'Unattended-Upgrade::Automatic-Reboot "false";',
  ];
  return [
    plainFile("/etc/apt/apt.conf.d/91veeam-security-updates", `${settings.join("\n")}\n`),
    // Where the image has needrestart, it tells what waits for a restart and restarts nothing.
    plainFile("/etc/needrestart/conf.d/veeam.conf", "$nrconf{restart} = 'l';\n"),
  ];
}
