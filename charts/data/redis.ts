import type { StatefulStore } from '../../constructs';
import { ports } from '../../platform/ports';
import { sourceFile } from '../../synth';
import type { DataTierSelf } from '.';
import { RedisStore } from './redis-store';

/** User redis of the official Debian image. */
const REDIS_USER = 999;
const SCRIPTS = '/opt/redis';

/** Redis as a StatefulSet of one member. */
export function redis(tier: DataTierSelf): StatefulStore {
  const values = tier.values.redis;
  const answers = (...allowed: string[]) => ({
    exec: { command: ['sh', `${SCRIPTS}/answers.sh`, ...allowed] },
    timeoutSeconds: 5,
  });
  return new RedisStore(tier, 'redis', {
    values,
    component: 'cache',
    run: { user: REDIS_USER, command: ['sh', `${SCRIPTS}/start.sh`] },
    port: ports.redis,
    data: '/data',
    probes: {
      startup: { ...answers('PONG', 'LOADING'), periodSeconds: 5, failureThreshold: 60 },
      // It lives while it reads its data back; a restart would begin that anew.
      liveness: { ...answers('PONG', 'LOADING'), periodSeconds: 20, failureThreshold: 6 },
      readiness: { ...answers('PONG'), periodSeconds: 10 },
    },
    clientKeys: ['password'],
  })
    .secret('password', {
      name: values.existingSecret,
      mount: '/run/secrets/redis',
      keys: ['password'],
      why: 'Password of Redis.',
    })
    .config('config', '/etc/redis', { 'redis.conf': redisConf(tier) })
    .config('scripts', SCRIPTS, {
      'start.sh': sourceFile(__dirname, 'redis-start.sh'),
      'answers.sh': sourceFile(__dirname, 'redis-answers.sh'),
    });
}

const redisConf = ({ values: { redis } }: DataTierSelf) => `\
port ${String(ports.redis)}
bind * -::*
protected-mode yes
dir /data
appendonly yes
maxmemory ${redis.maxMemoryMB}mb
maxmemory-policy ${redis.maxMemoryPolicy}
`;
