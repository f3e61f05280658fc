import { join } from 'node:path';
import type { Program } from './programs';
import type { Blueprint } from '../blueprint';
import type { JsonMap } from '../merge';
import { compareObjects, type Difference } from './compare';
import { helmTemplate, type Scratch } from './helm';
import type { HelmProcesses } from './helm-process';
import { differencesOf, type Oracle, type Wanted } from './oracle';
import { parseManifests } from './parse';
import { expected, valuesFor, type Subject } from './subjects';

/** One rendering that is not what the evaluation says. */
export interface Failure {
  /** Chart, Helm and release. */
  readonly what: string;
  readonly differences: readonly Difference[];
}

/** Two, so that nothing can depend on a release having one certain name. */
const RELEASES = [
  { Name: 'platform', Namespace: 'platform-release', Service: 'Helm' },
  { Name: 'another-1', Namespace: 'elsewhere', Service: 'Helm' },
] as const;

export interface ProofParts {
  readonly blueprint: Blueprint;
  readonly helms: readonly Program[];
  /** Folder of the umbrella chart. */
  readonly chart: string;
  /** Which charts of it are rendered. */
  readonly subjects: readonly Subject[];
  readonly scratch: Scratch;
  readonly oracle: Oracle;
  /** Render and read in place of the programs, but for a sample. */
  readonly processes?: HelmProcesses | undefined;
}

/** Of so many random values one is rendered by the programs, too, where there are processes. */
const SAMPLE = 100;

interface Way {
  readonly subject: Subject;
  readonly release: (typeof RELEASES)[number];
  readonly overlay: JsonMap;
  readonly isSample: boolean;
}

/** Renders every chart of the platform in every way, and compares. */
export class Proof {
  public renderings = 0;
  public objects = 0;
  public readonly chartOnly = new Set<string>();

  public constructor(private readonly parts: ProofParts) {}

  /**
   * The first rendering under these values that differs; undefined when none does.
   * @param turn renders in one way only: another for each number. Default: in all ways.
   */
  public async failureOf(overlay: JsonMap, turn?: number): Promise<Failure | undefined> {
    const ways = this.parts.subjects.flatMap((subject) =>
      RELEASES.map((release) => ({ subject, release })),
    );
    const chosen = ways.filter((_, index) => turn === undefined || index === turn % ways.length);
    // What stands for all others is also asked of the programs.
    const isSample =
      this.parts.processes === undefined || turn === undefined || turn % SAMPLE === 0;
    for (const { subject, release } of chosen) {
      const failure = await this.compareHelms({ subject, release, overlay, isSample });
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  private async compareHelms({ subject, release, overlay, isSample }: Way) {
    const { rendered, text } = expected(this.parts.blueprint, subject, overlay, release);
    const objects = rendered.map(({ json }) => json);
    const wanted = { objects, text };
    for (const { resource } of rendered) {
      if (resource.chartOnly) this.chartOnly.add(`${resource.where} (${resource.kind})`);
    }
    const seen = new Set<string>();
    const chart = join(this.parts.chart, subject.folder);
    const asked = { chart, release, values: valuesFor(subject, overlay) };
    for (const [index, helm] of this.parts.helms.entries()) {
      const what = `${subject.name}, ${helm.name} ${helm.version}, release ${release.Name}`;
      const process = this.parts.processes?.helms[index];
      const inOne = await process?.template(asked);
      const result =
        inOne !== undefined && !isSample
          ? inOne
          : await helmTemplate({ helm, ...asked }, this.parts.scratch);
      if (!result.ok)
        return {
          what,
          differences: [{ path: 'helm template', evaluated: 'renders', rendered: result.text }],
        };
      // Go orders some keys of maps by chance, so other bytes may say the same.
      if (inOne !== undefined && inOne.text !== result.text) {
        const differences = this.differencesOf(objects, inOne.text);
        if (differences.length > 0) return { what: `${what}, in one process`, differences };
      }
      this.renderings += 1;
      this.objects += objects.length;
      // The same bytes from the other Helm say the same.
      if (seen.has(result.text)) continue;
      seen.add(result.text);
      const failure = isSample
        ? await this.read(wanted, result.text, what, overlay)
        : await this.readInOne(wanted, result.text, what);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  private async read(wanted: Wanted, text: string, what: string, overlay: JsonMap) {
    const differences = this.differencesOf(wanted.objects, text);
    if (differences.length > 0) return { what, differences };
    return this.parts.oracle.read(text, wanted, what, overlay);
  }

  /** The rendering and our own YAML, by the parser that kubectl has. */
  private async readInOne({ objects, text: own }: Wanted, text: string, what: string) {
    const texts = [text, own];
    const answer = await this.parts.processes?.reader.read(texts);
    const { ok = false, text: why = 'nobody', objects: parsed = [] } = answer ?? {};
    if (!ok) return { what, differences: [{ path: 'YAML', evaluated: 'parses', rendered: why }] };
    const [theirs = [], ours = []] = parsed;
    const differences = [...differencesOf(objects, theirs), ...differencesOf(objects, ours)];
    return differences.length > 0 ? { what, differences } : undefined;
  }

  private differencesOf(objects: readonly JsonMap[], text: string): Difference[] {
    try {
      return compareObjects(objects, parseManifests(text));
    } catch (error) {
      return [
        {
          path: 'YAML',
          evaluated: 'parses',
          rendered: error instanceof Error ? error.message : String(error),
        },
      ];
    }
  }
}
