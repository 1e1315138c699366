import { Fn, Tokenization } from "cdktf";
import { type Problem, refused } from "../base/problem";

// Bytes of custom data that Azure takes.
// Source: https://learn.microsoft.com/azure/virtual-machines/custom-data (page of 2026-05-28)
const MAX_BYTES = 65535;

/** The size limit of user data in Azure; values known only at apply are not counted. */
export function checkUserData(path: string, userData: string): Problem[] {
  const bytes = Buffer.byteLength(userData);
  if (bytes > 0 && bytes <= MAX_BYTES) return [];
  return refused("custom-data-size", path, {
    what: `has ${bytes} bytes`,
    allowed: `1 to ${MAX_BYTES} bytes, Azure's limit`,
    change: bytes === 0 ? "Leave it out" : "Shorten it",
  });
}

/**
 * The user data in base64. Terraform inserts values known only at apply; the text around it goes in encoded, so that nothing in a script
 * can be read as an expression of Terraform.
 */
export function customData(userData: string): string {
  const parts = Tokenization.reverseString(userData);
  if (parts.tokens.length === 0) return encode(userData);
  const pieces: string[] = [];
  parts.join({
    join: (left: unknown, right: unknown) => {
      if (pieces.length === 0) pieces.push(String(left));
      pieces.push(String(right));
      return right;
    },
  });
  if (pieces.length === 0) pieces.push(userData);
  return Fn.base64encode(
    Fn.join(
      "",
      pieces.map((piece) => (isToken(piece) ? piece : Fn.base64decode(encode(piece)))),
    ),
  );
}

function isToken(piece: string): boolean {
  return Tokenization.reverseString(piece).tokens.length > 0;
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64");
}
