import type { Construct } from "constructs";
import { version as ownVersion } from "cdktf/package.json";

/**
 * Whether a version is one of CDK Terrain: the Terraform CDK ended with 0.21.
 * An app for tests has the version "stubbed", of either.
 */
export function isCdkTerrain(version: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  return major > 0 || minor > 21;
}

/**
 * Refuses an app of CDK Terrain in the package for the Terraform CDK. Without
 * this, the synthesis ends in a TypeError about an internal method.
 */
export function checkEngine(scope: Construct): void {
  const version: unknown = scope.node.tryGetContext("cdktfVersion");
  if (typeof version === "string" && isCdkTerrain(version) && !isCdkTerrain(ownVersion)) {
    throw new Error(
      `The app is one of CDK Terrain (cdktn ${version}), and this package is for the Terraform CDK (cdktf). ` +
        "Install cdktn-veeam-entra-id and import from it.",
    );
  }
}
