import { schema, type BadSeed } from './seed';

/* Changes of a chart's values that an upgrade must not make. */

const NOTE = 'or name it under "Upgrade notes" in CHANGELOG.md.';

export const badValues: readonly BadSeed[] = [
  {
    title: 'a value that is gone',
    files: schema({ motto: null }),
    says: [
      'chart, value-removed',
      `Value web.motto is gone, which v1 had, and Helm refuses values files that set it; keep it, ${NOTE}`,
    ],
  },
  {
    title: 'a global value that no tier reads any more',
    files: schema({ global: { properties: { domain: null } } }),
    says: [
      'chart, value-removed',
      `Value global.domain is gone, which v1 had, and Helm refuses values files that set it; keep it, ${NOTE}`,
    ],
  },
  {
    title: 'a value of another type',
    files: schema({ replicas: { type: 'string', minimum: null, maximum: null, default: '2' } }),
    says: [
      'chart, value-retyped',
      `Value web.replicas was of type integer in v1 and is of type string now; give the value of the new type a name of its own, ${NOTE}`,
    ],
  },
  {
    title: 'a value of the type of another definition',
    files: {
      'charts/web/values.schema.json': {
        definitions: {
          size: { type: 'integer' },
          group: {
            type: 'object',
            properties: { size: { $ref: '#/definitions/size' }, user: { type: 'string' } },
          },
        },
        properties: {
          store: {
            ...{ type: null, additionalProperties: null, properties: null },
            $ref: '#/definitions/group',
          },
        },
      },
    },
    says: [
      'chart, value-retyped',
      `Value web.store.size was of type string in v1 and is of type integer now; give the value of the new type a name of its own, ${NOTE}`,
    ],
  },
  {
    title: 'a map that has keys of its own choice no longer',
    files: schema({ labels: { additionalProperties: false, properties: { team: {} } } }),
    says: [
      'chart, value-retyped',
      `Value web.labels had keys of any name in v1, and only team now; take the others too, ${NOTE}`,
    ],
  },
  {
    title: 'a range that an overlay is outside of',
    files: schema({ replicas: { maximum: 20 } }),
    says: [
      'chart, value-narrowed',
      `Value web.replicas is 30; it must be <= 20, but values-prod.yaml of v1 was accepted with it; accept it further, ${NOTE}`,
    ],
  },
  {
    title: 'a pattern that the default does not match',
    files: {
      ...schema({ motto: { pattern: '^[a-z]*$', default: 'hello' } }),
      'charts/web/values.yaml': { motto: 'hello' },
    },
    says: [
      'chart, value-narrowed',
      `Value web.motto is "Hello"; it must match ^[a-z]*$, but values.yaml of v1 was accepted with it; accept it further, ${NOTE}`,
    ],
  },
  {
    title: 'a key that items of a list must have now',
    files: schema({ hosts: { items: { required: ['name', 'path'] } } }),
    says: [
      'chart, value-required',
      `Value web.hosts[].path must be there now, which it need not in v1; do without it where it is missing, ${NOTE}`,
    ],
  },
  {
    title: 'another default of a value that is for good',
    files: { 'charts/web/values.yaml': { store: { size: '5Gi' } } },
    says: [
      'chart, default-changed',
      `Value web.store.size changes its default from "1Gi" to "5Gi", but a claim keeps its size; leave the default, and set it in the environments that are new, ${NOTE}`,
    ],
  },
  {
    title: 'an overlay that is gone',
    files: { 'values-prod.yaml': null },
    says: [
      'chart, overlay-removed',
      'values-prod.yaml is gone from the chart, which v1 had, and releases are upgraded with it; keep the environment or overlay, or name the file under "Upgrade notes" in CHANGELOG.md.',
    ],
  },
];
