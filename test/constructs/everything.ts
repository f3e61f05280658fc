import { CronJob, DevSecrets, TierNamespace, telemetry } from '../../constructs';
import type { JsonMap } from '../../synth/merge';
import { store, taskRun, web, type Tiers } from './fixture';

/* The shop with all constructs: web and admin log in to db, web uses cache where it is there. */

export function everything({ data, app }: Tiers): void {
  new TierNamespace(data);
  new TierNamespace(app);
  const db = store(data)
    .secret('root', {
      name: data.values.db.existingSecret,
      mount: '/run/secrets/root',
      keys: ['username', 'password'],
      why: 'Root user of db.',
    })
    .config('config', '/etc/db', { 'db.conf': `memory ${data.values.db.storage}\n` });
  const cache = store(data, 'cache', { component: 'cache', clientKeys: ['password'] });
  const { task } = data.values;
  const { schedule, enabled } = task;
  const run = taskRun(data);
  const options = { component: 'task', schedule, when: enabled, values: task, run };
  new CronJob(data, 'task', { ...options, backsUp: 'db' })
    .config('script', '/opt/task', { 'task.js': 'console.log("done");\n' })
    .connectsTo(db.endpoint);
  const password = { random: 32 };
  new DevSecrets(data, 'dev-secrets', {
    values: data.values.secrets,
    logins: [
      { store: db, root: { username: 'root', password }, clients: 'accounts' },
      { store: cache, root: { password }, clients: 'shared' },
    ],
  });
  const { values } = app;
  const service = web(app, 'web', { ports: { http: 3100, metrics: 9464 } });
  service.connectsTo(db.endpoint, { values: values.web.db });
  service.connectsTo(cache.endpoint, { values: values.web.cache, optional: true });
  telemetry(service, values.web.telemetry);
  const admin = web(app, 'admin', { run: { user: 1000, gpu: values.admin.gpu } });
  admin.connectsTo(db.endpoint, { values: values.admin.db });
  admin.connectsTo(service.endpoint, { prefix: 'SHOP' });
}

const ON: JsonMap = {
  imageRegistry: 'mirror.example/hub',
  imagePullSecrets: [{ name: 'registry-login' }],
  ingressClass: 'nginx',
  storageClass: 'fast',
  network: { nodeLocalDns: '169.254.20.10/32', monitoringNamespace: 'monitoring' },
  secrets: { generate: true, external: { enabled: true } },
};
const SHARED: JsonMap = { create: false, data: 'shared', app: 'shared' };

/** Values that switch on what is off by default. */
export const allOn: JsonMap = {
  global: ON,
  app: {
    web: {
      autoscaling: { enabled: true },
      ingress: { enabled: true, tlsSecret: 'web-tls' },
      telemetry: { host: 'collector.example' },
    },
    admin: { gpu: { enabled: true } },
  },
};

/** Values that put both tiers into one namespace. */
export const oneNamespace: JsonMap = { global: { namespaces: SHARED } };
/** Both at once. */
export const allOnInOne: JsonMap = { ...allOn, global: { ...ON, namespaces: SHARED } };
