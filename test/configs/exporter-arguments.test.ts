import { spawnSync } from 'node:child_process';
import { EXPORTERS, Exporter } from '../../constructs';
import { Shop, store } from '../constructs/fixture';
import { ExporterProcess } from './exporter-process';
import { freePort } from '../free-port';
import { installed, testUnless } from './programs';
import { containerOf } from './rendered';

/*
 * Exporters whose releases cannot be had from package registries: those of Debian are older, and run
 * where they know the arguments. TWINCHART_<KIND>_EXPORTER names another program.
 */

const kinds = ['mongodb', 'postgres', 'mysqld'] as const;
type Kind = (typeof kinds)[number];

/** What dist would have for an exporter of that kind. */
function generated(kind: Kind) {
  const shop = new Shop(({ data }) => {
    const { dbExporter, exporters } = data.values;
    const values = kind === 'mongodb' ? dbExporter : exporters[kind];
    new Exporter(store(data), { kind, values });
  });
  const secrets = { 'db-db-exporter/username': 'reader', 'db-db-exporter/password': 'secret' };
  return containerOf(shop.get('Deployment', 'db-exporter'), 'db-exporter', secrets);
}

/** Why it cannot be run, with its program and its arguments. */
function look(kind: Kind) {
  const own = process.env[`TWINCHART_${kind.toUpperCase()}_EXPORTER`];
  const path = own ?? installed(`prometheus-${kind}-exporter`);
  const { args, env } = generated(kind);
  if (path === undefined) {
    return { path: '', args, env, why: `there is no prometheus-${kind}-exporter` };
  }
  const { stdout, stderr } = spawnSync(path, ['--help'], { encoding: 'utf8' });
  const flags = args.map((arg) => arg.replace(/=.*/, ''));
  const unknown = flags.filter((flag) => !`${stdout}${stderr}`.includes(flag));
  const why = `${path} is too old, it does not know ${unknown.join(' and ')}`;
  return { path, args, env, why: unknown.length > 0 ? why : undefined };
}

describe.each(kinds)('the exporter of %s', (kind) => {
  const { path, args, env, why } = look(kind);

  testUnless(why)('takes its arguments, and answers its probes without a server', async () => {
    const port = await freePort();
    // Kubernetes puts variables into arguments.
    const here = args.map((arg) =>
      arg.replace(/\$\((\w+)\)/g, (_, name: string) => env[name] ?? ''),
    );
    const listen = `--web.listen-address=127.0.0.1:${String(port)}`;
    const exporter = new ExporterProcess(path, [...here, listen], port, env);
    try {
      expect((await exporter.get(EXPORTERS[kind].health)).status).toBe(200);
      expect((await exporter.get('/metrics')).status).toBe(200);
    } finally {
      await exporter.stop();
    }
  });
});
