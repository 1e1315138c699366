import type { Problem } from "../base/problem";
import type { AptSource } from "./apt-source";
import { checkAddress, checkKnownPort, checkMirrorUrl, checkProxiedUrl } from "./checks";
import { type CloudFile, plainFile } from "./cloud-config";
import type { DebianRelease } from "./debian-release";

/** Problems of a source of packages. */
export function checkAptSource(path: string, source: AptSource): Problem[] {
  if (source.kind === "image" || source.kind === "firewall") return [];
  const urls = Object.entries({ url: source.url, securityUrl: source.securityUrl });
  if (source.kind === "mirror") return urls.flatMap(([name, url]) => checkMirrorUrl(`${path}.${name}`, url));
  return [
    ...urls.flatMap(([name, url]) => checkProxiedUrl(`${path}.${name}`, url)),
    ...checkAddress(`${path}.proxyAddress`, source.proxyAddress),
    ...checkKnownPort(`${path}.proxyPort`, source.proxyPort),
  ];
}

// A list of its own: apt ignores those of the image and of cloud-init.
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

/** Settings of apt for the source of packages; empty for the image and its own sources. */
export function packageSourceFiles(source: AptSource, release: DebianRelease): CloudFile[] {
  if (source.kind === "image" || source.kind === "firewall") return [];
  const settings = [
    `Dir::Etc::sourcelist "${SOURCES}";`,
    'Dir::Etc::sourceparts "-";',
    // Descriptions in other languages are as large as the lists.
    'Acquire::Languages "none";',
  ];
  if (source.kind === "http-proxy") {
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
