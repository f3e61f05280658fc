import { Manifest, type Val } from '../synth';
import { jobSpec, workloadOf, type BatchOptions } from './batch';
import type { PlatformTier } from './globals';
import { Workload } from './workload';

export interface CronJobOptions extends BatchOptions {
  /** When, as five cron fields in UTC. */
  readonly schedule: Val<string>;
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
    const { schedule, backsUp } = this.options;
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
        jobTemplate: { spec: jobSpec(this, this.options) },
      },
    });
  }
}
