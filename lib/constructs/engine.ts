import type { Construct } from "constructs";
import { version as ownVersion } from "cdktf/package.json";

/**
 * Which engine has a version: the Terraform CDK ended with 0.21, and CDK
 * Terrain goes on from there. Tests have no version ("stubbed").
 */
export function engineOfVersion(version: string): "cdktf" | "cdktn" | undefined {
  const [major, minor] = version.split(".").map(Number);
  if (Number.isNaN(major)) return undefined;
  return major === 0 && minor <= 21 ? "cdktf" : "cdktn";
}

/**
 * Refuses an app of CDK Terrain in the package for the Terraform CDK. Without
 * this, the synthesis ends in a TypeError about a method nobody has heard of.
 */
export function checkEngine(scope: Construct): void {
  const version: unknown = scope.node.tryGetContext("cdktfVersion");
  if (typeof version !== "string" || engineOfVersion(ownVersion) === "cdktn") return;
  if (engineOfVersion(version) === "cdktn") {
    throw new Error(
      `The app is one of CDK Terrain (cdktn ${version}), and this package is for the Terraform CDK (cdktf). ` +
        "Install cdktn-veeam-entra-id and import from it.",
    );
  }
}
