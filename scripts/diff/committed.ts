import { execFileSync } from 'node:child_process';

/**
 * The files that a commit has in a folder and below it, by name; those of other names are left out.
 * @throws Error where git knows no such commit.
 */
export function committedFiles(
  from: string,
  folder: string,
  wanted = /\.yaml$/,
): ReadonlyMap<string, string> {
  const commit = commitOf(from);
  const names = git('ls-tree', '-r', '-z', '--name-only', commit, '--', folder).split('\0');
  const files = names.filter((name) => wanted.test(name));
  return new Map(files.map((name) => [name, git('show', `${commit}:./${name}`)]));
}

function commitOf(from: string): string {
  let inside: string;
  try {
    inside = git('rev-parse', '--is-inside-work-tree').trim();
  } catch {
    inside = 'false';
  }
  if (inside !== 'true')
    throw new Error('This is no git work tree, so there is nothing to compare with.');
  try {
    return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${from}^{commit}`).trim();
  } catch (error) {
    throw new Error(
      `Option --from is ${JSON.stringify(from)}, which is no commit that git knows here; give a branch, a tag or a commit.`,
      { cause: error },
    );
  }
}

function git(...args: string[]): string {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 28, stdio });
}
