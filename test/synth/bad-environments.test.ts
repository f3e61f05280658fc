import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { z } from 'zod';
import { Platform, tiersOf, type Environment } from '../../synth';
import {
  addTier,
  configMap,
  emptyPlatform,
  environment,
  platformOf,
  problemsOf,
  sample,
} from './fixture';

const inDev = (...messages: string[]) => messages.map((one) => `[environment dev] ${one}`);

describe('an environment is refused', () => {
  const build = (...environments: unknown[]) =>
    problemsOf(() => {
      const platform = platformOf(environments as Environment[]);
      addTier(platform, 'demo', sample);
      platform.build();
    });
  const folder = 'cannot be a folder of dist/; use up to 63 lower-case letters, digits and "-".';

  test('when there is none', () => {
    const none = [
      '[environments] There is no environment; declare at least one, as dist/ has a folder for each.',
    ];
    expect(build()).toEqual(none);
    expect(
      problemsOf(() => {
        const platform = new Platform({
          chart: platformOf([]).options.chart,
        } as Platform['options']);
        addTier(platform, 'demo', sample);
        platform.build();
      }),
    ).toEqual(none);
  });

  test('when it is undefined', () => {
    expect(build(environment(), undefined)).toEqual([
      '[environments] Environment 2 is undefined; it must be an object with name, summary, release and values.',
    ]);
  });

  test('when two have one name', () => {
    expect(build(environment(), environment())).toEqual([
      '[environments] Environment "dev" is declared twice; remove one.',
    ]);
  });

  test.each(['../x', 'a/b', '', '.', 'Dev', 'dev\n', undefined, 1])(
    'when its name is %j',
    (name) => {
      const message = `Environment name ${name === undefined ? 'undefined' : JSON.stringify(name)} ${folder}`;
      expect(build(environment({ name: name as string }))).toEqual([`[environments] ${message}`]);
    },
  );

  test('when its summary is no line of text', () => {
    const summary = (text?: string) => build({ ...environment(), summary: text });
    expect(summary()).toEqual(inDev('The summary is undefined; it must be one line of text.'));
    expect(summary('a\nb')).toEqual(inDev('The summary is "a\\nb"; it must be one line of text.'));
  });

  test('when Helm would refuse its release', () => {
    const name = (text: string, limit: string) =>
      `The release ${text}, which Helm refuses; use up to ${limit} lower-case letters, digits and "-".`;
    expect(build({ ...environment(), release: undefined })).toEqual(
      inDev(name('name is undefined', '53'), name('namespace is undefined', '63')),
    );
    expect(build(environment({ release: { name: 'a_b', namespace: 'A' } }))).toEqual(
      inDev(name('name is "a_b"', '53'), name('namespace is "A"', '63')),
    );
  });
});

describe('a chart is refused', () => {
  const chart = (changes: object) =>
    problemsOf(() => {
      const platform = emptyPlatform({ dev: {} }, changes);
      addTier(platform, 'demo', sample);
      platform.build();
    });

  test.each(['../x', '../../x', 'a/b', '', '.', 'Demo', undefined])(
    'when its name is %j',
    (name) => {
      const shown = name === undefined ? 'undefined' : JSON.stringify(name);
      expect(chart({ name })).toEqual([
        `[chart] The name is ${shown}; it becomes a folder of helm/, so use up to 63 lower-case letters, digits and "-".`,
      ]);
    },
  );

  test.each(['1', '1.2', 'v1.2.3', '01.2.3', '1.2.3-', 'latest'])('of version %j', (version) => {
    expect(chart({ version })).toEqual([
      `[chart] The version is "${version}"; write it as 1.2.3 (SemVer 2).`,
    ]);
  });

  test.each(['', 'new', '>=', '1.28 or newer'])('for the Kubernetes versions %j', (kubeVersion) => {
    expect(chart({ kubeVersion })).toEqual([
      `[chart] The kubeVersion is "${kubeVersion}"; write it as a range of versions, such as >=1.28.0-0.`,
    ]);
  });

  test('when what describes it is no line of text', () => {
    const rule = 'it must be one line of text.';
    expect(chart({ description: 'a\nb', appVersion: '', service: 'a\u0007' })).toEqual([
      `[chart] The description is "a\\nb"; ${rule}`,
      `[chart] The appVersion is ""; ${rule}`,
      `[chart] The service is "a\\u0007"; ${rule}`,
    ]);
  });

  test('never for a version or range that Helm knows', () => {
    for (const version of ['0.0.0', '1.2.3-rc.1', '1.2.3+build.5', '10.20.30-0']) {
      expect(chart({ version })).toEqual([]);
    }
    for (const kubeVersion of [
      '>=1.28.0-0',
      '>= 1.28.0 < 2.0.0',
      '^1.28',
      '1.28.x || 1.30 - 1.32',
    ]) {
      expect(chart({ kubeVersion })).toEqual([]);
    }
  });
});

describe('a tier is refused', () => {
  const namespace = () => z.string().default('a').describe('Namespace.');
  const tier = (name: string, description = 'Tier.') =>
    problemsOf(() => {
      const platform = emptyPlatform();
      const global = z.strictObject({ namespaces: z.strictObject({ [name]: namespace() }) });
      const values = z.strictObject({});
      class Named extends tiersOf(global)({ name, description, values }) {}
      new Named(platform);
      platform.build();
    });

  test.each(['../x', 'a/b', '', 'Demo', 'my-tier'])('when its name is %j', (name) => {
    expect(tier(name)).toEqual([
      `[values] Value global.namespaces.${name} has a name that templates cannot reach; use camelCase letters and digits.`,
      `[${name}, here] Tier name "${name}" cannot be a key of values and a folder of the chart; use up to 63 lower-case letters and digits.`,
    ]);
  });

  test.each(['global', 'tags'])('when its name is %j', (name) => {
    expect(tier(name)).toEqual([
      `[${name}, here] Tier name "${name}" is one that Helm reads itself; use another.`,
    ]);
  });

  test('when its description is no line of text', () => {
    expect(tier('demo', 'a\nb')).toEqual([
      '[demo, here] The description of tier demo is "a\\nb"; it must be one line of text.',
    ]);
  });

  test('when it has no namespace', () => {
    const build = () => {
      const platform = emptyPlatform();
      addTier(platform, 'third', {});
      platform.build();
    };
    expect(problemsOf(build)).toEqual([
      '[third, here] Tier third has no namespace; declare global.namespaces.third in the global values.',
    ]);
  });

  test('when it is made twice', () => {
    const build = () => {
      const platform = emptyPlatform();
      addTier(platform, 'demo', {});
      addTier(platform, 'demo', {});
      platform.build();
    };
    expect(problemsOf(build)).toEqual([
      '[demo, here] Tier demo is made twice; give one another name.',
    ]);
  });

  test('when it is a chart of cdk8s, or when there is none', () => {
    const platform = emptyPlatform();
    new Chart(platform, 'plain');
    expect(problemsOf(() => platform.build())).toEqual([
      '[plain] is a plain cdk8s Chart; extend a class made by tiersOf() instead, so that it becomes a subchart.',
      '[platform] There is no tier; make one with a class from tiersOf().',
    ]);
  });
});

describe('a platform', () => {
  test('is refused when two tiers depend on each other', () => {
    const platform = emptyPlatform();
    const one = configMap(addTier(platform, 'demo', {}), {});
    const two = configMap(addTier(platform, 'other', {}), {});
    one.addDependency(two);
    two.addDependency(one);
    expect(problemsOf(() => platform.build())).toEqual([
      '[dependencies] Dependency cycle detected: demo => other => demo',
    ]);
  });

  test('tells what the validations of its constructs say, also where they throw', () => {
    const build = () => {
      const platform = emptyPlatform();
      const { node } = addTier(platform, 'demo', {});
      node.addValidation({ validate: () => ['The name is too short.'] });
      new Construct(platform, 'odd').node.addValidation({
        validate: () => {
          throw new TypeError('There is no port.');
        },
      });
      platform.build();
    };
    expect(problemsOf(build)).toEqual(['[demo] The name is too short.', '[odd] There is no port.']);
  });

  test('is never written by cdk8s alone, which knows no values', () => {
    const platform = emptyPlatform();
    const rule = (method: string) => [
      `[platform] Method ${method} of cdk8s writes values before they are known; call run(compose) of this engine instead.`,
    ];
    expect(problemsOf(() => platform.synth())).toEqual(rule('synth()'));
    expect(problemsOf(() => platform.synthYaml())).toEqual(rule('synthYaml()'));
  });
});
