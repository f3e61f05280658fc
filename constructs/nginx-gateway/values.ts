import { z } from 'zod';
import { imageSchema, optionalDnsName } from '../../synth';
import { podValues } from '../pod-values';
import { resourcesSchema, type ResourceDefaults } from '../resources';

const seconds = (initially: number, what: string) =>
  z.int().min(1).max(3600).default(initially).describe(`Seconds ${what}.`);
const number = (initially: number, what: string) =>
  z.int().min(1).max(100_000).default(initially).describe(what);

const logFileValues = () =>
  z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Whether the access log, where there is one, is kept in files of the pod, too.'),
      keep: z.int().min(1).max(365).default(7).describe('Old files that are kept, compressed.'),
      maxMB: z
        .int()
        .min(1)
        .max(10_000)
        .default(100)
        .describe(
          'Size in MB at which a file ends, if its day does not; the volume is for five such.',
        ),
      resources: resourcesSchema({ cpu: '10m', memory: '16Mi', limit: '64Mi' }),
    })
    .describe('Access log in files, which end with the pod.');

export interface NginxDefaults {
  readonly image: { registry: string; repository: string; tag: string };
  readonly exporter: { registry: string; repository: string; tag: string };
  readonly resources: ResourceDefaults;
  /** Seconds for an answer of an upstream; a server behind another must give up before that one. */
  readonly read: number;
}

/** Values of every nginx of ours; spread them into its group. */
export const nginxValues = (defaults: NginxDefaults) => ({
  image: imageSchema(defaults.image),
  replicas: z.int().min(0).max(100).default(2).describe('Pods.'),
  workers: z
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe('Processes that serve; nginx itself would start one for each CPU of the node.'),
  connections: number(1024, 'Connections of each worker, those to upstreams included.'),
  resources: resourcesSchema(defaults.resources),
  logs: z
    .strictObject({
      access: z.boolean().default(true).describe('Whether each request is logged, as JSON.'),
      level: z
        .enum(['info', 'notice', 'warn', 'error'])
        .default('warn')
        .describe('Least severity in the error log.'),
      files: logFileValues(),
    })
    .describe('Logs on standard output; the node rotates them.'),
  trustedProxy: z
    .string()
    .regex(/^[0-9a-f.:]+\/[0-9]+$/)
    .default('127.0.0.1/32')
    .describe(
      'Address block of a proxy with public addresses whose X-Forwarded-For is believed; private ones are.',
    ),
  timeouts: z
    .strictObject({
      header: seconds(10, 'that a client has for the headers of a request'),
      body: seconds(15, 'between two pieces of a body'),
      send: seconds(30, 'between two pieces of an answer that a client takes'),
      idle: seconds(65, 'that an unused connection of a client stays open'),
      connect: seconds(2, 'to connect to an upstream'),
      read: seconds(defaults.read, 'between two pieces of an answer of an upstream'),
      drain: z
        .int()
        .min(1)
        .max(600)
        .default(30)
        .describe(
          'Seconds that requests have to end when a pod stops or takes a new configuration.',
        ),
    })
    .describe('How long is waited.'),
  upstreams: z
    .strictObject({
      keepalive: number(32, 'Unused connections that each worker keeps to each upstream.'),
      maxFails: number(3, 'Failures after which an address is left out.'),
      failSeconds: seconds(10, 'in which failures count, and for which an address is left out'),
      tries: z.int().min(1).max(10).default(3).describe('Addresses that a request is tried at.'),
      trySeconds: seconds(10, 'after which no further address is tried'),
    })
    .describe('Servers that requests are passed to.'),
  resolver: z
    .strictObject({
      host: optionalDnsName()
        .default('')
        .describe('DNS server, an IPv4 address or a name; empty: kube-dns of the DNS namespace.'),
      seconds: seconds(5, 'after which names are looked up again'),
    })
    .describe('How upstreams are found.'),
  metrics: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether an exporter runs beside nginx.'),
      image: imageSchema(defaults.exporter),
      resources: resourcesSchema({ cpu: '10m', memory: '16Mi', limit: '64Mi' }),
    })
    .describe('Metrics for Prometheus.'),
  ...podValues(),
});
export type NginxValues = z.output<z.ZodObject<ReturnType<typeof nginxValues>>>;

/** Values of the limits of a public route. */
export const limitValues = () =>
  z
    .strictObject({
      bodyMB: number(10, 'Largest body of a request in MB; a larger one is answered 413.'),
      perSecond: number(20, 'Requests that a client has each second, at each pod; more get 429.'),
      burst: number(40, 'Requests beyond that rate that are served at once.'),
      connections: number(50, 'Requests of one client at a time, at each pod.'),
    })
    .describe('Limits for each client address.');
export type LimitValues = z.output<ReturnType<typeof limitValues>>;
