import { isMap, type JsonMap } from '../merge';
import type { Json } from '../node';
import { once } from '../once';
import { at, listAt, mapAt, textAt } from './json';
import type { Item } from './world';

/** The pods that an object makes. */
export interface Pod {
  readonly owner: Item;
  /** Where the spec stands in the owner, such as /spec/template/spec. */
  readonly path: string;
  readonly labels: JsonMap;
  readonly annotations: JsonMap;
  readonly spec: JsonMap;
  readonly containers: readonly Container[];
}

export interface Container {
  /** Where it stands in the owner. */
  readonly path: string;
  readonly name: string;
  readonly json: JsonMap;
}

/** Where pod templates stand: in workloads, in CronJobs, in a PodTemplate, and in a Pod itself. */
const TEMPLATES: readonly (readonly string[])[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
  ['template'],
  [],
];

/** Any kind can hold a pod template: that of another API is known by its shape. */
export const podOf = once((owner: Item): Pod | undefined => {
  const place = TEMPLATES.find((path) =>
    Array.isArray(at(owner.json, ...path, 'spec', 'containers')),
  );
  if (place === undefined) return undefined;
  const template = mapAt(owner.json, ...place);
  const path = `/${[...place, 'spec'].join('/')}`;
  const spec = mapAt(template, 'spec');
  return {
    owner,
    path,
    labels: mapAt(template, 'metadata', 'labels'),
    annotations: mapAt(template, 'metadata', 'annotations'),
    spec,
    // A copy has no room for more.
    containers: ['initContainers', 'containers']
      .flatMap((key) =>
        listAt(spec, key).flatMap((json, index) =>
          containerOf(json, `${path}/${key}/${String(index)}`),
        ),
      )
      .slice(),
  };
});

/** Where the template's labels or annotations stand, for a spec at this path. */
export const besideSpec = (path: string, field: 'labels' | 'annotations') =>
  `${path.slice(0, -'spec'.length)}metadata/${field}`;

export const annotationsPath = ({ path }: Pod): string => besideSpec(path, 'annotations');

const containerOf = (json: Json, path: string): Container[] =>
  isMap(json) ? [{ path, name: textAt(json, 'name'), json }] : [];
