import { join } from "node:path";
import ts from "typescript";

const TOP = join(__dirname, "..", "..", "..");

/** What the compiler says of TypeScript texts that stand in the project's folder, each by its own name; nothing where they compile. */
export function compileErrors(snippets: Readonly<Record<string, string>>): string[] {
  const config = ts.readConfigFile(join(TOP, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, TOP);
  const host = ts.createCompilerHost(options);
  const texts = new Map(Object.entries(snippets).map(([name, text]) => [join(TOP, name), text]));
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...texts.keys()], { ...options, noUnusedLocals: false }, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}
