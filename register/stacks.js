// @ts-check
'use strict';

/**
 * Lets stacks of errors name the lines of the sources. Maps are read when somebody asks for a stack.
 * @param {(file: string) => import('node:module').SourceMap | undefined} mapOf
 */
function mapStacks(mapOf) {
  Error.prepareStackTrace = (error, sites) =>
    [headOf(error), ...sites.map((site) => `    at ${shown(site, mapOf)}`)].join('\n');
}

/** @param {Error} error */
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

/**
 * @param {NodeJS.CallSite} site
 * @param {(file: string) => import('node:module').SourceMap | undefined} mapOf
 */
function shown(site, mapOf) {
  const text = site.toString();
  const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  if (file === null || line === null || column === null) return text;
  const origin = mapOf(file)?.findEntry(line - 1, column - 1);
  if (origin === undefined || !('originalLine' in origin)) return text;
  const there = `${file}:${String(origin.originalLine + 1)}:${String(origin.originalColumn + 1)}`;
  return text.replace(`${file}:${String(line)}:${String(column)}`, () => there);
}

module.exports = { mapStacks };
