/** What only JavaScript's regular expressions know, or know by another name than Go's. */
const NOT_RE2: readonly RegExp[] = [
  /\(\?(?:=|!|<)/, // look-around, and groups named the way that old Go does not know
  /\\(?:u|c|k|[0-9])/, // code points, control letters, back-references, NUL
  /\\[pP](?!\{[A-Z][a-z]?\})/, // Unicode properties by other than their short names
  /\[\^?\]/, // classes of nothing or everything
  /\[:\^?[a-z]+:\]/, // POSIX classes, which are letters to JavaScript
];
/** Go repeats at most this often. */
const REPEATS = 1000;

/** Why a pattern would not work the same in Helm, if so; follows "which". */
export function complaintAboutPattern(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const why = (error as Error).message.replace(/^.*: /, '');
    return `is no regular expression of Unicode (${why}); escape only what needs it`;
  }
  // An escaped backslash escapes nothing.
  const read = pattern.replaceAll('\\\\', '');
  if (NOT_RE2.some((one) => one.test(read))) {
    return "Helm's regular expressions (RE2) cannot read; use no look-around, back-reference, named group or \\u";
  }
  const counts = [...read.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, from, to]) => [from, to]);
  if (counts.some((count) => Number(count ?? 0) > REPEATS)) {
    return `repeats more than ${String(REPEATS)} times, which Helm's regular expressions (RE2) cannot; use min() and max()`;
  }
  return undefined;
}
