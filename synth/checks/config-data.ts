import { show } from '../problems';
import { check, finding } from './check';
import { mapAt } from './json';

export const badConfigData = check({
  id: 'bad-config-data',
  rule: 'A ConfigMap or Secret has texts under keys that can be names of files.',
  why: 'Kubernetes refuses the object.',
  remedy: 'Use keys of letters, digits, "-", "_" and "."; folders are made by items of the volume.',
  *find(world) {
    for (const item of world.ofType('ConfigMap', 'Secret')) {
      for (const field of ['data', 'binaryData', 'stringData']) {
        for (const [key, value] of Object.entries(mapAt(item.json, field))) {
          if (!/^(?!\.\.)(?!\.$)[-._A-Za-z0-9]{1,253}$/.test(key)) {
            yield finding(
              item,
              `/${field} has the key ${show(key)}; use up to 253 letters, digits, "-", "_" and ".", and no ".." in front`,
            );
          }
          if (typeof value !== 'string') {
            yield finding(item, `/${field}/${key} is ${show(value)}, which is no text; quote it`);
          }
        }
      }
      const data = mapAt(item.json, 'data');
      for (const key of Object.keys(mapAt(item.json, 'binaryData'))) {
        if (!Object.hasOwn(data, key)) continue;
        yield finding(item, `/binaryData has the key ${show(key)}, as /data has; remove one`);
      }
    }
  },
});

/** kubectl keeps the object in an annotation, and annotations have 256 KiB together. */
const LIMIT = 250 * 1024;

export const objectTooLarge = check({
  id: 'object-too-large',
  rule: 'An object has no more than 250 KiB.',
  why: 'A client-side kubectl apply keeps the whole object in an annotation, which has 256 KiB at most.',
  remedy: 'Split it, or put large files into an image or on a volume.',
  *find({ items }) {
    for (const item of items) {
      const size = Buffer.byteLength(JSON.stringify(item.json));
      if (size <= LIMIT) continue;
      yield finding(
        item,
        `it has ${String(size)} bytes as JSON, but kubectl can apply no more than ${String(LIMIT)}; split it, or put large files into an image or on a volume`,
      );
    }
  },
});
