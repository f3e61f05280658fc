import { asText } from '../node';
import { show } from '../problems';
import { check, finding, type Finding } from './check';
import { at, listAt, mapAt } from './json';
import type { Container } from './pod';
import { parseQuantity } from './quantity';
import type { Item, World } from './world';

export const requestAboveLimit = check({
  id: 'request-above-limit',
  rule: 'A container asks for no more of a resource than it may take.',
  why: 'Kubernetes refuses the pods, and the workload has none.',
  remedy: 'Lower the request, or raise the limit.',
  alone: true,
  *find(world) {
    for (const { owner, container } of containersOf(world)) {
      const limits = mapAt(container.json, 'resources', 'limits');
      for (const [name, request] of Object.entries(
        mapAt(container.json, 'resources', 'requests'),
      )) {
        const [asked, most] = [parseQuantity(request), parseQuantity(at(limits, name))];
        if (asked === undefined || most === undefined || asked <= most) continue;
        yield finding(
          owner,
          `${container.path}/resources/requests/${name} is ${show(request)}, but the limit is ${show(limits[name])}; lower the request, or raise the limit`,
        );
      }
    }
  },
});

export const missingResources = check({
  id: 'missing-resources',
  rule: 'Each container says how much CPU and memory it needs, and how much memory it may take.',
  why: 'Without requests the scheduler fills a node until its pods starve; without a memory limit one leak takes the whole node.',
  remedy: 'Add requests for cpu and memory, and a limit for memory.',
  alone: true,
  *find(world) {
    for (const { owner, container } of containersOf(world)) {
      const resources = mapAt(container.json, 'resources');
      // A limit is a request too, where there is none.
      const has = (kind: string, name: string) =>
        at(resources, kind, name) !== undefined || at(resources, 'limits', name) !== undefined;
      const missing = [
        ['requests', 'cpu'] as const,
        ['requests', 'memory'] as const,
        ['limits', 'memory'] as const,
      ].filter(([kind, name]) => !has(kind, name));
      if (missing.length === 0) continue;
      const list = missing.map((path) => path.join('/')).join(', ');
      yield finding(
        owner,
        `${container.path}/resources lacks ${list}; say what container ${container.name} needs and how much memory it may take`,
      );
    }
  },
});

export const badQuantity = check({
  id: 'bad-quantity',
  rule: 'Amounts of CPU, memory and storage are quantities of Kubernetes.',
  why: 'Kubernetes refuses the object; 512MB is none, and 512m of memory is half a byte.',
  remedy: 'Write them as 0.5, 500m, 512Mi or 10Gi.',
  alone: true,
  *find(world) {
    for (const { owner, container } of containersOf(world)) {
      yield* badIn(owner, `${container.path}/resources`, mapAt(container.json, 'resources'));
    }
    for (const claim of world.ofType('PersistentVolumeClaim')) {
      yield* badIn(claim, '/spec/resources', mapAt(claim.json, 'spec', 'resources'));
    }
    for (const store of world.ofType('StatefulSet')) {
      for (const [index, claim] of listAt(store.json, 'spec', 'volumeClaimTemplates').entries()) {
        const path = `/spec/volumeClaimTemplates/${String(index)}/spec/resources`;
        yield* badIn(store, path, mapAt(claim, 'spec', 'resources'));
      }
    }
  },
});

/** Thousandths of a byte are a slip of the pen. */
const BYTES = ['memory', 'storage', 'ephemeral-storage'];

function* badIn(owner: Item, path: string, resources: Container['json']): Generator<Finding> {
  for (const kind of ['requests', 'limits']) {
    for (const [name, amount] of Object.entries(mapAt(resources, kind))) {
      const parsed = parseQuantity(amount);
      const isWhole = !BYTES.includes(name) || !/[mun]$/.test(asText(amount));
      if (parsed !== undefined && parsed >= 0n && isWhole) continue;
      const rule =
        parsed === undefined ? 'is no quantity' : 'is less than nothing or a part of a byte';
      yield finding(
        owner,
        `${path}/${kind}/${name} is ${show(amount)}, which ${rule}; write it as 0.5, 500m, 512Mi or 10Gi`,
      );
    }
  }
}

const containersOf = ({ pods }: World) =>
  pods.flatMap(({ owner, containers }) => containers.map((container) => ({ owner, container })));
