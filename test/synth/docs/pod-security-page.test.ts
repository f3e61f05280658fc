import { ApiObject } from 'cdk8s';
import { eq, gt, podSecurityException, when } from '../../../synth';
import { renderEnvironments } from '../../../synth/dist';
import { podSecurityPage } from '../../../synth/docs/pod-security-page';
import { deployment, object, platformWith, type DemoTier, type Objects } from '../checks/fixture';

function pageOf(objects: (tier: DemoTier) => Objects): string {
  const platform = platformWith(
    {},
    {
      environments: { dev: { demo: { replicas: 1 } }, prod: { demo: { name: 'other' } } },
      fill: (tier) => {
        for (const [id, json] of Object.entries(objects(tier)))
          new ApiObject(tier, id, json as never);
      },
    },
  );
  const blueprint = platform.build();
  const { options } = platform;
  return podSecurityPage({ blueprint, options, tiers: renderEnvironments(blueprint) });
}

const podsWith = (annotations: object) =>
  deployment({}, { template: { metadata: { labels: { app: 'web' }, annotations }, spec: {} } });

const rowsOf = (page: string) =>
  page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test('without exceptions it says so', () => {
  expect(pageOf(() => ({ web: podsWith({ other: 'annotation' }) }))).toMatch(
    /\n\nThere are none\.\n$/,
  );
});

test('each exception has a row with object, control, value, reason and environments', () => {
  const page = pageOf(() => ({
    namespace: object(
      'v1',
      'Namespace',
      'demo',
      {},
      {
        annotations: podSecurityException('enforce', 'privileged', 'Its agents measure nodes.'),
      },
    ),
    web: podsWith({
      ...podSecurityException('hostPath', '/sys', 'It reads a|b.', 'sys'),
      ...podSecurityException('hostPID', true, 'It sees processes.'),
    }),
  }));
  expect(page).toContain('\n## demo\n\n| object ');
  expect(rowsOf(page.replaceAll('\\|', '/'))).toEqual([
    ['`Namespace/demo`', '`enforce`', '`privileged`', 'Its agents measure nodes.', 'dev, prod'],
    ['`Deployment/web`', '`hostPath.sys`', '`/sys`', 'It reads a/b.', 'dev, prod'],
    ['`Deployment/web`', '`hostPID`', '`true`', 'It sees processes.', 'dev, prod'],
  ]);
});

test('what holds in some environments, or in none, is told with them', () => {
  const page = pageOf(({ values }) => ({
    web: podsWith({
      ...when(gt(values.replicas, 1), podSecurityException('hostPID', true, 'Many.')),
      ...when(eq(values.replicas, 50), podSecurityException('hostIPC', true, 'Fifty.'), {
        ...podSecurityException('hostNetwork', true, 'Not fifty.'),
      }),
    }),
  }));
  expect(rowsOf(page)).toEqual([
    ['`Deployment/web`', '`hostPID`', '`true`', 'Many.', 'prod'],
    ['`Deployment/web`', '`hostIPC`', '`true`', 'Fifty.', 'by values'],
    ['`Deployment/web`', '`hostNetwork`', '`true`', 'Not fifty.', 'dev, prod'],
  ]);
});

test('values in it are those of the environments', () => {
  const page = pageOf(({ values }) => ({
    web: podsWith(podSecurityException('hostPath', `/run/${values.name}`, 'A socket.')),
  }));
  expect(rowsOf(page)).toEqual([
    ['`Deployment/web`', '`hostPath`', '`/run/web`', 'A socket.', 'dev'],
    ['`Deployment/web`', '`hostPath`', '`/run/other`', 'A socket.', 'prod'],
  ]);
});
