import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  cannotWrite,
  checkContent,
  checkFolders,
  filesOf,
  requireSign,
  targetOf,
  type OutputFolder,
  type Target,
} from './output-folder';
import { Problems } from './problems';

export interface Written {
  readonly changed: number;
  readonly removed: number;
  readonly total: number;
}

/**
 * Brings folders to exactly these contents, and files into shared folders. Files that are the same
 * already are not touched. All new content is on the disk before the first old file is replaced, so
 * that an error leaves the old output as it was.
 * @throws ProblemsError when a path leaves its folder, is a symbolic link or cannot be written,
 * and when a folder holds something else than the output of an earlier run.
 */
export function writeOutput(folders: readonly OutputFolder[]): Written {
  const problems = new Problems();
  checkFolders(folders, problems);
  problems.throwIfAny();
  const targets = folders.map(targetOf);
  for (const target of targets) checkContent(target, problems);
  problems.throwIfAny();
  // What a run that was killed left behind is stale too.
  const stale = targets.flatMap(staleFiles);
  const staged = new Staging();
  try {
    for (const target of targets) stage(target, staged, problems);
    for (const file of stale) {
      problems.catch('output', () => {
        requireWritable(path.dirname(file));
      });
    }
    problems.throwIfAny();
  } catch (error) {
    // Also what is thrown while a text is printed.
    staged.discard();
    throw error;
  }
  const changed = staged.publish();
  for (const file of stale) fs.rmSync(file, { force: true });
  for (const folder of folders.filter((one) => one.shared !== true))
    removeEmptyFolders(folder.path);
  const total = folders.reduce((sum, folder) => sum + folder.files.size, 0);
  return { changed, removed: stale.length, total };
}

/** One text at a time: all of them would fill the memory. */
function stage({ files, shared, wanted, present }: Target, to: Staging, problems: Problems): void {
  for (const [place, file] of wanted) {
    const content = files.get(file) ?? '';
    problems.catch('output', () => {
      const before = present.has(place) ? contentOf(place, shared) : undefined;
      if (before === content) return;
      if (shared === true && before !== undefined) requireSign(place, before, content);
      to.add(place, content);
    });
  }
}

function staleFiles({ shared, wanted, present }: Target): string[] {
  if (shared === true) {
    return [...wanted.keys()].map((file) => file + TEMPORARY).filter((file) => fs.existsSync(file));
  }
  return filesOf(present).filter((file) => !wanted.has(file));
}

function removeEmptyFolders(folder: string): boolean {
  if (!fs.existsSync(folder)) return true;
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const left = entries.filter(
    (entry) => !entry.isDirectory() || !removeEmptyFolders(path.join(folder, entry.name)),
  );
  if (left.length > 0) return false;
  fs.rmdirSync(folder);
  return true;
}

function requireWritable(folder: string): void {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw new Error(cannotWrite(folder, error), { cause: error });
  }
}

const TEMPORARY = '.twinchart-new';

/** New contents beside the files they will replace. */
class Staging {
  private readonly files: string[] = [];
  private readonly folders: string[] = [];
  /** Folders that are there. */
  private readonly known = new Set<string>();

  public add(file: string, content: string): void {
    try {
      this.makeFolder(path.dirname(file));
      // Listed first, because a disk that runs full leaves half a file.
      this.files.push(file);
      fs.writeFileSync(file + TEMPORARY, content);
    } catch (error) {
      throw new Error(cannotWrite(path.dirname(file), error), { cause: error });
    }
  }

  private makeFolder(folder: string): void {
    if (this.known.has(folder)) return;
    const made = fs.mkdirSync(folder, { recursive: true });
    if (made !== undefined) this.folders.push(made);
    this.known.add(folder);
  }

  public publish(): number {
    for (const file of this.files) fs.renameSync(file + TEMPORARY, file);
    return this.files.length;
  }

  public discard(): void {
    for (const file of this.files) fs.rmSync(file + TEMPORARY, { force: true });
    for (const folder of this.folders.reverse()) removeEmptyFolders(folder);
  }
}

/** Undefined where it cannot be read, and is to be replaced all the same. */
function contentOf(file: string, shared = false): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    // Of people, for all one knows.
    if (shared) throw error;
    return undefined;
  }
}
