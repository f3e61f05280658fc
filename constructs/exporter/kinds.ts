/** A right in a database, in the words of its program. */
export interface Role {
  readonly role: string;
  /** Empty where rights are not about databases. */
  readonly db: string;
}

/** What is particular about the exporter of one kind of server. */
export interface ExporterKind {
  readonly image: { readonly registry: string; readonly repository: string; readonly tag: string };
  /** Number of the user and group that the image's processes run as. */
  readonly user: number;
  /** Port of its metrics, by default. */
  readonly port: number;
  readonly args?: (address: string) => readonly string[];
  /** Variables that lead to the server; an account is a database of its own in some. */
  readonly variables?: (address: string, account: string) => Readonly<Record<string, string>>;
  /** Variables, each filled from a key of the Secret with the login; none where none is needed. */
  readonly login?: Readonly<Record<string, string>>;
  /** Least rights of an account of its own; none where all clients share one login. */
  readonly roles?: readonly Role[];
  /** Answers once the exporter itself works. */
  readonly health: string;
}

const quay = (repository: string, tag: string) => ({ registry: 'quay.io', repository, tag });
const hub = (repository: string, tag: string) => ({ registry: 'docker.io', repository, tag });

/*
 * Images and ports: prometheus-community/helm-charts of 2026-08-22 and the exporters' change logs. An
 * answer of `health` proves only that the exporter lives; whether it reaches its server is a metric,
 * such as mongodb_up, redis_up, pg_up, mysql_up or memcached_up.
 */
export const EXPORTERS = {
  mongodb: {
    image: hub('percona/mongodb_exporter', '0.53.0'),
    user: 65535,
    port: 9216,
    args: () => ['--collector.diagnosticdata', '--collector.replicasetstatus'],
    variables: (address, account) => ({
      MONGODB_URI: `mongodb://${address}/?authSource=${account}&directConnection=true`,
    }),
    login: { MONGODB_USER: 'username', MONGODB_PASSWORD: 'password' },
    roles: [
      { role: 'clusterMonitor', db: 'admin' },
      { role: 'read', db: 'local' },
    ],
    health: '/',
  },
  redis: {
    image: hub('oliver006/redis_exporter', 'v1.89.0'),
    user: 59000,
    port: 9121,
    variables: (address) => ({
      REDIS_ADDR: `redis://${address}`,
      // CONFIG GET tells the password of all clients; the metrics of INFO do without it.
      REDIS_EXPORTER_CONFIG_COMMAND: '-',
    }),
    login: { REDIS_USER: 'username', REDIS_PASSWORD: 'password' },
    // All that a scrape asks; no key can be read.
    roles: [
      {
        role: '+ping +info +client|setname +slowlog|len +slowlog|get +latency|latest +latency|histogram',
        db: '',
      },
    ],
    health: '/health',
  },
  postgres: {
    image: quay('prometheuscommunity/postgres-exporter', 'v0.20.1'),
    user: 65534,
    port: 9187,
    // PostgreSQL 17 moved its checkpoints out of what the exporter reads by default.
    args: () => ['--collector.stat_checkpointer'],
    variables: (address) => ({ DATA_SOURCE_URI: `${address}/postgres` }),
    login: { DATA_SOURCE_USER: 'username', DATA_SOURCE_PASS: 'password' },
    roles: [{ role: 'pg_monitor', db: 'postgres' }],
    health: '/',
  },
  mysqld: {
    image: quay('prometheus/mysqld-exporter', 'v0.20.0'),
    user: 65534,
    port: 9104,
    // DATA_SOURCE_NAME is gone since 0.15: an exporter that is given it alone crashes in a loop.
    args: (address) => [`--mysqld.address=${address}`, '--mysqld.username=$(MYSQLD_EXPORTER_USER)'],
    login: { MYSQLD_EXPORTER_USER: 'username', MYSQLD_EXPORTER_PASSWORD: 'password' },
    roles: [{ role: 'PROCESS, REPLICATION CLIENT, SELECT', db: '*' }],
    health: '/',
  },
  memcached: {
    image: quay('prometheus/memcached-exporter', 'v0.16.0'),
    user: 65534,
    port: 9150,
    args: (address) => [`--memcached.address=${address}`],
    health: '/',
  },
} as const satisfies Readonly<Record<string, ExporterKind>>;
export type ExporterName = keyof typeof EXPORTERS;
