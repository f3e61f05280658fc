import { Node } from 'constructs';
import { shownFrame } from '../../synth/misuse';
import { recordSites } from '../../synth/sites';
import { demo } from './fixture';

const addChild = Reflect.get(Node.prototype, 'addChild') as unknown;
const isRestored = () =>
  Reflect.get(Node.prototype, 'addChild') === addChild && Error.stackTraceLimit === limit;
const limit = Error.stackTraceLimit;

test('what is made while recording has lines, from its own outwards; other things have none', () => {
  const before = demo({});
  const { result, sites } = recordSites(() => demo({}));
  const tier = result.node.findChild('demo');
  // The lines of this file are left out: it is what asks for the recording.
  const files = sites.of(tier).map((frame) => shownFrame(frame).replace(/:\d+$/, ''));
  expect(files.length).toBeGreaterThan(1);
  expect(new Set(files)).toEqual(new Set(['test/synth/fixture.ts']));
  expect(sites.of(before.node.findChild('demo'))).toEqual([]);
});

test('nothing is recorded afterwards, also where the work failed', () => {
  recordSites(() => {
    expect(isRestored()).toBe(false);
  });
  expect(isRestored()).toBe(true);
  expect(() =>
    recordSites(() => {
      throw new Error('Failed.');
    }),
  ).toThrow('Failed.');
  expect(isRestored()).toBe(true);
});
