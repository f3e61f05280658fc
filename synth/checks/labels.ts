import type { JsonMap } from '../merge';
import { remember } from '../print/remember';
import { show } from '../problems';
import { check, finding, type Finding } from './check';
import { listAt, mapAt } from './json';
import { besideSpec } from './pod';
import type { Item, World } from './world';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const CHARACTERS =
  'up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';

export const badLabel = check({
  id: 'bad-label',
  rule: 'Keys and values of labels are such as Kubernetes takes.',
  why: 'Kubernetes refuses the object; often a long name or a version with "+" in it becomes a label.',
  remedy: 'Shorten the value, or use the characters that are allowed.',
  alone: true,
  *find(world) {
    for (const { item, path, map } of labelsIn(world)) {
      for (const [key, value] of Object.entries(map)) {
        if (!isKey(key)) yield badKey(item, path, key);
        if (typeof value !== 'string') yield noText(item, path, key, value);
        else if (value !== '' && !isName(value)) {
          yield finding(
            item,
            `${path} has ${key}: ${show(value)} of ${String(value.length)} characters, which no label may have; use ${CHARACTERS}`,
          );
        }
      }
    }
  },
});

export const badAnnotation = check({
  id: 'bad-annotation',
  rule: 'Keys of annotations are such as Kubernetes takes, and their values are texts.',
  why: 'Kubernetes refuses the object.',
  remedy: 'Correct the key; write numbers and booleans as texts.',
  alone: true,
  *find(world) {
    for (const { item, path, map } of annotationsIn(world)) {
      for (const [key, value] of Object.entries(map)) {
        if (!isKey(key)) yield badKey(item, path, key);
        if (typeof value !== 'string') yield noText(item, path, key, value);
      }
    }
  },
});

const isName = remember((text) => NAME.test(text));

const isKey = remember((key) => {
  const [name = '', prefix, ...more] = key.split('/').reverse();
  return more.length === 0 && NAME.test(name) && (prefix === undefined || PREFIX.test(prefix));
});

const badKey = (item: Item, path: string, key: string): Finding =>
  finding(
    item,
    `${path} has the key ${show(key)}; use ${CHARACTERS}, and before them, if at all, a DNS name and "/"`,
  );

const noText = (item: Item, path: string, key: string, value: unknown): Finding =>
  finding(item, `${path} has ${key}: ${show(value)}, which is no text; write it in quotes`);

interface Marked {
  readonly item: Item;
  readonly path: string;
  readonly map: JsonMap;
}

function* labelsIn(world: World): Generator<Marked> {
  for (const item of world.items) {
    yield* marked(item, 'labels');
    for (const [index, claim] of listAt(item.json, 'spec', 'volumeClaimTemplates').entries()) {
      const path = `/spec/volumeClaimTemplates/${String(index)}/metadata/labels`;
      yield { item, path, map: mapAt(claim, 'metadata', 'labels') };
    }
  }
  for (const { owner: item, path, labels, spec } of world.pods) {
    yield { item, path: besideSpec(path, 'labels'), map: labels };
    yield { item, path: `${path}/nodeSelector`, map: mapAt(spec, 'nodeSelector') };
  }
}

function* annotationsIn(world: World): Generator<Marked> {
  for (const item of world.items) yield* marked(item, 'annotations');
  for (const { owner: item, path, annotations } of world.pods) {
    yield { item, path: besideSpec(path, 'annotations'), map: annotations };
  }
}

/** What the object itself has, and the Jobs of a CronJob. */
function* marked(item: Item, field: 'labels' | 'annotations'): Generator<Marked> {
  yield { item, path: `/metadata/${field}`, map: mapAt(item.json, 'metadata', field) };
  const map = mapAt(item.json, 'spec', 'jobTemplate', 'metadata', field);
  yield { item, path: `/spec/jobTemplate/metadata/${field}`, map };
}
