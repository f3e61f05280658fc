import { z } from 'zod';

/*
 * What a program reads of a platform, and what all pages are made from. docs/services.json has this
 * shape, and docs/services.schema.json tells it to others.
 */

const environments = z
  .array(z.string())
  .describe('Where it is so. Nowhere: the system is off everywhere, and this is its default.');
const fact = <S extends z.ZodRawShape>(shape: S) => z.strictObject({ ...shape, environments });
const facts = <S extends z.ZodRawShape>(what: string, shape: S) =>
  z.array(fact(shape)).describe(what);
const text = (what: string) => z.string().describe(what);
const port = (what: string) => z.int().min(1).max(65535).describe(what);

const party = z
  .strictObject({ tier: text('Tier of the system.'), name: text('Name of the system.') })
  .describe('A system of the platform.');

const connection = {
  to: party,
  port: port('Port of the other system.'),
  protocol: text('TCP, UDP or SCTP.'),
  required: z
    .boolean()
    .optional()
    .describe('Whether it waits for the other in readiness; left out where only policies tell.'),
  secret: text('Secret that it logs in with.').optional(),
  external: z
    .strictObject({ host: text('Host.'), port: port('Port.') })
    .optional()
    .describe('Where it goes instead, outside the platform.'),
};

const peer = {
  direction: z.enum(['in', 'out']).describe('Whether it may reach the system, or be reached.'),
  kind: z
    .enum(['tier', 'namespace', 'address', 'anyone'])
    .describe('A whole tier, pods of a namespace, an address block, or every address.'),
  name: text('Name, address block, or label selector; empty for anyone.'),
  ports: z
    .array(z.string())
    .describe('Ports and ranges, with the protocol where it is not TCP; none: every port.'),
};

const system = z.strictObject({
  tier: text('Tier that it belongs to.'),
  name: text('Label app.kubernetes.io/name; where systems share it, the name of the object.'),
  component: text('Label app.kubernetes.io/component.').optional(),
  kind: text('Kind of the object that makes its pods.'),
  environments: z.array(z.string()).describe('Where it is on.'),
  scale: facts('Pods where the kind has a number: equal where nothing scales it.', {
    min: z.int().describe('The fewest.'),
    max: z.int().describe('The most.'),
  }),
  schedule: facts('When a CronJob runs.', {
    cron: text('Five cron fields.'),
    timeZone: text('Time zone.').optional(),
    suspended: z.boolean().describe('Whether it is suspended.'),
  }),
  images: facts('What its containers run.', {
    container: text('Name of the container.'),
    image: text('Reference of the image.'),
    init: z.boolean().describe('Whether it runs before the others.'),
  }),
  ports: facts('Where it listens.', {
    port: port('Number in the pod.'),
    protocol: text('TCP, UDP or SCTP.'),
    name: text('Name of the port.').optional(),
    container: text('Container that declares it; left out where none does.').optional(),
    purpose: text('What listens there, from the port registry.').optional(),
    services: z.array(z.string()).describe('Services that lead to it, as name:port.'),
  }),
  scrapes: facts('Where its metrics are read.', {
    port: port('Port.'),
    path: text('Path.'),
  }),
  stores: facts('Volumes that outlive its pods.', {
    claim: text('Name of the claim, or of its template.'),
    perPod: z.boolean().describe('Whether each pod has one of its own, made from a template.'),
    mount: text('Folder in the container.').optional(),
    size: text('Size that is asked for.').optional(),
  }),
  routes: facts('Where it is reached from outside the cluster.', {
    via: text('Kind of the object that says so; of a Service its type.'),
    host: text('Public host, where the object names one.').optional(),
    path: text('Prefix of the path.').optional(),
    port: text('Port of the Service, by name or number.').optional(),
    tls: text('Secret with the certificate.').optional(),
  }),
  connections: facts('Which systems it talks to.', connection),
  peers: facts('Who else may reach it, and what else it may reach, by network policies.', peer),
  secrets: facts('Secrets that its pods read.', {
    secret: text('Name of the Secret.'),
    keys: z.array(z.string()).describe('Keys that are read; none: all of them.'),
  }),
  backsUp: facts('Stores of its tier that it backs up.', { store: text('Name of the store.') }),
});

/** Goes up when a field goes or changes its meaning; new fields are no new version. */
export const VERSION = 1;

export const shape = z.strictObject({
  version: z.literal(VERSION).describe('Version of this shape.'),
  platform: z.strictObject({
    name: text('Name of the chart.'),
    version: text('Version of the chart.'),
    description: text('What it is.'),
  }),
  environments: z.array(z.strictObject({ name: text('Name.'), summary: text('What it changes.') })),
  tiers: z
    .array(
      z.strictObject({
        name: text('Name.'),
        description: text('What it is.'),
        namespaces: facts('Where its pods are.', { namespace: text('Namespace.') }),
      }),
    )
    .describe('In the order that they come up.'),
  secrets: z
    .array(
      z.strictObject({
        tier: text('Tier of who reads it.'),
        name: text('Name of the Secret.'),
        makers: facts('Who makes it.', {
          by: text(
            'Kind of the object that makes it, or the system that may, as tier/name; empty: someone else, before the tier starts.',
          ),
        }),
      }),
    )
    .describe('Secrets that pods and routes read.'),
  systems: z.array(system).describe('All that makes pods, tier by tier.'),
});

/** A platform without its manifests: what runs where, and who talks to whom. */
export type Model = z.output<typeof shape>;
export type Tier = Model['tiers'][number];
export type System = Model['systems'][number];
export type Connection = System['connections'][number];
export type Peer = System['peers'][number];

/** Something that is so in some environments. */
export type Fact<T> = T & { environments: string[] };
