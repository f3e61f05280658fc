import type { Construct } from 'constructs';
import { Manifest, type Container } from '../../../../synth';
import { Tasks } from './tasks';

/** CronJobs, which are made when all of them are known. */
export class Jobs extends Tasks {
  private readonly schedules = new Map<string, string>();

  public add(name: string, schedule: string): this {
    this.schedules.set(name, schedule);
    return this;
  }

  protected override compose(): void {
    for (const [name, schedule] of this.schedules) {
      const restartPolicy = 'Never';
      new Manifest(this, name, {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name, labels: this.labels },
        spec: {
          schedule,
          jobTemplate: {
            spec: { template: { spec: { containers: [this.container], restartPolicy } } },
          },
        },
      });
    }
  }
}

/** Those of the night shift. */
export class NightJobs extends Jobs {
  public constructor(scope: Construct, id: string, container: Container) {
    super(scope, id, { team: 'night', container });
  }
}
