import { Manifest, When, image, omitEmpty, sourceFile, type ManifestLiteral } from '../../synth';
import type { Labels } from '../labels';
import { containerSecurity, podSecurity } from '../security';
import type { DataTierSelf } from '.';
import { MONGODB_PORT, MONGODB_USER } from './mongodb';

/** Scheduled dumps of MongoDB to a claim of their own. */
export class MongoDbBackup extends When {
  public constructor(tier: DataTierSelf, id: string, labels: Labels) {
    super(tier, id, tier.values.mongodb.backup.enabled);
    const own = {
      'app.kubernetes.io/name': 'mongodb-backup',
      'app.kubernetes.io/component': 'backup',
    };
    const metadata = { name: 'mongodb-backup', labels: { ...own, ...labels.common } };
    const script = sourceFile(__dirname, 'backup.sh');
    new Manifest(this, 'script', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'backup.sh': tier.file('mongodb-backup/backup.sh', script) },
    });
    new Manifest(this, 'claim', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...metadata, annotations: { 'helm.sh/resource-policy': 'keep' } },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: omitEmpty(tier.global.storageClass),
        resources: { requests: { storage: tier.values.mongodb.backup.storage } },
      },
    });
    new Manifest(this, 'cron-job', cronJob(tier, metadata, { ...own, ...labels.selector }));
  }
}

function cronJob(
  tier: DataTierSelf,
  metadata: ManifestLiteral['metadata'],
  podLabels: Readonly<Record<string, string>>,
): ManifestLiteral {
  const { mongodb } = tier.values;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: mongodb.backup.schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 7200,
          template: {
            metadata: { labels: podLabels },
            spec: {
              restartPolicy: 'Never',
              serviceAccountName: 'mongodb',
              ...podSecurity(MONGODB_USER),
              imagePullSecrets: [...tier.global.imagePullSecrets],
              containers: [container(tier)],
              volumes: [
                { name: 'script', configMap: { name: 'mongodb-backup' } },
                {
                  name: 'root',
                  secret: { secretName: mongodb.existingSecret, defaultMode: 0o440 },
                },
                { name: 'backup', persistentVolumeClaim: { claimName: 'mongodb-backup' } },
                { name: 'tmp', emptyDir: {} },
              ],
            },
          },
        },
      },
    },
  };
}

function container({ values: { mongodb }, global }: DataTierSelf) {
  return {
    name: 'backup',
    image: image(mongodb.image, global.imageRegistry),
    command: ['bash', '/scripts/backup.sh'],
    env: [
      { name: 'MONGODB_HOST', value: `mongodb:${String(MONGODB_PORT)}` },
      { name: 'KEEP', value: `${mongodb.backup.keep}` },
    ],
    resources: {
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { memory: '512Mi' },
    },
    ...containerSecurity,
    volumeMounts: [
      { name: 'script', mountPath: '/scripts', readOnly: true },
      { name: 'root', mountPath: '/run/secrets/mongodb', readOnly: true },
      { name: 'backup', mountPath: '/backup' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
