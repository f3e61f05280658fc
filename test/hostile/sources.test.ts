import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Late, Platform } from '../../synth';
import { configMap, demo, emptyPlatform, addTier, sample, type Sample } from '../synth/fixture';
import { Apart } from './apart';

/*
 * Code that composes a platform and is wrong in ways that a program does not foresee. Each run ends,
 * tells all in one sentence each, and leaves the folder byte for byte as it was.
 */

const good = () => demo(sample, (tier) => configMap(tier, { a: 'b' }));
let apart: Apart;

beforeAll(() => {
  apart = new Apart(good);
});
afterAll(() => {
  apart.remove();
});

const problems = (fill: (tier: Sample) => void, overlay: unknown = {}) =>
  apart.problems(() => demo(sample, fill, overlay));

/** Lists in lists, as deep as this. */
const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 'leaf');

const DEEP =
  'Maximum call stack size exceeded: functions or data go on inside of each other without end; end them.';

const fails = (): never => {
  throw new Error('It fails');
};
/** cdk8s takes functions in place of data, and calls them when the object is read. */
const object = (tier: Sample, id: string, a: unknown) =>
  new ApiObject(tier, id, { apiVersion: 'a.example/v1', kind: 'A', spec: { a } });
const lazily = (produce: () => unknown): unknown => Lazy.any({ produce });

describe('code that throws', () => {
  test('in a constructor ends the run with its line', () => {
    expect(problems(fails)).toEqual(['[platform, here] It fails']);
  });

  test('in what is asked for later is told with its construct, and all others too', () => {
    expect(
      problems((tier) => {
        object(tier, 'lazy', lazily(fails));
        configMap(tier, { a: null }, 'other');
        class Broken extends Late {
          protected compose = fails;
        }
        new Broken(tier, 'late');
        tier.node.addValidation({ validate: fails });
      }),
    ).toEqual([
      '[demo/late] It fails',
      '[demo] It fails',
      '[demo/other] /data/a is null, which means nothing in a manifest; leave it out.',
      '[demo/lazy] It fails',
    ]);
  });

  test('and says nothing is told of, too', () => {
    const silent = () => {
      throw new Error();
    };
    expect(problems((tier) => object(tier, 'a', lazily(silent)))).toEqual([
      '[demo/a] An error without a message was thrown; say in it what is wrong.',
    ]);
  });
});

describe('what would never end', () => {
  test('constructs that make each other for ever', () => {
    class Endless extends Late {
      public constructor(
        private readonly parent: Construct,
        id: string,
      ) {
        super(parent, id);
      }
      protected compose(): void {
        new Endless(this.parent, `more-${String(this.parent.node.children.length)}`);
      }
    }
    expect(problems((tier) => new Endless(tier, 'first'))).toEqual([
      '[demo/more-100] Is a construct that waits for the whole platform, made by one that waited, 100 times in a row; end the recursion, or make it before.',
    ]);
  });

  test('a function that gives itself', () => {
    const again: unknown = lazily(() => again);
    expect(problems((tier) => object(tier, 'config', again))).toEqual([`[demo/config] ${DEEP}`]);
  });

  test('objects that depend on each other', () => {
    expect(
      problems((tier) => {
        const [one, other] = [
          configMap(tier, { a: 'a' }, 'one'),
          configMap(tier, { a: 'a' }, 'other'),
        ];
        one.addDependency(other);
        other.addDependency(one);
      }),
    ).toEqual(['[demo] Dependency cycle detected: demo/one => demo/other => demo/one']);
  });

  test('data that is deeper than the stack', () => {
    const deep = '… is more than 200 levels deep; make the data flatter.';
    expect(problems((tier) => configMap(tier, { a: nested(20_000) }))).toEqual([
      `[demo/config] /data/a/0/${deep}`,
    ]);
    expect(problems(() => undefined, { demo: { extra: { a: nested(20_000) } } })).toEqual([
      `[environment dev] Value demo.extra.a.${deep}`,
    ]);
  });
});

describe('names that lead elsewhere', () => {
  const out = ['../x', '../../x', '/x', '..', 'a\\..\\x'];

  test.each(out)('a construct id of %j', (id) => {
    expect(problems((tier) => configMap(tier, { a: 'b' }, id))).toEqual([
      `[demo/${id.replaceAll('/', '--')}] Construct id ${JSON.stringify(id.replaceAll('/', '--'))} cannot be part of a file name, and could leave the output folder; use letters, digits, "." and "-".`,
    ]);
  });

  test.each([...out, 'a/../../x', 'a\nb'])('a kind, a file and an environment of %j', (name) => {
    const platform = () => {
      const made = emptyPlatform({ [name]: {} });
      addTier(made, 'demo', sample, (tier) => {
        new ApiObject(tier, 'kind', { apiVersion: 'a.example/v1', kind: name });
        configMap(tier, { a: tier.file(name, 'text') }, 'file');
      });
      return made;
    };
    const shown = JSON.stringify(name);
    expect(apart.problems(platform)).toEqual([
      `[environments] Environment name ${shown} cannot be a folder of dist/; use up to 63 lower-case letters, digits and "-".`,
      `[demo/kind] Kind ${shown} cannot be part of a file name; kinds are letters and digits.`,
      `[demo, here] File ${shown} would leave the chart's files/ folder or has odd characters; use a relative path of letters, digits, ".", "_" and "-".`,
    ]);
  });
});

/** A platform of so many environments. */
function environments(count: number): Platform {
  // One tier, one ConfigMap: what is asked is whether time and memory stay in proportion.
  const names = Array.from({ length: count }, (_, index) => `e${String(index)}`);
  const platform = emptyPlatform(Object.fromEntries(names.map((name) => [name, { demo: {} }])));
  addTier(platform, 'demo', sample, (tier) => configMap(tier, { a: tier.values.text }));
  return platform;
}

describe('what Kubernetes would refuse is told by the checks', () => {
  const checked = (overlays: Record<string, unknown>, data: object) => () => {
    const { options } = emptyPlatform(overlays);
    const platform = new Platform({ ...options, checks: ['bad-config-data', 'object-over-limit'] });
    addTier(platform, 'demo', sample, (tier) => configMap(tier, data));
    return platform;
  };

  test('an object over 1 MiB, and keys that would be folders', () => {
    const [half, quarter] = ['x'.repeat(600_000), 'y'.repeat(300_000)];
    expect(apart.problems(checked({ dev: {} }, { half, also: half, '../a/b': quarter }))).toEqual([
      `[demo/config in dev] ConfigMap/config: /data has the key "../a/b"; use up to 253 letters, digits, "-", "_" and ".", and no ".." in front (bad-config-data).`,
      '[demo/config in dev] ConfigMap/config: its data has 1500000 bytes, but Kubernetes takes no more than 1048576; split it, or put large files into an image or on a volume (object-over-limit).',
    ]);
  });

  test('once for many environments, of which it names some', () => {
    const names = Array.from({ length: 200 }, (_, index) => `e${String(index)}`);
    const overlays = Object.fromEntries(names.map((name) => [name, {}]));
    expect(apart.problems(checked(overlays, { 'a/b': 'c' }))).toEqual([
      `[demo/config in ${names.slice(0, 9).join(', ')} and 191 others] ConfigMap/config: /data has the key "a/b"; use up to 253 letters, digits, "-", "_" and ".", and no ".." in front (bad-config-data).`,
    ]);
  });
});

describe('a great many environments', () => {
  test('are made as few are', () => {
    const many = new Apart(() => environments(1000));
    expect(many.environments()).toHaveLength(1000);
    many.remove();
  });
});
