import type { Problem } from "../checks/problem";
import { isOpaque } from "../policy/sets/opaque";

const SECRET_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+\/secrets\/[^/]+$/i;

/** The resource id of a secret, which its versions share. */
export function checkSecretId(path: string, id: string): Problem[] {
  if (isOpaque(id) || SECRET_ID.test(id)) return [];
  return [
    {
      path,
      what: "is no resource id of a secret without a version",
      value: id,
      allowed: "/subscriptions/…/providers/Microsoft.KeyVault/vaults/NAME/secrets/NAME",
      change: "Take the secret's resource_versionless_id",
    },
  ];
}
