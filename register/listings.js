// @ts-check
'use strict';

const { readdirSync, realpathSync } = require('node:fs');
const { basename, dirname, join, resolve } = require('node:path');

/** @typedef {Map<string, 'file' | 'folder' | 'other'>} Listing */

/**
 * Finds the files of relative requests, such as ./text, in lists of the folders: Node asks the file system
 * for each name that such a file could have. Each folder is listed once a run, and nothing is kept for the
 * next. What is not plain is left to Node: packages, links, folders with a package.json, what is not listed.
 */
class Listings {
  /** @type {Map<string, Listing>} */
  #listings = new Map();

  /**
   * @param {string} asking the folder of who asks
   * @param {string} request
   * @param {readonly string[]} endings in the order in which Node tries them
   * @returns {string | undefined} undefined where Node is to search
   */
  fileFor(asking, request, endings) {
    // What ends in a slash or in dots is a folder.
    if (!/^\.\.?\/.*[^./]$/.test(request)) return undefined;
    const path = resolve(asking, request);
    const [folder, name] = [dirname(path), basename(path)];
    const there = this.#listingOf(folder);
    const file = first(
      there,
      folder,
      ['', ...endings].map((ending) => name + ending),
    );
    if (file !== undefined || there.get(name) !== 'folder') return file;
    const inside = this.#listingOf(path);
    // It may name another file than index.
    if (inside.has('package.json')) return undefined;
    return first(
      inside,
      path,
      endings.map((ending) => `index${ending}`),
    );
  }

  /** @param {string} folder */
  #listingOf(folder) {
    const listing = this.#listings.get(folder) ?? listingOf(folder);
    this.#listings.set(folder, listing);
    return listing;
  }
}

/**
 * The first of the files that is there; none if Node could find another one.
 * @param {Listing} listing
 * @param {string} folder
 * @param {readonly string[]} names
 */
function first(listing, folder, names) {
  const name = names.find((one) => ['file', 'other'].includes(listing.get(one) ?? ''));
  return name !== undefined && listing.get(name) === 'file' ? join(folder, name) : undefined;
}

/**
 * @param {string} folder
 * @returns {Listing} empty for a link, or below one: Node follows them
 */
function listingOf(folder) {
  try {
    if (realpathSync.native(folder) !== folder) return new Map();
    const entries = readdirSync(folder, { withFileTypes: true });
    return new Map(
      entries.map((one) => [
        one.name,
        one.isFile() ? 'file' : one.isDirectory() ? 'folder' : 'other',
      ]),
    );
  } catch {
    return new Map();
  }
}

module.exports = { Listings };
