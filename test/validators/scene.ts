import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { helm3 } from '../../synth/proof/programs';
import { ask, ENVIRONMENTS, type Environment } from './validator';

const ROOT = resolve(__dirname, '../..');

/*
 * All that the validators read, in one folder:
 *   dist/<environment>/       as it is committed
 *   rendered/<environment>/   the chart as Helm prints it, with what only the chart has
 *   services/, .github/       Dockerfiles and workflows
 *   planted/                  what each of them must complain about
 * Charts lie beside it, because their templates are no YAML.
 */
export class Scene {
  private readonly top = fs.mkdtempSync(join(tmpdir(), 'twinchart-validators-'));
  public readonly folder = join(this.top, 'scene');
  /** The chart, the charts of its tiers, and one that is planted: copies, which may be written to. */
  public readonly charts = join(this.top, 'charts');
  /** Folders with objects, without and with those that are planted. */
  public readonly sources: readonly string[];
  public readonly objects: readonly string[];

  public constructor() {
    const made = (name: string) => join(this.folder, name);
    fs.cpSync(join(ROOT, 'dist'), made('dist'), { recursive: true });
    fs.cpSync(join(ROOT, '.github'), made('.github'), { recursive: true });
    fs.cpSync(join(__dirname, 'planted/files'), made('planted'), { recursive: true });
    fs.cpSync(join(ROOT, 'helm/platform'), join(this.charts, 'platform'), { recursive: true });
    const chart = join(this.charts, 'planted');
    fs.cpSync(join(__dirname, 'planted/chart'), chart, { recursive: true });
    for (const service of fs.readdirSync(join(ROOT, 'services'))) {
      const path = `services/${service}/Dockerfile`;
      if (!fs.existsSync(join(ROOT, path))) continue;
      fs.mkdirSync(dirname(made(path)), { recursive: true });
      fs.copyFileSync(join(ROOT, path), made(path));
    }
    for (const environment of ENVIRONMENTS) {
      const folder = made(`rendered/${environment}`);
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(join(folder, 'platform.yaml'), this.rendered(environment));
    }
    this.sources = ENVIRONMENTS.flatMap((one) => [`dist/${one}`, `rendered/${one}`]);
    this.objects = [...this.sources, 'planted/objects'];
  }

  /** Files below the folders, by their paths in the scene. */
  public files(folders: readonly string[], name = /./): string[] {
    return folders.flatMap((folder) =>
      fs
        .readdirSync(join(this.folder, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && name.test(entry.name))
        .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)))
        .sort(),
    );
  }

  public remove(): void {
    fs.rmSync(this.top, { recursive: true });
  }

  private rendered(environment: Environment): string {
    const values = join(this.charts, `platform/values-${environment}.yaml`);
    const args = ['template', 'platform', join(this.charts, 'platform'), '--values', values];
    return ask(helm3().path, args, { found: [] }).stdout;
  }
}

export const isPlanted = (file: string): boolean => file.startsWith('planted/');

/** That of an object; workflows and Dockerfiles have none. */
export const environmentOf = (file: string): Environment | undefined =>
  ENVIRONMENTS.find((one) => /^(?:dist|rendered)\//.test(file) && file.split('/')[1] === one);
