import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from './programs';
import type { JsonMap } from '../merge';

/** Runs a program; what it prints, or what it says when it fails. */
export async function run(
  program: string,
  args: readonly string[],
): Promise<{ ok: boolean; text: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 1 << 28, env: QUIET }, (error, stdout, stderr) => {
      resolve(
        error === null ? { ok: true, text: stdout } : { ok: false, text: stderr || error.message },
      );
    });
  });
}

/** No plugins, repositories or cluster of whoever runs this. */
const QUIET = {
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  HELM_PLUGINS: '/nonexistent',
  KUBECONFIG: '/nonexistent',
};

/** A folder for values and renderings, gone at the end. */
export class Scratch {
  public readonly path = mkdtempSync(join(tmpdir(), 'twinchart-'));
  private count = 0;

  public write(extension: string, content: string): string {
    this.count += 1;
    const file = join(this.path, `${String(this.count)}.${extension}`);
    writeFileSync(file, content);
    return file;
  }

  public remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface HelmTemplate {
  readonly helm: Program;
  readonly chart: string;
  readonly release: { readonly Name: string; readonly Namespace: string };
  readonly values: JsonMap;
}

/**
 * The text of a values file. Without the end of its line, Helm 4 loses values whose text has a length that
 * is a multiple of 4,096 bytes.
 */
export const valuesFile = (values: JsonMap): string => `${JSON.stringify(values)}\n`;

/** `helm template` with these values in a file, as a user gives them. */
export async function helmTemplate(
  { helm, chart, release, values }: HelmTemplate,
  scratch: Scratch,
) {
  const file = scratch.write('json', valuesFile(values));
  const result = await run(helm.path, [
    'template',
    release.Name,
    chart,
    '--namespace',
    release.Namespace,
    '--values',
    file,
  ]);
  rmSync(file);
  return result;
}
