import { SmallPlatform } from '../small-platform';
import { ask, askEveryLine, codeAt, rowsOf, type Rows } from './answers';

// Each command is a program that composes a platform.
jest.setTimeout(60_000);

const DIST = 'dist/prod/01-web.k8s.yaml';
const TEMPLATES = 'helm/small/charts/web/templates';
const PAGE = 'helm/small/charts/web/files/page.html';

let small: SmallPlatform;
let answers: ReadonlyMap<string, Rows>;

beforeAll(async () => {
  small = new SmallPlatform();
  await small.synth();
  const files = [DIST, `${TEMPLATES}/web/deployment.yaml`, PAGE];
  answers = await askEveryLine(small.path, files);
});

afterAll(() => {
  small.remove();
});

const at = (file: string, text: string) => small.line(file, text);
/** What is said of the only line of a file that holds the text. */
const rows = (file: string, text: string) => answers.get(at(file, text)) ?? {};

test('a line of dist/ has its object, field, construct, code and values', () => {
  const made = [
    at('constructs/web-service.ts', "new Manifest(this, 'deployment'"),
    at('charts/web.ts', 'new WebService('),
    at('main.ts', 'new WebTier('),
  ];
  expect(rows(DIST, 'replicas: 3')).toEqual({
    object: 'Deployment web/web',
    line: 'replicas: 3',
    field: 'spec.replicas',
    construct: 'web/web/deployment',
    'made by': made.join(' <- '),
    written: at('constructs/web-service.ts', 'replicas: props.replicas'),
    template: `${TEMPLATES}/web/deployment.yaml`,
    values: `web.replicas = 3, default 1, prod sets it (${at('environments.ts', 'replicas: 3')})`,
  });
});

describe('the code that writes a line is found', () => {
  test.each([
    ['in the literal', 'kind: StatefulSet', 'constructs/store.ts', "kind: 'StatefulSet'"],
    ['in what a function returns', 'value: many', 'constructs/web-service.ts', "name: 'MODE'"],
    ['in another file', 'periodSeconds: 1', 'constructs/probes.ts', 'periodSeconds: 1,'],
    ['in what a construct was given', 'envoy:1.2.3', 'charts/web.ts', 'envoy:1.2.3'],
    ['in what its base was given', 'busybox:1.0.0', 'charts/web.ts', 'busybox:1.0.0'],
    ['in the constructor of its base', ': Always', 'constructs/tasks.ts', 'this.container ='],
    ['in a getter', 'team: night', 'constructs/tasks.ts', 'team: this.options.team'],
    ['in a variable', ': Never', 'constructs/jobs.ts', 'containers: [this.container]'],
    ['in the likeliest item', 'nginx:1.2.3', 'constructs/web-service.ts', '    image,'],
    ['in a function for each item', 'host: www.example.com', 'charts/web.ts', '  host,'],
    ['where a value is inserted', 'cpu: "100m"', 'constructs/web-service.ts', '    resources,'],
    ['in a file', 'echo ready', 'charts/script.sh', 'echo ready'],
    ['in a text', 'example.com</h1>', 'charts/web.ts', '${global.domain}</h1>'],
  ])('%s', (_, line, file, text) => {
    expect(rows(DIST, line)['written']).toBe(at(file, text));
  });

  test('by its text where no literal leads to it', () => {
    expect(rows(DIST, 'Then the rest.')['written']?.split('\n')).toEqual([
      `${at('charts/motto.txt', 'Then the rest.')}, the only place with this text`,
      `${at('constructs/files.ts', ' data,')}, which makes data`,
    ]);
  });

  test('as far as it goes', () => {
    const { written } = rows(DIST, 'schedule: "5 4 * * *"');
    expect(written).toBe(at('constructs/jobs.ts', ' schedule,'));
    const start = small.read(DIST).split('\n').indexOf('kind: CronJob');
    const metadata = at('constructs/jobs.ts', 'metadata: { name, labels');
    expect(answers.get(`${DIST}:${String(start + 4)}`)).toMatchObject({
      field: 'metadata.namespace',
      written: `${metadata}, which makes metadata`,
      values: 'global.namespaces.web = "web", the default',
    });
  });
});

test('what a construct makes late has the lines that made the construct, too', () => {
  const made = rows(DIST, 'kind: CronJob')['made by']?.split(' <- ');
  expect(made?.[0]).toBe(at('constructs/jobs.ts', 'new Manifest(this'));
  expect(made?.slice(-2)).toEqual([
    at('charts/web.ts', 'new NightJobs('),
    at('main.ts', 'new WebTier('),
  ]);
});

test('an object of a library has the line of the project that asked for it', () => {
  expect(rows(DIST, 'kind: ServiceAccount')['made by']).toBe(
    [at('charts/web.ts', 'new kplus.ServiceAccount('), at('main.ts', 'new WebTier(')].join(' <- '),
  );
});

describe('the values of a line', () => {
  test('are all that it is made of, whoever sets them', () => {
    expect(rows(DIST, 'nginx:1.2.3')['values']?.split('\n')).toEqual([
      'web.image.registry = "docker.io", the default',
      'web.image.repository = "library/nginx", the default',
      `web.image.tag = "1.2.3", default "1.0.0", prod sets it (${at('environments.ts', 'tag:')})`,
      'web.image.digest = "", the default',
      'global.imageRegistry = "", the default',
    ]);
  });

  test('are those of the line, not of the whole text around it', () => {
    expect(rows(DIST, '<h1>Welcome')['values']).toBe(
      `web.greeting = "Welcome", default "Hello", prod sets it (${at('environments.ts', 'Welcome')})`,
    );
    expect(rows(DIST, 'This is small')['values']).toBe('none');
  });

  test('are those of the item, not of the whole list', () => {
    const hosts = at('environments.ts', 'hosts:');
    const first = 'web.hosts.1.name = "shop.example.com", prod sets it';
    expect(rows(DIST, 'host: shop.example.com')['values']?.split('\n')[0]).toBe(
      `${first} (${hosts})`,
    );
  });

  test('say what a later change does not reach', () => {
    expect(rows(DIST, 'storage: "1Gi"')['values']).toBe(
      'web.storage = "1Gi", the default, immutable: a claim keeps its size.',
    );
  });

  test('include those that decide whether the line is there', () => {
    expect(rows(DIST, 'value: many')).toMatchObject({
      'there if': 'gt(web.replicas, 1)',
      values: expect.stringContaining('web.replicas = 3') as string,
    });
    expect(rows(DIST, 'kind: Ingress')['there if']).toBe('notEmpty(web.hosts)');
  });
});

test('a line inside of a value that is inserted whole has that value only', () => {
  expect(rows(DIST, 'cpu: "100m"')).toMatchObject({
    field: 'spec.template.spec.containers[1].resources.requests.cpu',
    values: 'web.resources.requests.cpu = "100m", the default',
  });
});

describe('in a chart', () => {
  test('a template has its object and construct', async () => {
    const [answer = ''] = await ask(small.path, [[`${TEMPLATES}/web/deployment.yaml`]]);
    const { object, construct, ...more } = rowsOf(answer);
    expect({ object, construct }).toEqual({
      object: 'Deployment web/web',
      construct: 'web/web/deployment',
    });
    expect(Object.keys(more)).toEqual(['made by', 'template']);
  });

  test('a line of a template has its field and the values that it names', () => {
    expect(rows(`${TEMPLATES}/web/deployment.yaml`, 'replicas: {{')).toMatchObject({
      field: 'spec.replicas',
      written: at('constructs/web-service.ts', 'replicas: props.replicas'),
      values: `web.replicas, default 1, prod sets it to 3 (${at('environments.ts', 'replicas: 3')})`,
    });
    expect(rows(`${TEMPLATES}/web/deployment.yaml`, 'value: one')).toMatchObject({
      field: 'spec.template.spec.containers[].env[].value',
      values: 'none',
    });
  });

  test('a line of a configuration file has the object that holds it', () => {
    expect(rows(PAGE, '<h1>')).toMatchObject({
      object: 'ConfigMap web/web',
      field: 'data["page.html"], line 1 of the text',
      written: at('charts/web.ts', '<h1>'),
      values: `web.greeting, default "Hello", dev sets it to "Hi" (${at('environments.ts', "'Hi'")}), prod sets it to "Welcome" (${at('environments.ts', 'Welcome')})`,
    });
  });
});

test('every line of dist/ leads to the `new` that made its object', () => {
  const lines = [...answers].filter(([place]) => place.startsWith('dist/'));
  expect(lines.length).toBeGreaterThan(100);
  for (const [place, { line = '', 'made by': made = '' }] of lines) {
    expect(line).toBe(codeAt(small.path, place).trim());
    expect(codeAt(small.path, made)).toMatch(/\b(new (Manifest|kplus\.\w+)|super)\(/);
    expect(made.split(' <- ').at(-1)).toBe(at('main.ts', 'new WebTier('));
  }
});
