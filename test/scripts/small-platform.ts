import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Commands, type Ran } from '../commands';

const ROOT = resolve(__dirname, '../..');

/** One process for each file of tests. */
export const commands = new Commands();
afterAll(() => commands.end());

/** A copy of platform/ that tests run commands in and change as they like. */
export class SmallPlatform {
  public readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'twinchart-small-')));

  public constructor() {
    cpSync(join(__dirname, 'platform'), this.path, { recursive: true });
    const engine = `'${join(ROOT, 'synth')}'`;
    for (const file of this.sources()) this.change(file, /'(?:\.\.\/)+synth'/g, engine);
    // Last: newer Nodes follow links where they list files, and would change the packages.
    symlinkSync(join(ROOT, 'node_modules'), join(this.path, 'node_modules'));
  }

  /** Runs a script of the repository in the copy, as `npm run` does. */
  public run(script: string, ...args: string[]): Promise<Ran> {
    return commands.run(this.path, resolve(this.path, script), args);
  }

  public async synth(): Promise<void> {
    expect(await this.run('main.ts')).toMatchObject({ status: 0, stderr: '' });
  }

  public where(...args: string[]): Promise<Ran> {
    return this.run(join(ROOT, 'scripts/where.ts'), ...args);
  }

  public diff(...args: string[]): Promise<Ran> {
    return this.run(join(ROOT, 'scripts/diff.ts'), ...args);
  }

  public read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }

  public write(file: string, text: string): void {
    writeFileSync(join(this.path, file), text);
  }

  public change(file: string, from: string | RegExp, to: string): void {
    const text = this.read(file);
    expect(text.search(from)).not.toBeUndefined();
    this.write(file, text.replace(from, to));
  }

  /** `file:line` of the only line of a file that holds the text. */
  public line(file: string, text: string): string {
    const lines = this.read(file).split('\n');
    const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
    expect({ file, text, lines: found.length }).toEqual({ file, text, lines: 1 });
    return `${file}:${String(found[0])}`;
  }

  public commit(...names: string[]): void {
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    const git = (...args: string[]) => execFileSync('git', args, { cwd: this.path });
    git('init', '-q');
    git('add', ...names);
    git(...author, 'commit', '-qm', 'Change');
  }

  public remove(): void {
    rmSync(this.path, { recursive: true });
  }

  private sources(): string[] {
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path.length + 1));
  }
}
