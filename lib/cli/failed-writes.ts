/**
 * Ends the process with a line where its output cannot be written: a full disk
 * is no crash, and an exit code that says something of what was asked would be
 * taken for an answer. A reader that has enough, as `head` has, is no failure.
 */
export function endOnFailedWrites(exitCode: number): void {
  const onError = (report: (message: string) => void) => (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    report(`The output cannot be written: ${error.message}. Write it where there is room.\n`);
    process.exit(exitCode);
  };
  process.stdout.on(
    "error",
    onError((message) => process.stderr.write(message)),
  );
  // There is nowhere left to say it.
  process.stderr.on(
    "error",
    onError(() => {}),
  );
}
