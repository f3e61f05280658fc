import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import { Platform } from '../synth';
import type { Blueprint } from '../synth/blueprint';
import { chartFiles } from '../synth/chart';
import { distFiles, renderEnvironments, type RenderedTier } from '../synth/dist';
import type { Files } from '../synth/files';
import { show } from '../synth/problems';
import { recordSites, type Sites } from '../synth/sites';

/** A platform with all that `npm run synth` would write of it, in memory only. */
export interface Project {
  /** The program that composes it. */
  readonly main: string;
  readonly platform: Platform;
  readonly blueprint: Blueprint;
  readonly sites: Sites;
  readonly tiers: readonly RenderedTier[];
  /** Contents by path from the working directory, with forward slashes. */
  readonly dist: ReadonlyMap<string, string>;
  readonly chart: ReadonlyMap<string, string>;
}

/** Composes the platform of the main.ts in the working directory. @throws ProblemsError */
export function loadProject(): Project {
  const main = resolve('main.ts');
  if (!existsSync(main)) throw new Error('There is no main.ts here; run this in its folder.');
  const { result, sites } = recordSites(() => {
    // Loaded here, because what it throws is a problem of the platform.
    const platform = (createRequire(main)(main) as { compose?: () => unknown }).compose?.();
    if (!(platform instanceof Platform)) {
      throw new Error(
        `compose() of main.ts returns ${show(platform)}; export one that returns the Platform it makes.`,
      );
    }
    return { platform, blueprint: platform.build() };
  });
  const { platform, blueprint } = result;
  const tiers = renderEnvironments(blueprint);
  const dist = below(platform.outdir, distFiles(tiers));
  const chart = below(join('helm', blueprint.chart.name), chartFiles(blueprint));
  return { main, platform, blueprint, sites, tiers, dist, chart };
}

function below(folder: string, files: Files): Map<string, string> {
  return new Map([...files].map(([file, text]) => [fromHere(join(folder, file)), text]));
}

/** A path from the working directory, with forward slashes. */
export const fromHere = (file: string): string => relative('', file).split(sep).join('/');

/**
 * Runs a command for people: what it returns goes to standard output, why it cannot to the other.
 * @param options exit code where it cannot, by default 1.
 */
export function runCommand(command: () => string, { trouble = 1 } = {}): void {
  try {
    process.stdout.write(command());
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = trouble;
  }
}
