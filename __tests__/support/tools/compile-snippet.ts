import { join, relative } from "node:path";
import ts from "typescript";

const TOP = join(__dirname, "..", "..", "..");

/** A compiler's error. */
export interface CompileError {
  readonly file: string;
  readonly message: string;
}

/** The compiler's errors in TypeScript texts that are in the project's folder, each by its own name. */
export function compileErrors(snippets: Readonly<Record<string, string>>): CompileError[] {
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
  // Only of these files: the compiler looks at the rest as far as they need it.
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => ({
        file: relative(TOP, path),
        message: ts.flattenDiagnosticMessageText(messageText, "\n"),
      }),
    );
  });
}
