import Module from 'node:module';
import type { Command, Ran } from './commands';

/*
 * Runs one command after the other for `Commands`. Code outside of packages is loaded anew for each,
 * so that none sees what another left.
 */

/** What Node does with the file on its command line. */
const { _load: load } = Module as unknown as {
  _load: (file: string, parent: null, isMain: boolean) => unknown;
};
const { cache } = require;

process.on('message', (command: Command) => process.send?.(run(command)));

function run({ folder, file, args, env }: Command): Ran {
  for (const name of Object.keys(cache)) {
    if (!name.includes('/node_modules/') && name !== __filename)
      Reflect.deleteProperty(cache, name);
  }
  process.chdir(folder);
  process.argv = [process.execPath, file, ...args];
  process.env = env;
  process.exitCode = 0;
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (text: string | Uint8Array) => {
      said[name] += String(text);
      return true;
    };
  }
  try {
    load(file, null, true);
  } finally {
    // That of the prototype is there again.
    for (const stream of [process.stdout, process.stderr]) Reflect.deleteProperty(stream, 'write');
  }
  return { status: process.exitCode, ...said };
}
