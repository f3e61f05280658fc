import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { chmodSync, lstatSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Commands, type Ran } from '../commands';

/*
 * A folder of its own with a main.ts in it, run as users run theirs. What the folder holds is
 * compared with its times, as a file that is written anew with the same content was touched too.
 */

const ROOT = resolve(__dirname, '../..');
const HEAD = `\
import { run } from ${JSON.stringify(join(ROOT, 'synth'))};
import { configMap, demo, plain, sample } from ${JSON.stringify(join(ROOT, 'test/synth/fixture'))};
`;

// For root no folder is locked, so root becomes nobody.
const NOBODY = process.getuid?.() === 0 ? { uid: 65534 } : {};

// One process of each user for each file of tests.
const commands = new Commands();
const lockedOut = new Commands(NOBODY);
afterAll(() => Promise.all([commands.end(), lockedOut.end()]));

export class ProgramFolder {
  public readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'twinchart-program-')));

  /** Runs a main.ts with this code below its two lines of imports. */
  public async run(code: string, user = commands): Promise<Ran> {
    const main = join(this.path, 'main.ts');
    writeFileSync(main, HEAD + code);
    const { status, stdout, stderr } = await user.run(this.path, main, []);
    return { status, stdout: stdout.replace(/\d+ ms/, '… ms'), stderr };
  }

  /** Runs as someone who may read everything here and write nothing. */
  public async runLocked(code: string): Promise<Ran> {
    const folders = ['', ...this.folders()].map((folder) => join(this.path, folder));
    writeFileSync(join(this.path, 'main.ts'), '');
    for (const folder of folders) chmodSync(folder, 0o555);
    try {
      return await this.run(code, lockedOut);
    } finally {
      for (const folder of folders) chmodSync(folder, 0o755);
    }
  }

  public write(file: string, content: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), content);
  }

  /** Makes all output look old, so that touching it shows, and says what is there. */
  public age(): Record<string, string> {
    for (const file of this.files()) utimesSync(join(this.path, file), 1_000_000, 1_000_000);
    return this.state();
  }

  /** Content and time of each file in dist/ and helm/; links and folders by name. */
  public state(): Record<string, string> {
    return Object.fromEntries(
      this.files().map((file) => {
        const full = join(this.path, file);
        const time = String(lstatSync(full).mtimeMs);
        return [file, `${time} ${readFileSync(full, 'utf8')}`];
      }),
    );
  }

  private folders(): string[] {
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path.length + 1));
  }

  private files(): string[] {
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path.length + 1))
      .filter((file) => file !== 'main.ts')
      .sort();
  }

  public remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
