import type { JsonMap } from '../merge';
import type { Json } from '../node';
import { once } from '../once';
import { show } from '../problems';
import { check, finding } from './check';
import { mapAt } from './json';
import type { Item } from './world';

export const badConfigData = check({
  id: 'bad-config-data',
  rule: 'A ConfigMap or Secret has texts under keys that can be names of files.',
  why: 'Kubernetes refuses the object.',
  remedy: 'Use keys of letters, digits, "-", "_" and "."; folders are made by items of the volume.',
  alone: true,
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

const WAY_OUT = 'split it, or put large files into an image or on a volume';
const REMEDY = 'Split it, or put large files into an image or on a volume.';

/** kubectl keeps the object in an annotation, and annotations have 256 KiB together. */
const LIMIT = 250 * 1024;

export const objectTooLarge = check({
  id: 'object-too-large',
  rule: 'An object has no more than 250 KiB.',
  why: 'A client-side kubectl apply keeps the whole object in an annotation, which has 256 KiB at most.',
  remedy: REMEDY,
  alone: true,
  *find({ items }) {
    for (const item of items) {
      const size = bytesOf(item.json);
      // What nothing can apply is told of below.
      if (size <= LIMIT || overLimit(item) !== undefined) continue;
      yield finding(
        item,
        `it has ${String(size)} bytes as JSON, but kubectl can apply no more than ${String(LIMIT)}; ${WAY_OUT}`,
      );
    }
  },
});

/** MaxSecretSize of Kubernetes, which ConfigMaps have, too: of all values together. */
const DATA_LIMIT = 1024 * 1024;
/** The largest request that etcd takes, by default. */
const REQUEST_LIMIT = 1.5 * 1024 * 1024;

export const objectOverLimit = check({
  id: 'object-over-limit',
  rule: 'The data of a ConfigMap or Secret has no more than 1 MiB, and no object more than 1.5 MiB.',
  why: 'The API server refuses the object, in whatever way it is applied.',
  remedy: REMEDY,
  alone: true,
  *find({ items }) {
    for (const item of items) {
      const message = overLimit(item);
      if (message !== undefined) yield finding(item, message);
    }
  },
});

function overLimit({ type, json }: Item): string | undefined {
  const size = bytesOf(json);
  if (size <= DATA_LIMIT) return undefined;
  const data = ['ConfigMap', 'Secret'].includes(type) ? dataOf(type, json) : 0;
  if (data > DATA_LIMIT)
    return `its data has ${String(data)} bytes, but Kubernetes takes no more than ${String(DATA_LIMIT)}; ${WAY_OUT}`;
  return size > REQUEST_LIMIT
    ? `it has ${String(size)} bytes as JSON, but etcd takes no more than ${String(REQUEST_LIMIT)}; ${WAY_OUT}`
    : undefined;
}

/** Size as JSON, which two checks ask for; of what is far from being too large no less than that. */
const bytesOf = once((json: JsonMap): number => {
  const most = mostBytesOf(json);
  return most <= LIMIT ? most : Buffer.byteLength(JSON.stringify(json));
});

/** As many as there would be if each character were an escape, and each number as long as can be. */
function mostBytesOf(json: Json): number {
  if (typeof json === 'string') return 6 * json.length + 2;
  if (typeof json !== 'object') return 25;
  let most = 2;
  if (Array.isArray(json)) {
    for (const item of json) most += mostBytesOf(item) + 1;
    return most;
  }
  for (const key of Object.keys(json)) {
    most += 6 * key.length + 4 + mostBytesOf(json[key] as Json);
  }
  return most;
}

/** What Kubernetes counts: values without their keys, and what base64 stands for. */
function dataOf(type: string, json: JsonMap): number {
  const coded = type === 'Secret' ? ['data'] : ['binaryData'];
  const plain = type === 'Secret' ? ['stringData'] : ['data'];
  const sum = (fields: readonly string[], encoding: BufferEncoding) =>
    fields
      .flatMap((field) => Object.values(mapAt(json, field)))
      .reduce<number>(
        (total, value) =>
          total + (typeof value === 'string' ? Buffer.byteLength(value, encoding) : 0),
        0,
      );
  return sum(coded, 'base64') + sum(plain, 'utf8');
}
