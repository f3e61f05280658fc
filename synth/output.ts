import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Files } from './chart';
import { Problems } from './problems';

/** A folder that one run owns: what the run does not make is removed from it. */
export interface OutputFolder {
  /** Path, absolute or from the working directory. */
  readonly path: string;
  readonly files: Files;
}

export interface Written {
  readonly changed: number;
  readonly removed: number;
  readonly total: number;
}

/**
 * Brings folders to exactly these contents. Files that are the same already are not touched. All
 * new content is on the disk before the first old file is replaced, so that an error leaves the
 * old output as it was.
 * @throws ProblemsError when a path leaves its folder, is a symbolic link or cannot be written.
 */
export function writeOutput(folders: readonly OutputFolder[]): Written {
  const problems = new Problems();
  for (const folder of folders) checkPaths(folder, problems);
  problems.throwIfAny();
  const staged = new Staging();
  for (const folder of folders) {
    for (const [file, content] of folder.files) {
      problems.catch('output', () => {
        staged.add(path.join(folder.path, file), content);
      });
    }
  }
  const stale = folders.flatMap(staleFiles);
  for (const file of stale)
    problems.catch('output', () => {
      requireWritable(path.dirname(file));
    });
  try {
    problems.throwIfAny();
  } catch (error) {
    staged.discard();
    throw error;
  }
  const changed = staged.publish();
  for (const file of stale) fs.rmSync(file);
  for (const folder of folders) removeEmptyFolders(folder.path);
  const total = folders.reduce((sum, folder) => sum + folder.files.size, 0);
  return { changed, removed: stale.length, total };
}

function checkPaths(folder: OutputFolder, problems: Problems): void {
  const root = path.resolve(folder.path);
  for (const file of folder.files.keys()) {
    if (path.isAbsolute(file) || file.split(/[/\\]/).includes('..')) {
      problems.add(
        'output',
        `File ${JSON.stringify(file)} would leave the output folder ${folder.path}; use a relative path without "..".`,
      );
    }
  }
  for (const link of symbolicLinks(root)) {
    problems.add(
      'output',
      `${path.relative(process.cwd(), link) || link} is a symbolic link, which could lead outside the output folder; remove it.`,
    );
  }
}

function symbolicLinks(place: string): string[] {
  const stat = fs.lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isSymbolicLink()) return [place];
  return stat.isDirectory()
    ? fs.readdirSync(place).flatMap((name) => symbolicLinks(path.join(place, name)))
    : [];
}

function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(full) : [full];
  });
}

function staleFiles(folder: OutputFolder): string[] {
  const wanted = new Set([...folder.files.keys()].map((file) => path.join(folder.path, file)));
  return filesBelow(folder.path).filter((file) => !wanted.has(file) && !file.endsWith(TEMPORARY));
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

const TEMPORARY = '.twinchart-new';

function requireWritable(folder: string): void {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw new Error(cannotWrite(folder, error), { cause: error });
  }
}

const cannotWrite = (place: string, error: unknown) =>
  `Cannot write ${path.relative(process.cwd(), place) || place} (${(error as NodeJS.ErrnoException).code ?? String(error)}); make the folder writable, or choose another with CDK8S_OUTDIR.`;

/** New contents beside the files they will replace. */
class Staging {
  private readonly files: string[] = [];
  private readonly folders: string[] = [];

  public add(file: string, content: string): void {
    if (isSame(file, content)) return;
    try {
      const made = fs.mkdirSync(path.dirname(file), { recursive: true });
      if (made !== undefined) this.folders.push(made);
      fs.writeFileSync(file + TEMPORARY, content);
      this.files.push(file);
    } catch (error) {
      throw new Error(cannotWrite(path.dirname(file), error), { cause: error });
    }
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

function isSame(file: string, content: string): boolean {
  try {
    return fs.readFileSync(file, 'utf8') === content;
  } catch {
    return false;
  }
}
