import { join } from 'node:path';
import type { Program } from './programs';
import type { Blueprint } from '../blueprint';
import type { JsonMap } from '../merge';
import { compareObjects, type Difference } from './compare';
import { helmTemplate, type Scratch } from './helm';
import type { Oracle } from './oracle';
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
    for (const { subject, release } of chosen) {
      const failure = await this.compareHelms(subject, release, overlay);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  private async compareHelms(
    subject: Subject,
    release: (typeof RELEASES)[number],
    overlay: JsonMap,
  ): Promise<Failure | undefined> {
    const rendered = expected(this.parts.blueprint, subject, overlay, release);
    const objects = rendered.map(({ json }) => json);
    for (const { resource } of rendered) {
      if (resource.chartOnly) this.chartOnly.add(`${resource.where} (${resource.kind})`);
    }
    const seen = new Set<string>();
    for (const helm of this.parts.helms) {
      const what = `${subject.name}, ${helm.name} ${helm.version}, release ${release.Name}`;
      const chart = join(this.parts.chart, subject.folder);
      const result = await helmTemplate(
        { helm, chart, release, values: valuesFor(subject, overlay) },
        this.parts.scratch,
      );
      if (!result.ok)
        return {
          what,
          differences: [{ path: 'helm template', evaluated: 'renders', rendered: result.text }],
        };
      this.renderings += 1;
      this.objects += objects.length;
      // The same bytes from the other Helm say the same.
      if (seen.has(result.text)) continue;
      seen.add(result.text);
      const differences = this.differencesOf(objects, result.text);
      if (differences.length > 0) return { what, differences };
      const failure = await this.parts.oracle.read(result.text, objects, what, overlay);
      if (failure !== undefined) return failure;
    }
    return undefined;
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
