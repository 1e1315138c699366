/** The fewest bits of an RSA key that Azure accepts. */
const MIN_RSA_BITS = 2048;
const ED25519_BYTES = 32;

/**
 * Why Azure would refuse a text as the public key of a machine, decoded as the
 * provider does it; undefined if it accepts the text.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc4253#section-6.6, https://www.rfc-editor.org/rfc/rfc8709#section-4
 */
export function faultOfSshPublicKey(text: string): string | undefined {
  const match = /^(ssh-rsa|ssh-ed25519) ([A-Za-z0-9+/]+={0,2})( [^\r\n]*)?\r?\n?$/.exec(text);
  if (!match) return "is not a public key that Azure accepts";
  const [, type, body] = match;
  const fields = fieldsOf(body);
  if (!fields) return "is not a whole public key: its body is cut off or damaged";
  const [named, ...values] = fields;
  if (named.toString("latin1") !== type) {
    return `begins with ${type}, but its body is a key of another type`;
  }
  if (type === "ssh-ed25519") {
    const whole = values.length === 1 && values[0].length === ED25519_BYTES;
    return whole ? undefined : `is not an ed25519 key, which has ${ED25519_BYTES} bytes`;
  }
  if (values.length !== 2) return "is not an RSA key, which has an exponent and a modulus";
  const bits = bitsOf(values[1]);
  return bits < MIN_RSA_BITS ? `is an RSA key of ${bits} bits` : undefined;
}

/** The fields of a key's body, each with its length before it; undefined if a length does not fit or the text is not base64. */
function fieldsOf(body: string): [Buffer, ...Buffer[]] | undefined {
  const bytes = Buffer.from(body, "base64");
  if (bytes.toString("base64") !== body) return undefined;
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  const [first, ...others] = fields;
  return fields.length === 0 ? undefined : [first, ...others];
}

/** The bits of a number, without zeros before it. */
function bitsOf(number: Buffer): number {
  const first = number.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (number.length - first) * 8 - Math.clz32(number[first]) + 24;
}
