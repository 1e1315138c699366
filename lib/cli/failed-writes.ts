/**
 * Ends the process with a message if its output cannot be written, so that the
 * exit code is not taken for an answer. A reader that stops early, like `head`,
 * is not an error.
 */
export function endOnFailedWrites(exitCode: number): void {
  const onError = (report: (message: string) => void) => (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    report(`The output cannot be written: ${error.message}. Check the free space and permissions.\n`);
    process.exit(exitCode);
  };
  process.stdout.on(
    "error",
    onError((message) => process.stderr.write(message)),
  );
  // No stream is left for a message.
  process.stderr.on(
    "error",
    onError(() => {}),
  );
}
