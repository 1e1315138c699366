import type { Problem } from "../../base/problem";

const PASSWORD_KEY = /passw|passphrase|^pwd$|secret(value)?$/i;

// These name a secret and may be shown.
const NAMES_OF_SECRET = ["secretId", "vault"];

type Words = Omit<Problem, "path" | "value">;

const PASSWORD_IN_FILE: Words = {
  code: "password-in-file",
  what: "is a password, which must not be in a file",
  allowed: "password as an object with secretId and vault: a secret of Azure Key Vault",
  change: "Put the password into a secret of a key vault, and name the secret",
};

// What people know of a secret, and its id holds already.
const PARTS_OF_SECRET_ID: Readonly<Record<string, Words>> = Object.fromEntries(
  ["vaultName", "vaultUri", "secretName"].map((key) => [
    key,
    {
      code: "unknown-property",
      what: "is part of secretId already",
      allowed: NAMES_OF_SECRET.join(", "),
      change: "Leave it out",
    },
  ]),
);

/** The problem of a password in a file, without its value. */
export function passwordInFile(path: ReadonlyArray<string | number>): Words {
  const [parent, key] = path.slice(-2).map(String);
  return (parent === "password" && PARTS_OF_SECRET_ID[key]) || PASSWORD_IN_FILE;
}

/** Whether a value is a password in plain text: by its name, or because a secret belongs there. */
export function isPassword(path: ReadonlyArray<string | number>, value: unknown): boolean {
  if (typeof value === "object" && value !== null) return false;
  const [parent, key] = path.slice(-2).map(String);
  if (path.length === 0) return false;
  if (key === undefined) return PASSWORD_KEY.test(parent);
  return PASSWORD_KEY.test(key) || (parent === "password" && !NAMES_OF_SECRET.includes(key));
}

/** A problem without its value, if that is or contains a password. */
export function withoutPassword(problem: Problem): Problem {
  if (problem.value === undefined) return problem;
  const path = problem.path.split(/[.[\]]+/).filter((part) => part !== "");
  return { ...problem, value: withoutPasswords(path, problem.value) };
}

/** A value with the passwords in it left out, so that errors and logs do not repeat them. */
function withoutPasswords(path: ReadonlyArray<string | number>, value: unknown): unknown {
  if (isPassword(path, value)) return undefined;
  // An account in an address: //name:password@host.
  if (typeof value === "string") return value.replace(/\/\/[^/@\s]*@/g, "//…@");
  if (Array.isArray(value)) return value.map((item, index) => withoutPasswords([...path, index], item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isPassword([...path, key], inner) ? "(a password)" : withoutPasswords([...path, key], inner),
    ]),
  );
}
