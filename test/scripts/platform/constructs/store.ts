import { Construct } from 'constructs';
import { Manifest, type Value } from '../../../../synth';
import { labels } from './labels';

/** A StatefulSet that keeps its data. */
export class Store extends Construct {
  public constructor(scope: Construct, id: string, storage: Value<string>) {
    super(scope, id);
    new Manifest(this, 'stateful-set', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: id },
      spec: {
        serviceName: id,
        selector: { matchLabels: labels(id) },
        template: {
          metadata: { labels: labels(id) },
          spec: { containers: [{ name: 'store', image: 'docker.io/library/redis:8.0.0' }] },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
          },
        ],
      },
    });
  }
}
