import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Files } from './files';
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

function symbolicLinks(root: string): string[] {
  if (statOf(root)?.isSymbolicLink() === true) return [root];
  return [...entriesBelow(root)].flatMap(([place, entry]) =>
    entry.isSymbolicLink() ? [place] : [],
  );
}

const UPWARDS = /(?:^|[/\\])\.\.(?:[/\\]|$)/;

/** What is wrong with a folder for the files that are to be in it. */
export function checkContent(target: Target, problems: Problems): void {
  const { path: root, wanted, present } = target;
  for (const [place, file] of wanted) {
    if (path.isAbsolute(file) || UPWARDS.test(file)) {
      problems.add(
        'output',
        `File ${JSON.stringify(file)} would leave the output folder ${root}; use a relative path without "..".`,
      );
    } else if (present.get(place)?.isFile() === false) {
      problems.add(
        'output',
        `${shownPath(place)} is no file, but a file is to be written there; remove it.`,
      );
    }
  }
  if (target.shared !== true) checkOwner(target, problems);
}

/**
 * In a shared folder each page tells by its first line that a run made it; JSON by its first field.
 * @throws Error when the page that is there does not.
 */
export function requireSign(place: string, before: string, content: string): void {
  const [sign] = /^(\{\n)?.*/.exec(content) ?? [''];
  if (before.startsWith(`${sign}\n`)) return;
  throw new Error(
    `${shownPath(place)} does not begin with ${JSON.stringify(sign)}, so people wrote what this run would replace; move it away, or choose another folder with the platform's option docs.`,
  );
}

function checkOwner({ path: root, wanted, present }: Target, problems: Problems): void {
  const [first, ...others] = filesOf(present);
  if (first === undefined || [first, ...others].some((file) => wanted.has(file))) return;
  problems.add(
    'output',
    `The output folder ${shownPath(root)} holds something else, such as ${path.relative(root, first)}, which this run would remove; empty it, or ${CHOOSE}.`,
  );
}

/** What is there, without following links; undefined also below a file, where nothing can be. */
function statOf(place: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

type Entry = Pick<fs.Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;
type Entries = ReadonlyMap<string, Entry>;

/** A folder as it is to be and as it is. */
export interface Target extends OutputFolder {
  /** The names of its files, by path. */
  readonly wanted: ReadonlyMap<string, string>;
  /** What is there, by path, links not followed; in a shared folder, at the places of its files. */
  readonly present: Entries;
}

export function targetOf(folder: OutputFolder): Target {
  const { path: root, files, shared } = folder;
  const wanted = new Map([...files.keys()].map((file) => [path.join(root, file), file]));
  const present = shared === true ? entriesAt(wanted.keys()) : entriesBelow(root);
  return { ...folder, wanted, present };
}

/** All that is no folder. */
export const filesOf = (present: Entries): string[] =>
  [...present].flatMap(([place, entry]) => (entry.isDirectory() ? [] : [place]));

function entriesAt(places: Iterable<string>): Entries {
  const entries = new Map<string, Entry>();
  for (const place of places) {
    const stat = statOf(place);
    if (stat !== undefined) entries.set(place, stat);
  }
  return entries;
}

function entriesBelow(root: string): Entries {
  const entries = new Map<string, Entry>();
  if (statOf(root)?.isDirectory() === true) addEntries(root, entries);
  return entries;
}

function addEntries(folder: string, to: Map<string, Entry>): void {
  for (const entry of listed(folder)) {
    const place = path.join(folder, entry.name);
    to.set(place, entry);
    if (entry.isDirectory()) addEntries(place, to);
  }
}

function listed(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new Error(cannotWrite(folder, error), { cause: error });
  }
}
