// @ts-check
'use strict';

const { hash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join } = require('node:path');
const { cachedDataVersionTag } = require('node:v8');

/**
 * What is known of a module.
 * @typedef {object} Part
 * @property {string} content hash of the file's content
 * @property {Buffer} [javascript] what TypeScript was compiled to
 * @property {Buffer} [map] the source map of that
 * @property {string} [script] hash of the JavaScript that the code is of
 * @property {Buffer} [code] V8's code
 */

const BUFFERS = /** @type {const} */ (['javascript', 'map', 'code']);
const HASH = 64;
/** V8 copies code that does not lie at a multiple of it. */
const WORD = 8;
const ENDING = '.modules';
/** Programs of one node_modules whose caches are kept; one has some MiB. */
const MOST = 16;

/** @param {string | Buffer} content */
const hashOf = (content) => hash('sha256', content);

/** What earlier runs of a program compiled, in a file below node_modules/.cache. */
class Cache {
  /** @type {Map<string, import('node:vm').Script>} Those whose code is not in the cache. */
  #scripts = new Map();
  #isChanged = false;

  /**
   * @param {string | undefined} path undefined to keep nothing
   * @param {Map<string, Part>} parts
   */
  constructor(path, parts) {
    this.path = path;
    this.parts = parts;
  }

  /**
   * The cache of a program; empty if there is none, or none that is whole.
   * @param {string} program
   */
  static open(program) {
    const path = pathOf(program);
    try {
      if (path !== undefined) return new Cache(path, unpacked(readFileSync(path)));
    } catch {
      // There is none, or it is torn.
    }
    return new Cache(path, new Map());
  }

  /**
   * @param {string} file
   * @param {Part} part
   */
  set(file, part) {
    this.parts.set(file, part);
    this.#isChanged = true;
  }

  /**
   * V8's code for the JavaScript of a file.
   * @param {string} file
   * @param {string} javascript
   */
  codeOf(file, javascript) {
    const script = hashOf(javascript);
    const part = this.parts.get(file);
    if (part?.script === script) return part.code;
    // V8 would take code of any text as long as this one.
    if (part?.javascript) Object.assign(part, { script, code: undefined });
    else this.parts.set(file, { content: script, script });
    return undefined;
  }

  /**
   * @param {string} file
   * @param {import('node:vm').Script} script
   */
  compiled(file, script) {
    const hasCode = this.parts.get(file)?.code !== undefined;
    if (!hasCode || script.cachedDataRejected === true) this.#scripts.set(file, script);
  }

  /** Keeps what this run compiled. Where that cannot be written, the next run compiles again. */
  save() {
    // At the end of a run, since then it has the code of each function that was called.
    for (const [file, script] of this.#scripts) {
      const part = this.parts.get(file);
      if (part) part.code = script.createCachedData();
    }
    if (this.path === undefined || (this.#scripts.size === 0 && !this.#isChanged)) return;
    for (const file of this.parts.keys()) if (!existsSync(file)) this.parts.delete(file);
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileSync(`${this.path}.new`, packed(this.parts));
      renameSync(`${this.path}.new`, this.path);
      removeOldest(dirname(this.path));
    } catch {
      // A folder that is read only, or a full disk.
    }
  }
}

/**
 * One file for each program, Node, processor and set of V8's flags, in the node_modules that it has.
 * @param {string} program
 */
function pathOf(program) {
  // How it compiles is part of what it compiled.
  const how = readFileSync(join(__dirname, 'sources.js'), 'utf8');
  const key = hashOf(JSON.stringify([program, how, process.version, cachedDataVersionTag()]));
  for (let folder = dirname(program); ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) return join(modules, '.cache/twinchart', key.slice(0, 16) + ENDING);
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Copies of a project that share its packages leave their caches there.
 * @param {string} folder
 */
function removeOldest(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith(ENDING));
  const made = files.map((file) => {
    const path = join(folder, file);
    return { path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
  });
  made.sort((one, other) => other.time - one.time);
  for (const { path } of made.slice(MOST)) rmSync(path, { force: true });
}

/**
 * The hash of the rest, the length of the list of parts, that list, and the buffers of all parts.
 * @param {Map<string, Part>} parts
 */
function packed(parts) {
  /** @type {Buffer[]} */
  const buffers = [];
  const list = [...parts].map(([file, part]) => {
    const sizes = BUFFERS.map((name) => {
      const buffer = part[name];
      if (buffer === undefined) return -1;
      buffers.push(buffer, Buffer.alloc(padding(buffer.length)));
      return buffer.length;
    });
    return [file, part.content, part.script, sizes];
  });
  const head = Buffer.from(JSON.stringify(list));
  const start = Buffer.alloc(WORD);
  start.writeUInt32LE(head.length);
  const body = Buffer.concat([start, head, Buffer.alloc(padding(head.length)), ...buffers]);
  return Buffer.concat([Buffer.from(hashOf(body)), body]);
}

/**
 * @param {Buffer} file
 * @throws if the file is not whole
 */
function unpacked(file) {
  const body = file.subarray(HASH);
  if (file.toString('latin1', 0, HASH) !== hashOf(body)) throw new Error('torn');
  const end = WORD + body.readUInt32LE();
  let at = end + padding(end);
  /** @type {Map<string, Part>} */
  const parts = new Map();
  const list = /** @type {[string, string, string | null, number[]][]} */ (
    JSON.parse(body.toString('utf8', WORD, end))
  );
  for (const [name, content, script, sizes] of list) {
    /** @type {Part} */
    const part = { content, ...(script !== null && { script }) };
    for (const [index, kind] of BUFFERS.entries()) {
      const size = sizes[index] ?? -1;
      if (size < 0) continue;
      part[kind] = body.subarray(at, at + size);
      at += size + padding(size);
    }
    parts.set(name, part);
  }
  return parts;
}

/** @param {number} size */
const padding = (size) => (WORD - (size % WORD)) % WORD;

module.exports = { Cache, hashOf };
