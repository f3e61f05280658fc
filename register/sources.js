// @ts-check
'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const { basename, resolve } = require('node:path');
const { hashOf } = require('./cache.js');

const isTypeScript = (/** @type {string} */ file) => /\.c?ts$/.test(file);

/** The files in TypeScript of a program, as JavaScript. */
class Sources {
  /** @type {Map<string, { text: string, javascript: string }>} Those whose JavaScript is known. */
  #ready = new Map();
  /** @type {WeakMap<Buffer, SourceMap>} Those that somebody asked for. */
  #maps = new WeakMap();
  #cache;

  /**
   * @param {import('./cache.js').Cache} cache
   * @param {string} program its first file
   */
  constructor(cache, program) {
    this.#cache = cache;
    const known = [...cache.parts.keys()].filter(isTypeScript).filter((file) => existsSync(file));
    const stale = known.filter((file) => !this.#take(file, textOf(file)));
    try {
      this.#compile(known.length === 0 ? importedBy(program) : stale);
    } catch {
      // All at once is quicker; who is wrong is told when it is loaded.
    }
  }

  /**
   * @param {string} file
   * @returns {string}
   * @throws if it is no TypeScript
   */
  javascriptOf(file) {
    const text = textOf(file);
    // The program may have written it since it was started.
    if (this.#ready.get(file)?.text !== text && !this.#take(file, text)) this.#compile([file]);
    const { javascript = '' } = this.#ready.get(file) ?? {};
    this.#ready.delete(file);
    return process.execArgv.some((arg) => arg.startsWith('--inspect'))
      ? `${javascript}\n//# sourceMappingURL=data:application/json;base64,${String(this.#map(file)?.toString('base64'))}`
      : javascript;
  }

  /** @param {string} file */
  mapOf(file) {
    const map = this.#map(file);
    if (map === undefined) return undefined;
    const known = this.#maps.get(map);
    if (known !== undefined) return known;
    const payload = /** @type {import('node:module').SourceMapPayload} */ (
      JSON.parse(map.toString())
    );
    const made = new SourceMap(payload);
    this.#maps.set(map, made);
    return made;
  }

  /** @param {string} file */
  #map(file) {
    return this.#cache.parts.get(file)?.map;
  }

  /**
   * Whether the cache has the JavaScript of this text.
   * @param {string} file
   * @param {string} text
   */
  #take(file, text) {
    const part = this.#cache.parts.get(file);
    if (part?.javascript === undefined || part.content !== hashOf(text)) return false;
    this.#ready.set(file, { text, javascript: part.javascript.toString() });
    return true;
  }

  /** @param {readonly string[]} files */
  #compile(files) {
    if (files.length === 0) return;
    const texts = files.map(textOf);
    const { outputFiles = [] } = build({
      entryPoints: files.map((file, index) => ({ in: file, out: String(index) })),
      format: 'cjs',
      // Node's own import() finds no TypeScript; what is a module of the other kind, require() loads too.
      supported: { 'dynamic-import': false },
      sourcemap: 'external',
      sourcesContent: false,
    });
    const outputs = new Map(
      outputFiles.map((one) => [basename(one.path), Buffer.from(one.contents)]),
    );
    for (const [index, file] of files.entries()) {
      const [javascript, map] = ['js', 'js.map'].map((kind) => outputs.get(`${index}.${kind}`));
      const text = texts[index];
      if (!javascript || !map || text === undefined) throw new Error(`esbuild left out ${file}`);
      this.#cache.set(file, { content: hashOf(text), javascript, map });
      this.#ready.set(file, { text, javascript: javascript.toString() });
    }
  }
}

const textOf = (/** @type {string} */ file) => readFileSync(file, 'utf8');

/**
 * The program and all of its own that it imports.
 * @param {string} program
 */
function importedBy(program) {
  const options = /** @type {const} */ ({ bundle: true, packages: 'external', metafile: true });
  const { metafile } = build({ ...options, entryPoints: [program] });
  return Object.keys(metafile?.inputs ?? {})
    .filter(isTypeScript)
    .map((file) => resolve(file));
}

/**
 * @param {import('esbuild').BuildOptions} options
 * @throws SyntaxError that names the lines which are wrong
 */
function build(options) {
  // Not before it is needed: a run whose files are all in the cache does without.
  const { buildSync } = require('esbuild');
  const target = `node${process.versions.node}`;
  const always = /** @type {const} */ ({ platform: 'node', target, write: false, outdir: '.' });
  const here = { absWorkingDir: process.cwd(), tsconfigRaw: {} };
  try {
    return buildSync({ ...always, ...here, logLevel: 'silent', ...options });
  } catch (error) {
    const { errors } = /** @type {Partial<import('esbuild').BuildFailure>} */ (error);
    // Nothing wrong with the sources: esbuild itself cannot run.
    if (errors === undefined) throw error;
    const told = errors.map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
    );
    throw new SyntaxError(told.join('\n'), { cause: error });
  }
}

module.exports = { Sources };
