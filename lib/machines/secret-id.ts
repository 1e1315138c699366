import { Fn, Token } from "cdktf";
import { type Problem, problemUnless } from "../base/problem";
import { isOpaque } from "../base/opaque";

// A vault's name has 3 to 24 letters, digits and hyphens, a secret's 1 to 127; the public cloud's vaults are in
// the domain vault.azure.net.
// Source: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates (page of 2026-03-26)
const SECRET_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/(?![^/]*--)([a-z][a-z0-9-]{1,22}[a-z0-9])\/secrets\/([a-z0-9-]{1,127})$/i;

/** The vault and the name of a secret. */
interface SecretPlace {
  /** Address of its key vault, in the public cloud. */
  readonly vaultUri: string;
  /** Its name. */
  readonly secretName: string;
}

/** The resource id of a secret, which its versions share; one that is known only at apply passes. */
export function checkSecretId(path: string, id: string): Problem[] {
  return problemUnless(isOpaque(id) || SECRET_ID.test(id), {
    code: "id-invalid",
    path,
    what: "is not a resource id of a secret without a version",
    // It may be the password, written here by mistake: it must not be in a log.
    value: id.startsWith("/") ? id : undefined,
    allowed: "/subscriptions/…/providers/Microsoft.KeyVault/vaults/NAME/secrets/NAME",
    change: "Take the secret's resource_versionless_id",
  });
}

/** The vault and the name in a secret's id. If the id is known only at apply, Terraform reads them from it. */
export function secretPlaceOf(id: string): SecretPlace {
  const [vault, secretName] = isOpaque(id)
    ? [partOf(id, 8), partOf(id, 10)]
    : (SECRET_ID.exec(id) ?? []).slice(1);
  return { vaultUri: `https://${vault}.vault.azure.net/`, secretName };
}

function partOf(id: string, index: number): string {
  return Token.asString(Fn.element(Fn.split("/", id), index));
}
