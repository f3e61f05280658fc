// @ts-check
'use strict';

/*
 * Lets Node run a program in TypeScript: node --require ./register main.ts. It starts as quickly as one
 * in JavaScript, since what was compiled is kept: TypeScript as JavaScript, and all modules as V8's code.
 * Types are not checked, and tsconfig.json is not read: who needs its `paths`, or decorators from before
 * the standard, takes another loader, such as tsx.
 */

const Module = require('node:module');
const { dirname } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');
const { Cache } = require('./cache.js');
const { Listings } = require('./listings.js');
const { mapStacks } = require('./stacks.js');
const { Sources } = require('./sources.js');

/**
 * The parts of Node's loader that its types leave out.
 * @typedef {NodeJS.Module & { _compile(content: string, file: string, format?: string): unknown }} Loaded
 * @typedef {(module: Loaded, file: string) => void} Loader
 * @type {{ _extensions: Record<string, Loader>, _cache: NodeJS.Dict<NodeJS.Module>, prototype: Loaded,
 *   wrap(content: string): string, wrapper: readonly string[],
 *   _resolveFilename(request: string, parent: NodeJS.Module | undefined, isMain: boolean, options?: object): string,
 *   _resolveLookupPaths(request: string, parent: NodeJS.Module): string[] | null }}
 */
const loader = /** @type {any} */ (Module);

/** @type {Cache | undefined} */
let cache;
/** @type {Sources | undefined} */
let sources;

/** @type {Loader} */
function loadTypeScript(module, file) {
  // The first one is the program itself.
  cache ??= start(file);
  sources ??= new Sources(cache, file);
  module._compile(sources.javascriptOf(file), file);
}

/** @param {string} program */
function start(program) {
  const opened = Cache.open(program);
  const compile = loader.prototype._compile;
  /** @type {Loaded['_compile']} */
  loader.prototype._compile = function compileFast(content, file, format) {
    // Node remembers which files are there while it compiles the program itself, and loads what is
    // imported late for what it has compiled only.
    const isNodes = this === process.mainModule || content.includes('import(');
    const script = isNodes || format === 'module' ? undefined : scriptOf(opened, content, file);
    // What is no CommonJS, or no JavaScript at all, is for Node to load or to complain about.
    if (script === undefined) return compile.call(this, content, file, format);
    const run = /** @type {(this: unknown, ...scope: unknown[]) => unknown} */ (
      script.runInThisContext()
    );
    return run.call(this.exports, this.exports, requireOf(this), this, file, dirname(file));
  };
  searchFast();
  mapStacks((file) => sources?.mapOf(file));
  process.once('exit', () => {
    opened.save();
  });
  return opened;
}

/**
 * @param {Cache} opened
 * @param {string} content
 * @param {string} file
 */
function scriptOf(opened, content, file) {
  const cachedData = opened.codeOf(file, content);
  try {
    const script = new Script(loader.wrap(content), {
      filename: file,
      // Node's wrapper stands before the first line.
      columnOffset: -(loader.wrapper[0] ?? '').length,
      ...(cachedData && { cachedData }),
    });
    opened.compiled(file, script);
    return script;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Finds what the program imports while it starts, from lists of its folders. */
function searchFast() {
  const search = loader._resolveFilename;
  // Somebody who maps names to others does it in place of Node's search, or around this one.
  if (!String(search).includes('BuiltinModule.')) return;
  /** @type {Listings | undefined} */
  let listings = new Listings();
  // Lists grow old in a program that goes on.
  setImmediate(() => {
    listings = undefined;
  }).unref();
  loader._resolveFilename = function searchOnce(request, parent, isMain, options) {
    const asking = options === undefined ? parent?.filename : undefined;
    const endings = Object.keys(loader._extensions);
    const file = asking == null ? undefined : listings?.fileFor(dirname(asking), request, endings);
    return file ?? search.call(this, request, parent, isMain, options);
  };
}

/**
 * What a module has as `require`, as Node makes it.
 * @param {NodeJS.Module} module
 */
function requireOf(module) {
  const resolve = Object.assign(
    /** @type {(request: string, options?: object) => string} */
    (request, options) => loader._resolveFilename(request, module, false, options),
    { paths: (/** @type {string} */ request) => loader._resolveLookupPaths(request, module) },
  );
  const { _cache, _extensions } = loader;
  const rest = { resolve, main: process.mainModule, cache: _cache, extensions: _extensions };
  return Object.assign(
    (/** @type {string} */ id) => /** @type {unknown} */ (module.require(id)),
    rest,
  );
}

/*
 * Programs here run for a second or two, and most of their code a few times. A heap that may grow to four
 * times what is alive takes twice the memory and no less time. Node 20, whose V8 is 11, optimizes so early
 * that half of what it compiles serves nobody; later ones count it differently.
 */
setFlagsFromString('--heap-growing-percent=30');
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=300000');

loader._extensions['.ts'] = loadTypeScript;
loader._extensions['.cts'] = loadTypeScript;
