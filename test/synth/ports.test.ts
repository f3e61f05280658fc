import { ports, registry } from '../../platform/ports';
import { Platform, portRegistry, type PortRegistry } from '../../synth';
import { checkRegistry } from '../../synth/check-ports';
import { freeIn } from '../../synth/ports';
import { Problems } from '../../synth/problems';
import { addTier, environment, problemsOf } from './fixture';

const ranges = {
  api: { from: 3100, to: 3199, purpose: 'APIs.', tiers: ['app'] },
  network: { from: 8000, to: 8099, purpose: 'Gateways.' },
  monitoring: { from: 9000, to: 9199, purpose: 'Metrics.' },
};
const purpose = 'For tests.';
const cadvisor = { tier: 'monitoring', owner: 'cadvisor', purpose } as const;
const nginx = { tier: 'network', owner: 'nginx', purpose } as const;
const traefik = { tier: 'network', owner: 'traefik', purpose } as const;
const web = { tier: 'app', owner: 'web', purpose } as const;

function complaints(checked: PortRegistry): string[] {
  const problems = new Problems();
  checkRegistry(checked, problems);
  return problems.all.map(({ where, message }) => `[${where}] ${message}`);
}

test('the registry of the reference platform has no problem, and its ports are numbers', () => {
  expect(complaints(registry)).toEqual([]);
  expect(ports).toMatchObject({ nodeService: 3100, nodeMetrics: 9464, mongodb: 27017 });
});

test('a platform tells what is wrong with its registry', () => {
  const chart = { name: 'demo', description: 'A demo.', version: '1.0.0', appVersion: '1.0.0' };
  const platform = new Platform({
    chart: { ...chart, kubeVersion: '>=1.28.0-0' },
    environments: [environment()],
    ports: portRegistry({ ranges, ports: { web: { port: 0, range: 'api', ...web } } }),
  });
  addTier(platform, 'demo', {});
  expect(problemsOf(() => platform.build())).toEqual([
    '[port web] 0 is no port; use a whole number from 1 to 65535.',
  ]);
});

describe('a number has one owner:', () => {
  test('8081 of the old platform had cAdvisor and an nginx backend', () => {
    const found = portRegistry({
      ranges,
      ports: {
        cadvisor: { port: 8081, range: 'monitoring', ...cadvisor },
        nginxBackend: { port: 8081, range: 'network', ...nginx },
      },
    });
    expect(complaints(found)).toEqual([
      '[port cadvisor] 8081 lies outside range monitoring, 9000 to 9199; take 9000, which is free in range monitoring.',
      '[port nginxBackend] 8081 has two owners, cadvisor of tier monitoring in port cadvisor and nginx of tier network; take 8000, which is free in range network.',
    ]);
  });

  test('80 and 443 of the old platform had two gateways', () => {
    const wellKnown = 'RFC 9110';
    const found = portRegistry({
      ranges,
      ports: {
        nginxHttp: { port: 80, wellKnown, ...nginx },
        nginxHttps: { port: 443, wellKnown, ...nginx },
        traefikHttp: { port: 80, wellKnown, ...traefik },
        traefikHttps: { port: 443, wellKnown, ...traefik },
      },
    });
    const rest = 'take 8000, which is free in range network, or name traefik in sharedBy of port';
    expect(complaints(found)).toEqual([
      `[port traefikHttp] 80 has two owners, nginx of tier network in port nginxHttp and traefik of tier network; ${rest} nginxHttp.`,
      `[port traefikHttps] 443 has two owners, nginx of tier network in port nginxHttps and traefik of tier network; ${rest} nginxHttps.`,
    ]);
  });

  test('of a well-known number and a chosen one, the chosen one moves', () => {
    const chosen = { port: 3100, range: 'api', ...web } as const;
    const loki = { port: 3100, wellKnown: 'docs', tier: 'monitoring', owner: 'loki', purpose };
    const message =
      '[port web] 3100 has two owners, loki of tier monitoring in port loki and web of tier app; take 3101, which is free in range api.';
    const first = portRegistry({ ranges, ports: { loki, web: chosen } });
    const last = portRegistry({ ranges, ports: { web: chosen, loki } });
    expect([complaints(first), complaints(last)]).toEqual([[message], [message]]);
  });

  test('where its tier has no range, no number can be proposed', () => {
    const wellKnown = 'docs';
    const found = portRegistry({
      ranges: {},
      ports: {
        postgres: { port: 5432, wellKnown, tier: 'data', owner: 'postgres', purpose },
        other: { port: 5432, wellKnown, tier: 'data', owner: 'other', purpose },
      },
    });
    expect(complaints(found)).toEqual([
      '[port other] 5432 has two owners, postgres of tier data in port postgres and other of tier data; give one another number, or name other in sharedBy of port postgres.',
    ]);
  });

  test('several may share a well-known one, where it says so', () => {
    const metrics = { port: 9464, wellKnown: 'docs', ...web } as const;
    const sharedBy = { owners: [{ tier: 'mcp', owner: 'mcp-git' }], reason: 'A sidecar.' } as const;
    const other = { port: 9464, wellKnown: 'docs', tier: 'mcp', owner: 'mcp-git', purpose };
    const shared = { ...metrics, sharedBy };
    expect(complaints(portRegistry({ ranges, ports: { shared } }))).toEqual([]);
    expect(complaints(portRegistry({ ranges, ports: { shared, other } }))).toEqual([
      '[port other] 9464 is registered twice for mcp-git of tier mcp, the other time in port shared; remove one.',
    ]);
  });

  test('of one name in two tiers, it has two owners', () => {
    const wellKnown = 'docs';
    const found = portRegistry({
      ranges,
      ports: {
        a: { port: 80, wellKnown, ...nginx },
        b: { port: 80, wellKnown, ...nginx, tier: 'app' },
      },
    });
    expect(complaints(found)).toEqual([
      '[port b] 80 has two owners, nginx of tier network in port a and nginx of tier app; take 3100, which is free in range api, or name nginx in sharedBy of port a.',
    ]);
  });

  test('whom it is registered to once', () => {
    const [a, b] = [
      { port: 3100, range: 'api', ...web } as const,
      { port: 3100, range: 'api', ...web } as const,
    ];
    expect(complaints(portRegistry({ ranges, ports: { a, b } }))).toEqual([
      '[port b] 3100 is registered twice for web of tier app, the other time in port a; remove one.',
    ]);
  });
});

describe('a number that we choose lies in a range of its tier:', () => {
  const port = (number: number, from = 3100, to = 3101) =>
    complaints(
      portRegistry({
        ranges: { api: { ...ranges.api, from, to } },
        ports: {
          first: { port: 3100, range: 'api', ...web },
          web: { port: number, range: 'api', tier: 'app', owner: 'other', purpose },
        },
      }),
    );

  test('its ends belong to it', () => {
    expect(port(3101)).toEqual([]);
    expect(port(3099, 3099)).toEqual([]);
  });

  test('outside of it, a free one is proposed', () => {
    const message = (number: number) =>
      `[port web] ${String(number)} lies outside range api, 3100 to 3101; take 3101, which is free in range api.`;
    expect(port(3102)).toEqual([message(3102)]);
    expect(port(3099)).toEqual([message(3099)]);
  });

  test('where none is free, the range has to grow', () => {
    expect(port(3101, 3100, 3100)).toEqual([
      '[port web] 3101 lies outside range api, 3100 to 3100; that range is full, so widen it.',
    ]);
  });

  test('of another tier it is not', () => {
    const ports = { a: { port: 3100, range: 'api', ...nginx } } as const;
    expect(complaints(portRegistry({ ranges, ports }))).toEqual([
      '[port a] Range api is for app, not for tier network; use a range of that tier, or name the tier in range api.',
    ]);
  });

  test('one that is not declared, where the compiler does not know which are', () => {
    const open: Record<string, (typeof ranges)['network']> = ranges;
    const a = { port: 3100, range: 'apy', ...web };
    expect(complaints(portRegistry({ ranges: open, ports: { a } }))).toEqual([
      '[port a] Range apy is not declared; use one of api, network, monitoring.',
    ]);
  });
});

test.each([0, -1, 65536, 80.5, NaN])('%p is no port', (number) => {
  const ports = { a: { port: number, wellKnown: 'docs', ...web } };
  expect(complaints(portRegistry({ ranges, ports }))).toEqual([
    `[port a] ${String(number)} is no port; use a whole number from 1 to 65535.`,
  ]);
});

test('1 and 65535 are ports', () => {
  const ports = {
    first: { port: 1, wellKnown: 'docs', ...web },
    last: { port: 65535, wellKnown: 'docs', ...web },
  };
  expect(complaints(portRegistry({ ranges, ports }))).toEqual([]);
});

test('each entry says what it is in one line', () => {
  const a = { port: 80, wellKnown: '', tier: ' ', owner: 'a\nb', purpose: '' };
  const sharedBy = { owners: [{ tier: '', owner: 'x' }], reason: '' } as const;
  const rule = 'it must be one line of text.';
  expect(complaints(portRegistry({ ranges, ports: { a: { ...a, sharedBy } } }))).toEqual([
    `[port a] The purpose is ""; ${rule}`,
    `[port a] The tier is " "; ${rule}`,
    `[port a] The owner is "a\\nb"; ${rule}`,
    `[port a] The tier is ""; ${rule}`,
    `[port a] The source is ""; ${rule}`,
    `[port a] The reason is ""; ${rule}`,
  ]);
});

test('ranges are of ports, and do not overlap', () => {
  const found = portRegistry({
    ranges: {
      a: { from: 3000, to: 3099, purpose: '' },
      down: { from: 5, to: 4, purpose },
      low: { from: 0, to: 3, purpose },
      high: { from: 65535, to: 65536, purpose },
      b: { from: 3099, to: 3100, purpose },
      c: { from: 2900, to: 3000, purpose },
      beside: { from: 3101, to: 3101, purpose },
    },
    ports: {},
  });
  const rule = 'use a whole number from 1 to 65535, the lower one first.';
  expect(complaints(found)).toEqual([
    '[port range a] The purpose is ""; it must be one line of text.',
    `[port range down] 5 to 4 is no range of ports; ${rule}`,
    `[port range low] 0 to 3 is no range of ports; ${rule}`,
    `[port range high] 65535 to 65536 is no range of ports; ${rule}`,
    '[port range b] 3099 to 3100 overlaps range a, 3000 to 3099; let each number be in one range.',
    '[port range c] 2900 to 3000 overlaps range a, 3000 to 3099; let each number be in one range.',
  ]);
});

test('the gaps of a range are what nobody has', () => {
  const range = { from: 10, to: 20, purpose };
  const gaps = (...taken: number[]) =>
    freeIn(
      range,
      taken.map((port) => ({ name: 'a', port, wellKnown: 'docs', ...web })),
    ).map(({ from, to }) => `${String(from)}-${String(to)}`);
  expect(gaps()).toEqual(['10-20']);
  expect(gaps(5, 9, 21, 30)).toEqual(['10-20']);
  expect(gaps(15, 12, 13, 12)).toEqual(['10-11', '14-14', '16-20']);
  expect(gaps(10, 20)).toEqual(['11-19']);
});
