import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Files } from './chart';
import { messageOf, type Problems } from './problems';

/** A folder that one run owns: what the run does not make is removed from it. */
export interface OutputFolder {
  /** Path, absolute or from the working directory. */
  readonly path: string;
  readonly files: Files;
}

const CHOOSE = 'choose another with CDK8S_OUTDIR';

/** A path as people gave it: from the working directory where it lies below. */
export function shownPath(place: string): string {
  const relative = path.relative(process.cwd(), place);
  return relative === '' ? '.' : relative.startsWith('..') ? path.resolve(place) : relative;
}

/** Why nothing can be written at this place: told of what is there, once for all below it. */
export function cannotWrite(place: string, error: unknown): string {
  const existing = nearest(place);
  if (statOf(existing)?.isDirectory() === false) {
    return `${shownPath(existing)} is no folder, but output is to be written below it; remove it, or ${CHOOSE}.`;
  }
  const code = (error as NodeJS.ErrnoException).code ?? messageOf(error);
  return `Cannot write ${shownPath(existing)} (${code}); make the folder writable, or ${CHOOSE}.`;
}

/** The place, or what is nearest above it. */
function nearest(place: string): string {
  return statOf(place) === undefined ? nearest(path.dirname(path.resolve(place))) : place;
}

/** What is wrong with folders before anything is known of their new content. */
export function checkFolders(folders: readonly string[], problems: Problems): void {
  const roots = [...new Set(folders.map((folder) => path.resolve(folder)))];
  for (const root of roots) {
    if (isWithin(process.cwd(), root)) {
      problems.add(
        'output',
        `The output folder ${shownPath(root)} holds the working directory, which a run would clear; ${CHOOSE}.`,
      );
      continue;
    }
    for (const other of roots) {
      if (other === root || !isWithin(other, root)) continue;
      problems.add(
        'output',
        `The output folder ${shownPath(root)} holds the output folder ${shownPath(other)}, which a run would clear; ${CHOOSE}.`,
      );
    }
    problems.catch('output', () => {
      // A wrong folder could be full of them.
      for (const link of symbolicLinks(root).slice(0, 10)) {
        problems.add(
          'output',
          `${shownPath(link)} is a symbolic link, which could lead outside the output folder; remove it.`,
        );
      }
    });
  }
}

const isWithin = (place: string, folder: string) =>
  !path.relative(folder, place).split(path.sep).includes('..');

function symbolicLinks(place: string): string[] {
  const stat = statOf(place);
  if (stat?.isSymbolicLink() === true) return [place];
  if (stat?.isDirectory() !== true) return [];
  return namesIn(place).flatMap((name) => symbolicLinks(path.join(place, name)));
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    throw new Error(cannotWrite(folder, error), { cause: error });
  }
}

/** What is wrong with a folder for the files that are to be in it. */
export function checkContent({ path: root, files }: OutputFolder, problems: Problems): void {
  for (const file of files.keys()) {
    if (path.isAbsolute(file) || file.split(/[/\\]/).includes('..')) {
      problems.add(
        'output',
        `File ${JSON.stringify(file)} would leave the output folder ${root}; use a relative path without "..".`,
      );
    } else if (isOther(path.join(root, file))) {
      problems.add(
        'output',
        `${shownPath(path.join(root, file))} is no file, but a file is to be written there; remove it.`,
      );
    }
  }
  const [first, ...others] = filesBelow(root).map((file) => path.relative(root, file));
  if (first === undefined || [first, ...others].some((file) => files.has(toSlash(file)))) return;
  problems.add(
    'output',
    `The output folder ${shownPath(root)} holds something else, such as ${first}, which this run would remove; empty it, or ${CHOOSE}.`,
  );
}

const toSlash = (file: string) => file.split(path.sep).join('/');

const isOther = (place: string) => statOf(place)?.isFile() === false;

/** What is there, without following links; undefined also below a file, where nothing can be. */
function statOf(place: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Everything below the folder that is no folder. */
export function filesBelow(folder: string): string[] {
  if (statOf(folder)?.isDirectory() !== true) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(full) : [full];
  });
}
