import { Autoscalers, fewestOf } from '../checks/autoscalers';
import { at, listAt, mapAt, textAt } from '../checks/json';
import type { Pod } from '../checks/pod';
import { stays } from '../checks/port-uses';
import type { Item, World } from '../checks/world';
import { asText } from '../node';

/* What one object that makes pods says of itself, in one environment. */

/** Kinds whose number of pods is a field, and other kinds that an autoscaler scales. */
const NUMBERED = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

export function scaleOf({ kind, json }: Item, scaler: Item | undefined) {
  if (scaler !== undefined) {
    const spec = mapAt(scaler.json, 'spec');
    const most = at(spec, 'maxReplicas') ?? at(spec, 'maxReplicaCount') ?? MOST_OF_KEDA;
    return [{ min: fewestOf(scaler), max: Number(most) }];
  }
  if (!NUMBERED.has(kind)) return [];
  const replicas = Number(at(json, 'spec', 'replicas') ?? 1);
  return [{ min: replicas, max: replicas }];
}

/** The documentation of KEDA: maxReplicaCount of a ScaledObject. */
const MOST_OF_KEDA = 100;

export const scalersIn = (world: World) => new Autoscalers(world);

export function scheduleOf({ kind, json }: Item) {
  if (kind !== 'CronJob') return [];
  const timeZone = textAt(json, 'spec', 'timeZone');
  return [
    {
      cron: textAt(json, 'spec', 'schedule'),
      ...(timeZone !== '' && { timeZone }),
      suspended: at(json, 'spec', 'suspend') === true,
    },
  ];
}

export function imagesOf(pod: Pod) {
  const images = pod.containers.map((container) => ({
    container: container.name,
    image: textAt(container.json, 'image'),
    init: !stays(pod, container),
  }));
  return [...images.filter(({ init }) => !init), ...images.filter(({ init }) => init)];
}

/** By the annotations that Prometheus is commonly set up to follow. */
export function scrapesOf({ annotations }: Pod) {
  if (asText(annotations['prometheus.io/scrape']) !== 'true') return [];
  const port = Number(asText(annotations['prometheus.io/port']));
  if (!Number.isInteger(port) || port < 1) return [];
  return [{ port, path: asText(annotations['prometheus.io/path']) || '/metrics' }];
}

export function storesOf(world: World, { owner, spec, containers }: Pod) {
  const mountOf = (volume: string) => {
    const mounts = containers.flatMap(({ json }) => listAt(json, 'volumeMounts'));
    const mount = textAt(
      mounts.find((one) => textAt(one, 'name') === volume),
      'mountPath',
    );
    return mount === '' ? {} : { mount };
  };
  const templates = listAt(owner.json, 'spec', 'volumeClaimTemplates').map((template) => {
    const claim = textAt(template, 'metadata', 'name');
    return { claim, perPod: true, ...mountOf(claim), ...sizeOf(template) };
  });
  const claims = listAt(spec, 'volumes').flatMap((volume) => {
    const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
    if (claim === '') return [];
    const json = world.find('PersistentVolumeClaim', owner.namespace, claim)?.json;
    return [{ claim, perPod: false, ...mountOf(textAt(volume, 'name')), ...sizeOf(json) }];
  });
  return [...templates, ...claims];
}

function sizeOf(claim: Parameters<typeof textAt>[0]) {
  const size = textAt(claim, 'spec', 'resources', 'requests', 'storage');
  return size === '' ? {} : { size };
}
