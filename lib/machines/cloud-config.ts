import { Document, Scalar, visit } from "yaml";

/** A file that cloud-init writes at the first boot, owned by root. */
export interface CloudFile {
  /** Path of the file. */
  readonly path: string;
  /** Content of the file. */
  readonly content: string;
  /** Permissions in octal: `0644`. */
  readonly permissions: string;
}

/** A file that everyone may read. */
export function plainFile(path: string, content: string): CloudFile {
  return { path, content, permissions: "0644" };
}

/** A file that only root can read. */
export function privateFile(path: string, content: string): CloudFile {
  return { path, content, permissions: "0600" };
}

/** A script that only root can run. */
export function scriptFile(path: string, content: string): CloudFile {
  return { path, content, permissions: "0700" };
}

/**
 * User data for cloud-init: the files, then the commands, each a list of words.
 *
 * Source: https://docs.cloud-init.io/en/latest/reference/modules.html
 */
export function cloudConfig(files: readonly CloudFile[], commands: readonly string[][]): string {
  const document = new Document({
    write_files: files.map(({ path, content, permissions }) => ({
      path,
      permissions,
      owner: "root:root",
      content,
    })),
    runcmd: commands,
  });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      // Scripts stay readable, and permissions stay text.
      if (node.value.includes("\n")) node.type = Scalar.BLOCK_LITERAL;
      else if (/^0\d+$/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return `#cloud-config\n${document.toString({ lineWidth: 0 })}`;
}
