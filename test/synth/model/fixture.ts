import { portRegistry } from '../../../synth';
import { model, type Model, type System } from '../../../synth/model';
import { renderEnvironments } from '../../../synth/dist';
import { object, platformWith, type Objects, type Setting } from '../checks/fixture';

/* Systems of plain objects, such as any platform has them. */

/** The model of a platform with these objects. */
export function modelWith(objects: Objects, setting: Setting = {}): Model {
  const platform = platformWith(objects, setting);
  const blueprint = platform.build();
  return model({ blueprint, options: platform.options, tiers: renderEnvironments(blueprint) });
}

/** The only system of that name. */
export function systemOf({ systems }: Model, name: string): System {
  const [found, ...others] = systems.filter((system) => system.name === name);
  if (found === undefined || others.length > 0) throw new Error(`There is no single ${name}.`);
  return found;
}

export const labelled = (name: string) => ({ 'app.kubernetes.io/name': name });

/** An object that makes pods with its name as their label. */
export const workload = (kind: string, name: string, pod: object = {}, spec: object = {}) =>
  object(
    kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    name,
    {
      spec: {
        selector: { matchLabels: labelled(name) },
        template: {
          metadata: { labels: labelled(name) },
          spec: { containers: [container(name)], ...pod },
        },
        ...spec,
      },
    },
    { labels: labelled(name) },
  );

export const container = (name: string, more: object = {}) => ({
  name,
  image: `docker.io/library/${name}:1.2.3`,
  ...more,
});

/** A container that listens. */
export const listening = (name: string, port: number, portName = 'http') =>
  container(name, { ports: [{ name: portName, containerPort: port }] });

export const service = (name: string, port: number, more: object = {}, ports: object = {}) =>
  object('v1', 'Service', name, {
    spec: { selector: labelled(name), ports: [{ port, ...ports }], ...more },
  });

/** A policy for the pods of that name. */
export const policy = (name: string, spec: object) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, {
    spec: { podSelector: { matchLabels: labelled(name) }, ...spec },
  });

export const registry = portRegistry({
  ranges: { demo: { from: 8000, to: 8099, purpose: 'Demo.' } },
  ports: {
    web: { port: 8080, range: 'demo', tier: 'demo', owner: 'web', purpose: 'Pages.' },
    status: { port: 8090, range: 'demo', tier: 'demo', owner: 'web', purpose: 'Status.' },
    other: { port: 8081, range: 'demo', tier: 'demo', owner: 'api', purpose: 'Not of web.' },
  },
});
