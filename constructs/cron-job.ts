import { Manifest, type Val } from '../synth';
import { jobSpec, workloadOf, type BatchOptions } from './batch';
import type { PlatformTier } from './globals';
import { Workload } from './workload';

export interface CronJobOptions extends BatchOptions {
  /** When, as five cron fields in UTC. */
  readonly schedule: Val<string>;
  /**
   * Seconds by which a run may start too late, when nothing could start it in time; later ones are left
   * out. Default: 3600.
   */
  readonly lateSeconds?: number;
  /** Name of the StatefulSet that it makes backups of. */
  readonly backsUp?: string;
}

/** Runs on a schedule, never twice at a time. */
export class CronJob extends Workload {
  public constructor(
    tier: PlatformTier,
    id: string,
    private readonly options: CronJobOptions,
  ) {
    super(tier, id, workloadOf(options));
  }

  protected manifests(): void {
    const { schedule, lateSeconds = 3600, backsUp } = this.options;
    new Manifest(this, 'cron-job', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: {
        ...this.metadata,
        ...(backsUp !== undefined && { annotations: { 'twinchart.dev/backs-up': backsUp } }),
      },
      spec: {
        schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: lateSeconds,
        jobTemplate: { spec: jobSpec(this, this.options) },
      },
    });
  }
}
