import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Files } from './chart';
import { messageOf, type Problems } from './problems';

/** Where a run writes to. */
export interface Folder {
  /** Path, absolute or from the working directory. */
  readonly path: string;
  /**
   * Whether the folder holds files of people too, which stay. Default: the run owns it, and removes
   * what it does not make.
   */
  readonly shared?: boolean;
}

export interface OutputFolder extends Folder {
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
export function checkFolders(folders: readonly Folder[], problems: Problems): void {
  const rootsOf = (some: readonly Folder[]) => [
    ...new Set(some.map((folder) => path.resolve(folder.path))),
  ];
  const shared = rootsOf(folders.filter((folder) => folder.shared === true));
  const owned = rootsOf(folders.filter((folder) => folder.shared !== true));
  for (const root of shared) checkLink(root, problems);
  for (const root of owned) {
    const others = [...owned.filter((other) => other !== root), ...shared];
    checkOwned(root, others, problems);
  }
}

function checkOwned(root: string, others: readonly string[], problems: Problems): void {
  if (isWithin(process.cwd(), root)) {
    problems.add(
      'output',
      `The output folder ${shownPath(root)} holds the working directory, which a run would clear; ${CHOOSE}.`,
    );
    return;
  }
  for (const other of others.filter((one) => isWithin(one, root))) {
    problems.add(
      'output',
      `The output folder ${shownPath(root)} holds the output folder ${shownPath(other)}, which a run would clear; ${CHOOSE}.`,
    );
  }
  problems.catch('output', () => {
    // A wrong folder could be full of them.
    for (const link of symbolicLinks(root).slice(0, 10)) checkLink(link, problems);
  });
}

function checkLink(place: string, problems: Problems): void {
  if (statOf(place)?.isSymbolicLink() !== true) return;
  problems.add(
    'output',
    `${shownPath(place)} is a symbolic link, which could lead outside the output folder; remove it.`,
  );
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
export function checkContent(folder: OutputFolder, problems: Problems): void {
  const { path: root, files } = folder;
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
  if (folder.shared === true) checkOwners(folder, problems);
  else checkOwner(folder, problems);
}

/** In a shared folder each page tells by its first line that a run made it; JSON by its first field. */
function checkOwners({ path: root, files }: OutputFolder, problems: Problems): void {
  for (const [file, content] of files) {
    const place = path.join(root, file);
    const [sign] = /^(\{\n)?.*/.exec(content) ?? [''];
    if (statOf(place)?.isFile() !== true) continue;
    if (fs.readFileSync(place, 'utf8').startsWith(`${sign}\n`)) continue;
    problems.add(
      'output',
      `${shownPath(place)} does not begin with ${JSON.stringify(sign)}, so people wrote what this run would replace; move it away, or choose another folder with the platform's option docs.`,
    );
  }
}

function checkOwner({ path: root, files }: OutputFolder, problems: Problems): void {
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
