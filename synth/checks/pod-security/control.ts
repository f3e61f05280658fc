import type { JsonMap } from '../../merge';
import type { Json } from '../../node';
import { once } from '../../once';
import { at, mapAt, textAt } from '../json';
import type { Container, Pod } from '../pod';

/** A field that a control does not let pass. */
export interface Breach {
  /** Path in the object. */
  readonly path: string;
  /** What stands there; undefined where something is missing. */
  readonly value: Json | undefined;
}

/** One rule of the standard. */
export interface Control<Id extends string = string> {
  /** Exceptions name it, so it never changes. */
  readonly id: Id;
  /** What it asks for. */
  readonly rule: string;
  readonly find: (pod: Pod) => Iterable<Breach>;
}

/** A control whose id the compiler knows. */
export const control = <const Id extends string>(definition: Control<Id>): Control<Id> =>
  definition;

/** A field of the pod's spec that must not be true. */
export const never = <const Id extends string>(id: Id, rule: string) =>
  control({
    id,
    rule,
    find: ({ path, spec }) => (spec[id] === true ? [{ path: `${path}/${id}`, value: true }] : []),
  });

/** A field of security contexts, of pod and containers, that may be left out. */
export const optional = <const Id extends string>(
  id: Id,
  rule: string,
  field: readonly string[],
  isAllowed: (value: Json) => boolean,
) =>
  control({
    id,
    rule,
    find(pod) {
      // Not a generator, as there are many of these, and nearly all find nothing.
      const breaches: Breach[] = [];
      for (const { path, json } of contextsOf(pod)) {
        const value = at(json, ...field);
        if (value === undefined || isAllowed(value)) continue;
        breaches.push({ path: [path, ...field].join('/'), value });
      }
      return breaches;
    },
  });

export const oneOf =
  (...allowed: readonly Json[]) =>
  (value: Json) =>
    allowed.includes(value);

/** A field that pod or container must have, so that it holds for each container. */
export const required = <const Id extends string>(
  id: Id,
  rule: string,
  field: readonly string[],
  isAllowed: (value: Json) => boolean,
  isExempt: (pod: Pod) => boolean = () => false,
) =>
  control({
    id,
    rule,
    *find(pod) {
      if (isExempt(pod)) return;
      const [ofPod, ...ofContainers] = contextsOf(pod);
      const above = at(ofPod?.json, ...field);
      if (above !== undefined && !isAllowed(above)) {
        yield { path: [ofPod?.path, ...field].join('/'), value: above };
      }
      for (const { path, json } of ofContainers) {
        const own = at(json, ...field);
        // What is wrong above is told there.
        if (own === undefined ? above !== undefined : isAllowed(own)) continue;
        yield { path: [path, ...field].join('/'), value: own };
      }
    },
  });

/** A field that each container must have for itself. */
export const perContainer = <const Id extends string>(
  id: Id,
  rule: string,
  find: (container: Container) => Iterable<Breach>,
) =>
  control({
    id,
    rule,
    *find(pod) {
      if (isWindows(pod)) return;
      for (const container of pod.containers) yield* find(container);
    },
  });

/** Windows knows none of them. */
export const isWindows = ({ spec }: Pod) => textAt(spec, 'os', 'name') === 'windows';

/** A part of an object, and where it stands. */
export interface Part {
  readonly path: string;
  readonly json: JsonMap;
}

/** The security context of the pod, then that of each container; empty where there is none. */
export const contextsOf = once(({ path, spec, containers }: Pod): Part[] =>
  [{ path, json: spec }, ...containers].map((one) => ({
    path: `${one.path}/securityContext`,
    json: mapAt(one.json, 'securityContext'),
  })),
);
