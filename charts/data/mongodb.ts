import { Construct } from 'constructs';
import {
  Endpoint,
  Manifest,
  image,
  omitEmpty,
  sha256,
  type ManifestLiteral,
  type Value,
} from '../../synth';
import type { Labels } from '../labels';
import { containerSecurity, podSecurity } from '../security';
import type { DataTierSelf } from '.';
import { MongoDbBackup } from './mongodb-backup';

export const MONGODB_PORT = 27017;
/** User mongodb of the official image. */
export const MONGODB_USER = 999;

/** What a client of MongoDB needs to know. */
export interface MongoDbEndpoint {
  readonly host: string;
  readonly port: number;
}

/** MongoDB as a StatefulSet of one member behind a headless Service. */
export class MongoDb extends Construct {
  public readonly endpoint: Endpoint<MongoDbEndpoint>;

  public constructor(tier: DataTierSelf, id: string, labels: Labels) {
    super(tier, id);
    const config = tier.file('mongodb/mongod.conf', mongodConf(tier));
    const selector = {
      'app.kubernetes.io/name': 'mongodb',
      'app.kubernetes.io/component': 'database',
      ...labels.selector,
    };
    const metadata = {
      name: 'mongodb',
      labels: {
        'app.kubernetes.io/name': 'mongodb',
        'app.kubernetes.io/component': 'database',
        ...labels.common,
      },
    };
    new Manifest(this, 'service-account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    });
    new Manifest(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'mongod.conf': config },
    });
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        clusterIP: 'None',
        // Clients wait for readiness by themselves; members must find each other before it.
        publishNotReadyAddresses: true,
        selector,
        ports: [{ name: 'mongodb', port: MONGODB_PORT, targetPort: 'mongodb' }],
      },
    });
    new Manifest(this, 'stateful-set', statefulSet(tier, { metadata, selector, config }));
    new MongoDbBackup(tier, 'mongodb-backup', labels);
    const { namespaces, clusterDomain } = tier.global;
    this.endpoint = tier.endpoint('mongodb', () => ({
      host: `mongodb.${namespaces.data}.svc.${clusterDomain}`,
      port: MONGODB_PORT,
    }));
  }
}

const mongodConf = ({ values: { mongodb } }: DataTierSelf) => `\
net:
  port: ${String(MONGODB_PORT)}
  bindIpAll: true
security:
  authorization: enabled
storage:
  dbPath: /data/db
  wiredTiger:
    engineConfig:
      cacheSizeGB: ${mongodb.cacheSizeGB}
operationProfiling:
  slowOpThresholdMs: ${mongodb.slowOpThresholdMs}
`;

interface Parts {
  readonly metadata: ManifestLiteral['metadata'];
  readonly selector: Readonly<Record<string, string>>;
  readonly config: Value<string>;
}

function statefulSet(tier: DataTierSelf, { metadata, selector, config }: Parts): ManifestLiteral {
  const { mongodb } = tier.values;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: 'mongodb',
      replicas: 1,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: selector, annotations: { 'checksum/config': sha256(config) } },
        spec: {
          serviceAccountName: 'mongodb',
          ...podSecurity(MONGODB_USER),
          terminationGracePeriodSeconds: mongodb.terminationGracePeriodSeconds,
          imagePullSecrets: [...tier.global.imagePullSecrets],
          containers: [container(tier)],
          volumes: [
            { name: 'config', configMap: { name: 'mongodb' } },
            { name: 'root', secret: { secretName: mongodb.existingSecret, defaultMode: 0o440 } },
            { name: 'configdb', emptyDir: {} },
            { name: 'tmp', emptyDir: {} },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: omitEmpty(tier.global.storageClass),
            resources: { requests: { storage: mongodb.storage } },
          },
        },
      ],
    },
  };
}

function container({ values: { mongodb }, global }: DataTierSelf) {
  return {
    name: 'mongodb',
    image: image(mongodb.image, global.imageRegistry),
    args: ['--config', '/etc/mongodb/mongod.conf'],
    env: [
      { name: 'MONGO_INITDB_ROOT_USERNAME_FILE', value: '/run/secrets/mongodb/username' },
      { name: 'MONGO_INITDB_ROOT_PASSWORD_FILE', value: '/run/secrets/mongodb/password' },
    ],
    ports: [{ name: 'mongodb', containerPort: MONGODB_PORT }],
    resources: mongodb.resources,
    // While the data folder is first made, mongod listens on loopback only: a connection to the
    // pod's address is true later than any command run inside.
    startupProbe: { tcpSocket: { port: 'mongodb' }, periodSeconds: 5, failureThreshold: 60 },
    // No mongosh here: it needs seconds of CPU, and a busy node would kill a healthy database.
    livenessProbe: { tcpSocket: { port: 'mongodb' }, periodSeconds: 20, failureThreshold: 6 },
    readinessProbe: {
      exec: {
        command: [
          'mongosh',
          '--norc',
          '--quiet',
          '--eval',
          'quit(db.adminCommand({ ping: 1 }).ok ? 0 : 2)',
        ],
      },
      periodSeconds: 20,
      timeoutSeconds: 10,
    },
    ...containerSecurity,
    volumeMounts: [
      { name: 'data', mountPath: '/data/db' },
      { name: 'configdb', mountPath: '/data/configdb' },
      { name: 'config', mountPath: '/etc/mongodb', readOnly: true },
      { name: 'root', mountPath: '/run/secrets/mongodb', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
