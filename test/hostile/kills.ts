/**
 * Kills `npm run synth` at random moments, and looks at what it leaves:
 * node --require ./register test/hostile/kills.ts [kills [seed]].
 *
 * Every file must be whole, as before or as after; a state between the two must be one that the next
 * run tells from the right one, and mends. Half of the moments are from the whole run, half from the
 * part of it that writes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const FOLDERS = ['dist', 'helm', 'docs'];
/** Of what a run writes before it is published: not yet output. */
const TEMPORARY = '.twinchart-new';

/** Here every workload gets one more label, so that most files change. */
const SOURCE = 'constructs/workload.ts';
const [NAME, OTHER] = ['one', 'other'];

type Files = ReadonlyMap<string, string>;

/** Deterministic, so that a seed gives the same moments; mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy of the project that can be in one of two states. */
class Project {
  public readonly folder = fs.mkdtempSync(join(tmpdir(), 'twinchart-kills-'));
  private readonly source: string;

  public constructor() {
    const options = { cwd: ROOT, encoding: 'utf8' } as const;
    const names = execFileSync('git', ['ls-files', '-z', '--cached'], options).split('\0');
    for (const name of names.filter((one) => one !== '' && fs.existsSync(join(ROOT, one))))
      fs.cpSync(join(ROOT, name), join(this.folder, name));
    fs.symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    this.source = fs.readFileSync(join(this.folder, SOURCE), 'utf8');
  }

  public use(name: string): void {
    const text = this.source.replace('labels: { ...own,', `labels: { ...own, state: '${name}',`);
    fs.writeFileSync(join(this.folder, SOURCE), text);
  }

  public start() {
    const args = ['--require', './register', 'main.ts'];
    return spawn(process.execPath, args, { cwd: this.folder, stdio: 'ignore' });
  }

  /** A whole run; how many milliseconds it took. */
  public async synth(): Promise<number> {
    const start = Date.now();
    const [code] = (await once(this.start(), 'exit')) as [number | null];
    if (code !== 0) throw new Error(`npm run synth ends with ${String(code)}.`);
    return Date.now() - start;
  }

  public files(): Files {
    const all = FOLDERS.flatMap((folder) =>
      fs
        .readdirSync(join(this.folder, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    return new Map(all.map((path) => [path, fs.readFileSync(path, 'utf8')]));
  }

  public isWriting(): boolean {
    const dist = join(this.folder, 'dist');
    const names = fs.readdirSync(dist, { recursive: true, encoding: 'utf8' });
    return names.some((name) => name.endsWith(TEMPORARY));
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** Files that are neither as before nor as after. */
function torn(found: Files, before: Files, after: Files): string[] {
  const names = new Set([...found.keys(), ...before.keys(), ...after.keys()]);
  return [...names].filter((name) => {
    const content = found.get(name);
    return !name.endsWith(TEMPORARY) && content !== before.get(name) && content !== after.get(name);
  });
}

const isSame = (one: Files, other: Files): boolean =>
  one.size === other.size && [...one].every(([name, content]) => other.get(name) === content);

const sleep = (ms: number) => new Promise((next) => setTimeout(next, ms));

/** Kills it at a moment of the whole run, or so long after it began to write. */
async function killAt(project: Project, moment: number, isWindow: boolean): Promise<boolean> {
  const child = project.start();
  const exit = once(child, 'exit');
  if (isWindow) while (child.exitCode === null && !project.isWriting()) await sleep(1);
  await sleep(moment);
  const isKilled = child.kill('SIGKILL');
  await exit;
  return isKilled && child.signalCode === 'SIGKILL';
}

async function main(kills: number, seed: number): Promise<number> {
  const project = new Project();
  const next = random(seed);
  const counts = { before: 0, after: 0, between: 0, late: 0 };
  try {
    const outputs = new Map<string, Files>();
    let took = 0;
    for (const name of [OTHER, NAME]) {
      project.use(name);
      took = await project.synth();
      outputs.set(name, project.files());
    }
    const none: Files = new Map();
    const [one, other] = [outputs.get(NAME) ?? none, outputs.get(OTHER) ?? none];
    const changed = [...one].filter(([name, content]) => other.get(name) !== content).length;
    if (changed < 100) throw new Error(`The outputs differ in ${String(changed)} files only.`);
    let [before, after, name] = [one, other, OTHER];
    // One that came after the end hit nothing, so there is another for it.
    for (let index = 0; index - counts.late < kills; index += 1) {
      if (counts.late > kills) throw new Error('Most runs ended before the kill came.');
      project.use(name);
      const isWindow = index % 2 === 1;
      const isKilled = await killAt(project, next() * (isWindow ? 60 : took), isWindow);
      const found = project.files();
      const bad = torn(found, before, after);
      if (bad.length > 0) throw new Error(`After kill ${String(index)}, torn: ${bad.join(', ')}`);
      if (!isKilled) counts.late += 1;
      else if (isSame(found, before)) counts.before += 1;
      else if (isSame(found, after)) counts.after += 1;
      else counts.between += 1;
      await project.synth();
      if (!isSame(project.files(), after))
        throw new Error(`The run after kill ${String(index)} did not mend what was left.`);
      [before, after, name] = [after, before, name === NAME ? OTHER : NAME];
    }
    const { before: old, after: done, between, late } = counts;
    console.log(
      `${String(kills)} of ${String(kills)} kills clean (seed ${String(seed)}, ${String(changed)} files to change): ` +
        `${String(old)} left the old output, ${String(done)} the new one, ${String(between)} something between, ` +
        `which the next run mended; ${String(late)} more came after the end`,
    );
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    project.remove();
  }
}

const [kills = 20, seed = 1] = process.argv.slice(2).map(Number);
if (Number.isInteger(kills) && kills > 0 && Number.isInteger(seed)) {
  void main(kills, seed).then((code) => {
    process.exitCode = code;
  });
} else {
  console.error(
    'Write it as in node --require ./register test/hostile/kills.ts 20 1: kills, and a seed.',
  );
  process.exitCode = 1;
}
