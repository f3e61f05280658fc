// @ts-check
'use strict';

const { hash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join, resolve, sep } = require('node:path');

/**
 * The file that a request is for, and the folders in which it was searched, by their number.
 * @typedef {[request: string, file: string, folders: number[]]} Found
 * @typedef {object} Saved
 * @property {[folder: string, state: string][]} folders
 * @property {[asking: string, found: Found[]][]} found by the folder of who asks
 */

/** What Node adds to a path, but for packages. */
const ENDINGS = /^(?:[\\/]index)?(?:\.(?:js|json|ts|cts))?$/;

/**
 * Which files requests are for. Node asks the file system for each name that such a file could have; here
 * the folders in which it looks are listed once, and as long as they hold the same it is the same file.
 */
class Resolutions {
  /** @type {Map<string, Map<string, Found>>} */
  #found = new Map();
  #folders;
  /** @type {Map<string, number>} */
  #numbers;
  isChanged = false;

  /** @param {Saved | undefined} saved */
  constructor(saved) {
    this.#folders = saved?.folders ?? [];
    this.#numbers = new Map(this.#folders.map(([folder], number) => [folder, number]));
    // Before anything is searched: who adds a file from now on is seen by the next run.
    const isSame = this.#folders.map((one) => {
      const state = stateOf(one[0]);
      if (state === one[1]) return true;
      one[1] = state;
      return false;
    });
    this.isChanged = isSame.includes(false);
    for (const [asking, found] of saved?.found ?? []) {
      const still = found.filter(([, , folders]) =>
        folders.every((number) => isSame[number] === true),
      );
      this.#found.set(asking, new Map(still.map((one) => [one[0], one])));
    }
  }

  /**
   * @param {string} asking the folder of who asks
   * @param {string} request
   * @param {() => string} search as Node does
   */
  fileFor(asking, request, search) {
    const known = this.#found.get(asking)?.get(request);
    if (known !== undefined) return known[1];
    const file = search();
    const folders = foldersOf(asking, request, file);
    if (folders.length === 0) return file;
    this.isChanged = true;
    const there = this.#found.get(asking) ?? new Map();
    this.#found.set(asking, there);
    there.set(request, [request, file, folders.map((folder) => this.#numberOf(folder))]);
    return file;
  }

  /** @param {string} folder */
  #numberOf(folder) {
    const known = this.#numbers.get(folder);
    if (known !== undefined) return known;
    this.#numbers.set(folder, this.#folders.length);
    return this.#folders.push([folder, stateOf(folder)]) - 1;
  }

  /** @returns {Saved} without folders in which nothing was found any more */
  toJSON() {
    /** @type {Map<number, number>} */
    const kept = new Map();
    const renumbered = (/** @type {number} */ number) =>
      kept.get(number) ?? (kept.set(number, kept.size), kept.size - 1);
    const found = [...this.#found].map(
      ([asking, there]) =>
        /** @type {Saved['found'][number]} */ ([
          asking,
          [...there.values()].map(([request, file, folders]) => [
            request,
            file,
            folders.map(renumbered),
          ]),
        ]),
    );
    const folders = [...kept.keys()].flatMap((number) => this.#folders.slice(number, number + 1));
    return { folders, found };
  }
}

/**
 * Where Node looked: in the folders from who asks up to the first that has both, and down to the file. None
 * if the file is not where the request says, as with links and with what a package.json maps.
 * @param {string} asking
 * @param {string} request
 * @param {string} file
 */
function foldersOf(asking, request, file) {
  if (!isWhereAsked(asking, request, file)) return [];
  const up = upFrom(asking);
  const down = upFrom(dirname(file));
  const both = /** @type {string} */ (up.find((folder) => down.includes(folder)));
  // What is hidden is not listed.
  if ([asking, file].some((path) => path.slice(both.length).includes(`${sep}.`))) return [];
  const folders = [up, down].flatMap((list) => list.slice(0, list.indexOf(both) + 1));
  return [...new Set(folders)];
}

/**
 * @param {string} asking
 * @param {string} request
 * @param {string} file
 */
function isWhereAsked(asking, request, file) {
  if (isPath(request)) {
    const path = resolve(asking, request);
    return file.startsWith(path) && ENDINGS.test(file.slice(path.length));
  }
  const [scope = '', name] = request.split('/');
  const folder = join(sep, 'node_modules', scope, scope.startsWith('@') ? (name ?? '') : '', sep);
  const start = file.lastIndexOf(folder);
  return start >= 0 && `${asking}${sep}`.startsWith(file.slice(0, start) + sep);
}

/** @param {string} request */
const isPath = (request) => /^(?:\.{1,2}(?:[\\/]|$)|[\\/])/.test(request);

/** @param {string} folder */
function upFrom(folder) {
  const folders = [folder];
  for (let above = dirname(folder); above !== folders.at(-1); above = dirname(above)) {
    folders.push(above);
  }
  return folders;
}

/**
 * A hash of what decides in a folder on what is found: its names, and package.json.
 * @param {string} folder
 */
function stateOf(folder) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const shown = entries.filter(({ name }) => !name.startsWith('.'));
    const names = shown.map((one) => [one.name, one.isDirectory(), one.isSymbolicLink()]);
    const isPackage = shown.some(({ name }) => name === 'package.json');
    const text = isPackage ? readFileSync(join(folder, 'package.json'), 'utf8') : '';
    return hash('sha256', JSON.stringify([names, text]));
  } catch {
    return '';
  }
}

module.exports = { Resolutions, isPath };
