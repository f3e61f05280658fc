import { parseQuantity } from '../../../synth/checks/quantity';
import { deploymentOf, findings, object } from './fixture';

const PLACE = '/spec/template/spec/containers/0/resources';
const of = (resources: object) => ({ web: deploymentOf({ resources }) });
const told = (message: string) => [`[demo/web in dev] Deployment/web: ${message}`];

describe('a quantity', () => {
  const NANO = 1_000_000_000n;

  test.each<[string | number, bigint]>([
    [0, 0n],
    [1.5, (NANO * 3n) / 2n],
    ['0', 0n],
    ['1', NANO],
    ['+1', NANO],
    ['-1', -NANO],
    ['1.', NANO],
    ['500m', NANO / 2n],
    ['3u', 3000n],
    ['7n', 7n],
    ['0.5n', 1n],
    ['1.0n', 1n],
    ['1.1n', 2n],
    ['1k', 1000n * NANO],
    ['1M', 10n ** 6n * NANO],
    ['1G', 10n ** 9n * NANO],
    ['1T', 10n ** 12n * NANO],
    ['1P', 10n ** 15n * NANO],
    ['1E', 10n ** 18n * NANO],
    ['1e3', 1000n * NANO],
    ['1e12', 10n ** 12n * NANO],
    ['1E3', 1000n * NANO],
    ['5e-1', NANO / 2n],
    ['1Ki', 1024n * NANO],
    ['1.5Ki', 1536n * NANO],
    ['1Mi', 2n ** 20n * NANO],
    ['1Gi', 2n ** 30n * NANO],
    ['1Ti', 2n ** 40n * NANO],
    ['1Pi', 2n ** 50n * NANO],
    ['1Ei', 2n ** 60n * NANO],
    ['0.1Gi', 107_374_182_400_000_000n],
  ])('%j is read as Kubernetes reads it', (text, nano) => {
    expect(parseQuantity(text)).toBe(nano);
  });

  test.each(['', 'x', '1GB', '1 Gi', '1gi', 'Gi', '.', '1K', '1e', '1e100', '0x10', '1,5', true])(
    '%j is none',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );
});

describe('request-above-limit:', () => {
  const found = (request: object, limit: object) =>
    findings('request-above-limit', of({ requests: request, limits: limit }));

  test.each<[string | number, string | number]>([
    ['1Gi', '1024Mi'],
    ['999M', '1Gi'],
    ['500m', '0.5'],
    [1, 1],
    ['x', '1'],
  ])('%j is not above %j', (request, limit) => {
    expect(found({ memory: request }, { memory: limit })).toEqual([]);
  });

  test('a request above the limit of its resource is found', () => {
    expect(found({ cpu: '1100m', memory: '1Gi' }, { cpu: 1, memory: '1G' })).toEqual([
      ...told(
        `${PLACE}/requests/cpu is "1100m", but the limit is 1; lower the request, or raise the limit (request-above-limit).`,
      ),
      ...told(
        `${PLACE}/requests/memory is "1Gi", but the limit is "1G"; lower the request, or raise the limit (request-above-limit).`,
      ),
    ]);
    expect(found({ cpu: '2' }, { memory: '1Gi' })).toEqual([]);
  });
});

describe('missing-resources:', () => {
  const found = (resources: object | undefined) =>
    findings('missing-resources', of({ ...resources }));
  const lacks = (list: string) =>
    told(
      `${PLACE} lacks ${list}; say what container web needs and how much memory it may take (missing-resources).`,
    );

  test('requests, or limits in their place, and a memory limit are enough', () => {
    const requests = { cpu: '1', memory: '1Gi' };
    expect(found({ requests, limits: { memory: '1Gi' } })).toEqual([]);
    expect(found({ limits: requests })).toEqual([]);
  });

  test('what is missing is listed', () => {
    expect(found({})).toEqual(lacks('requests/cpu, requests/memory, limits/memory'));
    expect(found({ requests: { cpu: '1', memory: '1Gi' } })).toEqual(lacks('limits/memory'));
    expect(found({ limits: { memory: '1Gi' } })).toEqual(lacks('requests/cpu'));
  });

  test('containers that run first are looked at too', () => {
    const template = { spec: { initContainers: [{ name: 'first' }], containers: [] } };
    const job = object('batch/v1', 'Job', 'job', { spec: { template } });
    expect(findings('missing-resources', { job })).toEqual([
      '[demo/job in dev] Job/job: /spec/template/spec/initContainers/0/resources lacks requests/cpu, requests/memory, limits/memory; say what container first needs and how much memory it may take (missing-resources).',
    ]);
  });
});

describe('bad-quantity:', () => {
  const NONE = 'is no quantity; write it as 0.5, 500m, 512Mi or 10Gi (bad-quantity).';
  const PART =
    'is less than nothing or a part of a byte; write it as 0.5, 500m, 512Mi or 10Gi (bad-quantity).';

  test('of a container', () => {
    const sound = { cpu: '500m', memory: '0.1Gi', 'ephemeral-storage': '1G', 'nvidia.com/gpu': 0 };
    expect(findings('bad-quantity', of({ requests: sound, limits: sound }))).toEqual([]);
    expect(findings('bad-quantity', of({ limits: { 'ephemeral-storage': '1m' } }))).toHaveLength(1);
    const bad = { cpu: '1 core', memory: '512m', 'ephemeral-storage': '-1' };
    expect(findings('bad-quantity', of({ limits: bad }))).toEqual([
      ...told(`${PLACE}/limits/cpu is "1 core", which ${NONE}`),
      ...told(`${PLACE}/limits/memory is "512m", which ${PART}`),
      ...told(`${PLACE}/limits/ephemeral-storage is "-1", which ${PART}`),
    ]);
  });

  test('of a claim, and of a claim that a StatefulSet makes', () => {
    const spec = (storage: string) => ({ resources: { requests: { storage } } });
    const objects = (storage: string) => ({
      claim: object('v1', 'PersistentVolumeClaim', 'claim', { spec: spec(storage) }),
      store: object('apps/v1', 'StatefulSet', 'store', {
        spec: { volumeClaimTemplates: [{ spec: spec(storage) }] },
      }),
    });
    expect(findings('bad-quantity', objects('10Gi'))).toEqual([]);
    expect(findings('bad-quantity', objects('512m'))).toHaveLength(2);
    expect(findings('bad-quantity', objects('10GB'))).toEqual([
      `[demo/claim in dev] PersistentVolumeClaim/claim: /spec/resources/requests/storage is "10GB", which ${NONE}`,
      `[demo/store in dev] StatefulSet/store: /spec/volumeClaimTemplates/0/spec/resources/requests/storage is "10GB", which ${NONE}`,
    ]);
  });
});
