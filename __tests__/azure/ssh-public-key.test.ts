import { generateKeyPairSync } from "node:crypto";
import { faultOfSshPublicKey } from "../../lib/azure/ssh-public-key";

function field(bytes: Buffer | string): Buffer {
  const content = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

const line = (type: string, ...fields: Buffer[]): string =>
  `${type} ${Buffer.concat(fields).toString("base64")} me@host`;

/** A key as ssh-keygen writes it; a first bit that is set has a zero byte before it. */
function rsa(bits: number): string {
  const { n = "" } = generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "jwk" });
  const modulus = Buffer.concat([Buffer.alloc(1), Buffer.from(n, "base64url")]);
  return line("ssh-rsa", field("ssh-rsa"), field(Buffer.from([1, 0, 1])), field(modulus));
}

const RSA_2048 = rsa(2048);
const ed25519 = (length: number, name = "ssh-ed25519"): string =>
  line("ssh-ed25519", field(name), field(Buffer.alloc(length, 7)));

test.each([ed25519(32), RSA_2048, rsa(3072), `${ed25519(32)}\n`, ed25519(32).replace(" me@host", "")])(
  "a key of ssh-keygen is accepted: %s",
  (key) => {
    expect(faultOfSshPublicKey(key)).toBeUndefined();
  },
);

test.each([
  ["35 bytes where 32 belong", ed25519(35), /which has 32 bytes/],
  ["too few bits", rsa(1024), /is an RSA key of 1024 bits/],
  ["a body that is cut off", RSA_2048.replace(/.{40} me@host$/, ""), /cut off or damaged/],
  ["a type that contradicts the body", ed25519(32, "ssh-rsa"), /a key of another type/],
  ["an RSA key that says ed25519", RSA_2048.replace("ssh-rsa ", "ssh-ed25519 "), /of another type/],
  ["no modulus", line("ssh-rsa", field("ssh-rsa"), field("e")), /exponent and a modulus/],
  [
    "something after the key",
    line("ssh-ed25519", field("ssh-ed25519"), field(Buffer.alloc(32)), field("x")),
    /32 bytes/,
  ],
  ["a length that is cut off", line("ssh-ed25519", field("ssh-ed25519"), Buffer.from([0, 0])), /cut off/],
  ["a modulus of zeros", line("ssh-rsa", field("ssh-rsa"), field("e"), field(Buffer.alloc(9))), /of 0 bits/],
  ["a type that Azure does not know", ed25519(32).replace("ssh-ed25519 ", "ecdsa "), /not a public key/],
  ["a body that is not base64", "ssh-ed25519 AAAA=BBBB", /not a public key/],
])("%s is refused", (_, key, fault) => {
  expect(faultOfSshPublicKey(key)).toMatch(fault);
});
