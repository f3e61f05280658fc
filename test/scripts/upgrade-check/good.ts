import { schema, type Seed } from './seed';

/* Changes that an upgrade may make. */

export const good: readonly Seed[] = [
  { title: 'nothing' },
  {
    title: 'a new object',
    objects: {
      more: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'more', namespace: 'shop' },
        data: {},
      },
    },
  },
  {
    title: 'another image, more replicas and other settings',
    objects: {
      web: {
        spec: {
          replicas: 3,
          template: {
            spec: { containers: [{ name: 'web', image: 'docker.io/library/web:2.0.0' }] },
          },
        },
      },
      store: {
        spec: {
          replicas: 3,
          template: {
            spec: { containers: [{ name: 'store', image: 'docker.io/library/store:2.0.0' }] },
          },
        },
      },
      settings: { data: { color: 'red' } },
      webService: { spec: { ports: [{ port: 8080 }] } },
    },
  },
  {
    title: 'a larger claim',
    objects: { dumps: { spec: { resources: { requests: { storage: '6Gi' } } } } },
  },
  {
    title: 'a Job of another name in the place of the old',
    objects: {
      migrate: {
        metadata: { name: 'migrate-2' },
        spec: {
          template: {
            spec: { containers: [{ name: 'migrate', image: 'docker.io/library/migrate:2.0.0' }] },
          },
        },
      },
    },
  },
  {
    title: 'parts of a schema that become definitions, which hold each other',
    files: {
      'charts/web/values.schema.json': {
        definitions: {
          name: { type: 'string' },
          text: { type: 'string' },
          host: {
            type: 'object',
            additionalProperties: false,
            required: ['name'],
            properties: { name: { $ref: '#/definitions/name' }, path: { type: 'string' } },
          },
        },
        properties: {
          hosts: {
            items: {
              ...{ type: null, additionalProperties: null, required: null, properties: null },
              $ref: '#/definitions/host',
            },
          },
          labels: { additionalProperties: { type: null, $ref: '#/definitions/name' } },
          store: {
            properties: {
              size: { type: null, default: null, $ref: '#/definitions/name' },
              user: { type: null, default: null, $ref: '#/definitions/text' },
            },
          },
        },
      },
    },
  },
  {
    title: 'defaults of the API server that are written out',
    objects: {
      store: { spec: { podManagementPolicy: 'OrderedReady', revisionHistoryLimit: 10 } },
      class: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
      priority: { preemptionPolicy: 'PreemptLowerPriority' },
      dumps: { spec: { volumeMode: 'Filesystem' } },
      migrate: { spec: { completionMode: 'NonIndexed', completions: 1 } },
    },
  },
  {
    title: 'an object that holds no data is gone',
    objects: { settings: null, web: null, webService: null },
  },
  {
    title: 'values more, and wider ones',
    files: schema({
      replicas: { type: 'number', minimum: 0, maximum: 100 },
      motto: { pattern: '^[A-Za-z !]*$', default: 'Hello!' },
      color: { type: 'string', default: 'blue' },
      hosts: { items: { required: [] } },
      store: { properties: { user: { default: 'admin' } } },
    }),
  },
];
