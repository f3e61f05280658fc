import { StatefulStore } from '../../constructs';
import { ports } from '../../platform/ports';
import type { DataTierSelf } from '.';

/** User mongodb of the official image. */
export const MONGODB_USER = 999;

/** MongoDB as a StatefulSet of one member. */
export function mongodb(tier: DataTierSelf): StatefulStore {
  const values = tier.values.mongodb;
  const secret = '/run/secrets/mongodb';
  const tcp = { tcpSocket: { port: 'mongodb' } };
  return new StatefulStore(tier, 'mongodb', {
    values,
    run: {
      user: MONGODB_USER,
      args: ['--config', '/etc/mongodb/mongod.conf'],
      scratch: ['/data/configdb'],
    },
    port: ports.mongodb,
    data: '/data/db',
    probes: {
      // While the data folder is first made, mongod listens on loopback only: a connection to
      // the pod's address is true later than any command run inside.
      startup: { ...tcp, periodSeconds: 5, failureThreshold: 60 },
      // No mongosh: it needs seconds of CPU, and a busy node would kill a healthy database.
      liveness: { ...tcp, periodSeconds: 20, failureThreshold: 6 },
      readiness: { exec: { command: PING }, periodSeconds: 20, timeoutSeconds: 10 },
    },
    clientKeys: ['username', 'password'],
  })
    .env({
      MONGO_INITDB_ROOT_USERNAME_FILE: `${secret}/username`,
      MONGO_INITDB_ROOT_PASSWORD_FILE: `${secret}/password`,
    })
    .secret('root', {
      name: values.existingSecret,
      mount: secret,
      keys: ['username', 'password'],
      why: 'Root user of MongoDB.',
    })
    .config('config', '/etc/mongodb', { 'mongod.conf': mongodConf(tier) });
}

const PING = [
  'mongosh',
  '--norc',
  '--quiet',
  '--eval',
  'quit(db.adminCommand({ ping: 1 }).ok ? 0 : 2)',
];

const mongodConf = ({ values: { mongodb } }: DataTierSelf) => `\
net:
  port: ${String(ports.mongodb)}
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
