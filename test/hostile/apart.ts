import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '../../synth';
import { run } from '../../synth';

/** A folder with the output of a good run, in which a test runs bad ones. */
export class Apart {
  private readonly folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twinchart-hostile-')));
  /** What lies beside the output, too, so that nothing can leave it unseen. */
  private readonly project = join(this.folder, 'project');
  private readonly before: ReadonlyMap<string, string>;

  public constructor(private readonly good: () => Platform) {
    fs.mkdirSync(this.project);
    const said = this.run(good);
    if (said !== '') throw new Error(`The good run says: ${said}`);
    this.before = this.files();
  }

  /**
   * The problems that a run ends in, as people read them; lines of test code become "here".
   * @throws Error where anything in the folder is another than before.
   */
  public problems(compose: () => Platform): string[] {
    const [count = '', ...lines] = this.run(compose).trimEnd().split('\n');
    const changed = [...this.files()].filter(([path, text]) => this.before.get(path) !== text);
    if (changed.length > 0 || this.files().size !== this.before.size) {
      this.run(this.good);
      throw new Error(`The run wrote ${changed.map(([path]) => path).join(', ')}.`);
    }
    if (count !== `${String(lines.length)} problem${lines.length === 1 ? '' : 's'}:`)
      throw new Error(`The run says: ${count}`);
    return lines.map((line) =>
      line.replace(/^ {2}/, '').replace(/, [^ ,\]]+\.ts:\d+\]/, ', here]'),
    );
  }

  /** Runs as main.ts does; what it says on standard error. */
  private run(compose: () => Platform): string {
    const [folder, code] = [process.cwd(), process.exitCode];
    const said: string[] = [];
    const silent = () => true;
    const out = jest.spyOn(process.stdout, 'write').mockImplementation(silent);
    const error = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    process.chdir(this.project);
    try {
      run(compose);
    } finally {
      process.chdir(folder);
      process.exitCode = code;
      out.mockRestore();
      error.mockRestore();
    }
    return said.join('');
  }

  /** The folders of environments. */
  public environments(): string[] {
    const entries = fs.readdirSync(join(this.project, 'dist'), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  private files(): ReadonlyMap<string, string> {
    const entries = fs.readdirSync(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    const paths = files.map((entry) => join(entry.parentPath, entry.name));
    return new Map(paths.map((path) => [path, fs.readFileSync(path, 'utf8')]));
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
