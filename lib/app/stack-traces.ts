// The Terraform CDK takes a stack trace for every reference between resources.
// Mapping each of them back to TypeScript takes longer than the synthesis
// itself, and nobody sees them unless something is being looked for.
if (!process.env.DEBUG) process.setSourceMapsEnabled(false);
