import { CronJob, keptByHelm, type StatefulStore } from '../../constructs';
import { Manifest, image, omitEmpty, sourceFile } from '../../synth';
import type { DataTierSelf } from '.';
import { MONGODB_USER } from './mongodb';

/** Scheduled dumps of MongoDB to a claim of their own. */
export function mongodbBackup(tier: DataTierSelf, mongodb: StatefulStore): void {
  const name = 'mongodb-backup';
  const { backup, existingSecret, image: mongo } = tier.values.mongodb;
  const job = new CronJob(tier, name, {
    component: 'backup',
    when: backup.enabled,
    values: backup,
    schedule: backup.schedule,
    // Better in the morning than not at all.
    lateSeconds: 6 * 3600,
    backsUp: mongodb.name,
    run: {
      image: image(mongo, tier.global.imageRegistry),
      user: MONGODB_USER,
      command: ['bash', '/scripts/backup.sh'],
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      deadlineSeconds: 7200,
    },
    volumes: [{ name: 'backup', persistentVolumeClaim: { claimName: name } }],
    volumeMounts: [{ name: 'backup', mountPath: '/backup' }],
  });
  job.connectsTo(mongodb.endpoint);
  job
    .env({ KEEP: `${backup.keep}` })
    .secret('root', {
      name: existingSecret,
      mount: '/run/secrets/mongodb',
      keys: ['username', 'password'],
      why: 'Root user of MongoDB.',
    })
    .config('script', '/scripts', { 'backup.sh': sourceFile(__dirname, 'backup.sh') });
  new Manifest(job, 'claim', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { ...job.metadata, annotations: keptByHelm },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: omitEmpty(tier.global.storageClass),
      resources: { requests: { storage: backup.storage } },
    },
  });
}
