import { createHash } from 'node:crypto';
import { Manifest, outline, shortHash, type ImageValues, type Val, type Values } from '../synth';
import { jobSpec, workloadOf, type BatchOptions } from './batch';
import type { PlatformTier } from './globals';
import { Workload } from './workload';

export interface JobOptions extends BatchOptions {
  /**
   * Configuration file with every value of the Job in it: the name ends in its hash, because the
   * spec of a Job can never change. A value that is missing in it is an error at synth.
   */
  readonly revision: string;
}

/** Runs once for each revision; a run that is done stays until somebody deletes it. */
export class Job extends Workload {
  public constructor(
    tier: PlatformTier,
    id: string,
    private readonly options: JobOptions,
  ) {
    super(tier, id, workloadOf(options));
  }

  protected manifests(): void {
    const spec = jobSpec(this, this.options);
    // The constants of the spec, as this code has them, and the values, as the file has them.
    const constants = createHash('sha256').update(outline(spec)).digest('hex').slice(0, 5);
    const values = shortHash(this.file(this.options.revision));
    new Manifest(this, 'job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { ...this.metadata, name: `${this.name}-${constants}-${values}` },
      spec,
    });
  }
}

/** Image, script and what else a Job depends on, to be part of the file that names it. */
export const revisionOf = (
  { global }: PlatformTier,
  { registry, repository, tag, digest }: Values<ImageValues>,
  script: string,
  more: Readonly<Record<string, Val<string>>> = {},
) => ({
  mirror: `${global.imageRegistry}`,
  image: `${registry}/${repository}:${tag}`,
  digest: `${digest}`,
  script: createHash('sha256').update(script).digest('hex'),
  ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, `${value}`])),
});
