/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
// The test runner ends a file that takes too long in this way.
process.once('SIGTERM', () => process.exit(1));

/** Ends the process with the tests, also when they fail. @template {import('node:child_process').ChildProcess} T @param {T} child */
export function withTests(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
