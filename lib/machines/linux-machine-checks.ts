import { faultOfSshPublicKey } from "../azure/ssh-public-key";
import { type Problem, problemUnless, refused } from "../base/problem";
import { isOpaque, isOpaqueNumber } from "../base/opaque";
import { checkAddress, checkWholeNumber } from "./checks";
import { checkUserData } from "./custom-data";
import type { ComponentMachineProps, DataDiskOptions } from "./machine-props";

// Names of accounts that Azure refuses, or that Linux has already.
// Source: https://learn.microsoft.com/azure/virtual-machines/linux/faq (page of 2024-03-06)
const TAKEN_ACCOUNTS = new Set(
  (
    "administrator admin user user1 user2 user3 user4 user5 test test1 test2 test3 admin1 admin2 1 123 a actuser adm " +
    "aspnet backup console david guest john owner root server sql support support_388945a0 sys video " +
    "daemon bin mail www-data nobody postgres proxy"
  ).split(" "),
);

const IMAGE_ID =
  /^\/(subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/(images\/[^/]+|galleries\/[^/]+\/images\/[^/]+(\/versions\/[^/]+)?)|(community|shared)Galleries\/[^/]+\/images\/[^/]+(\/versions\/[^/]+)?)$/i;
const IMAGE_WORDS = {
  what: "is not a resource id of an image",
  allowed:
    "/subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/images/NAME, or …/galleries/NAME/images/NAME with or without a version",
};

/** The checked properties of a machine. */
export interface CheckedMachine extends Pick<
  ComponentMachineProps,
  "privateIpAddress" | "size" | "adminUsername" | "sshPublicKey" | "imageId" | "zone"
> {
  readonly name: string;
  readonly userData?: string;
  readonly dataDisk?: DataDiskOptions;
}

/** Problems of a Linux machine. */
export function checkLinuxMachine(props: CheckedMachine): Problem[] {
  return [
    ...checkText("name", props.name, /^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/, {
      what: "is not a valid machine name",
      allowed: "1 to 64 letters, digits, dots and hyphens, with a letter or digit at both ends",
    }),
    ...checkMachineFacts(props),
    ...checkAccount("adminUsername", props.adminUsername),
    ...checkPublicKey("sshPublicKey", props.sshPublicKey),
    ...(props.imageId === undefined ? [] : checkText("imageId", props.imageId, IMAGE_ID, IMAGE_WORDS)),
    ...(props.userData === undefined ? [] : checkUserData("userData", props.userData)),
    ...(props.dataDisk ? checkDiskOptions("dataDisk", props.dataDisk) : []),
  ];
}

/** Problems of a data disk's size and LUN. */
export function checkDiskOptions(path: string, { sizeGib, lun = 0 }: DataDiskOptions): Problem[] {
  return [
    ...(isOpaqueNumber(sizeGib) ? [] : checkWholeNumber(`${path}.sizeGib`, sizeGib, 4, 32767)),
    ...checkWholeNumber(`${path}.lun`, lun, 0, 63),
  ];
}

function checkText(
  path: string,
  value: string,
  pattern: RegExp,
  words: { readonly what: string; readonly allowed: string },
): Problem[] {
  const problem = { code: "text-invalid", path, ...words, value, change: "Change the value" };
  return problemUnless(isOpaque(value) || pattern.test(value), problem);
}

/** Problems of the properties that every machine has. */
export function checkMachineFacts({
  privateIpAddress,
  size,
  zone,
}: Pick<CheckedMachine, "privateIpAddress" | "size" | "zone">): Problem[] {
  return [
    ...checkAddress("privateIpAddress", privateIpAddress),
    ...checkText("size", size, /^(Standard|Basic)_[A-Za-z][A-Za-z0-9_-]*$/, {
      what: "is not a machine size",
      allowed: 'one of `az vm list-sizes`, such as "Standard_D4s_v5"',
    }),
    ...(zone === undefined
      ? []
      : checkText("zone", zone, /^[123]$/, { what: "is not a zone", allowed: '"1", "2" or "3"' })),
  ];
}

/** A public key of an account. A private key put there by mistake is not repeated in the error. */
export function checkPublicKey(path: string, key: string): Problem[] {
  const what = isOpaque(key) ? undefined : faultOfSshPublicKey(key);
  if (what === undefined) return [];
  return refused("text-invalid", path, {
    what,
    allowed: "one line that begins with ssh-ed25519, or with ssh-rsa for a key of 2048 bits or more",
    change: "Copy the whole line of the file that ends in .pub",
  });
}

/** The name of an account that people or Veeam sign in with. */
export function checkAccount(path: string, name: string): Problem[] {
  const problems = checkText(path, name, /^[a-z_][a-z0-9_-]{0,31}$/, {
    what: "is not a valid account name",
    allowed:
      "a lower-case letter or underscore, then up to 31 lower-case letters, digits, hyphens and underscores",
  });
  if (problems.length > 0 || !TAKEN_ACCOUNTS.has(name)) return problems;
  return refused("name-invalid", path, name, {
    what: "is a name that Azure refuses, or that already exists on the machine",
    allowed: "a name of your own, such as azureadmin",
    change: "Rename the account",
  });
}
