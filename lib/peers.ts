import { packageManifest } from "./base/package-files";

/**
 * Ends in a sentence where one of the packages beside this one is missing: npm
 * leaves their version to the user's project, and some clients install none.
 */
try {
  require.resolve("constructs");
  require.resolve("cdktf");
  require.resolve("@cdktf/provider-azurerm/lib/provider");
} catch (error) {
  const [, path] = /'((?:@[^/']+\/)?[^/']+)[^']*'/.exec(error instanceof Error ? error.message : "") ?? [];
  if (path === undefined) throw error;
  const { name, peerDependencies } = packageManifest();
  throw Object.assign(
    new Error(
      `${name} needs the package ${path}, which is not installed: npm install "${path}@${peerDependencies[path]}"`,
    ),
    { name: "MissingPackageError" },
  );
}
