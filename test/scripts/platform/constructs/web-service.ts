import { Construct } from 'constructs';
import {
  Manifest,
  gt,
  omitEmpty,
  when,
  type Container,
  type MapValue,
  type Value,
} from '../../../../synth';
import { labels } from './labels';
import { probes, type ProbeProps } from './probes';

export interface WebServiceProps {
  readonly image: Value<string>;
  readonly replicas: Value<number>;
  readonly resources: MapValue<{ requests: { cpu: string; memory: string } }>;
  readonly nodeSelector: MapValue<Record<string, string>>;
  readonly port: number;
  readonly probe: ProbeProps;
  readonly sidecars: readonly Container[];
  /** Names of environment variables, which are their own values. */
  readonly variables: readonly string[];
}

/** A Deployment and its Service. */
export class WebService extends Construct {
  public constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const metadata = { name: id, labels: labels(id) };
    new Manifest(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: props.replicas,
        selector: { matchLabels: labels(id) },
        template: { metadata: { labels: labels(id) }, spec: pod(props) },
      },
    });
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels(id), ports: [{ name: 'http', port: props.port }] },
    });
  }
}

function pod({
  image,
  replicas,
  resources,
  nodeSelector,
  port,
  probe,
  sidecars,
  variables,
}: WebServiceProps) {
  const web: Container = {
    name: 'web',
    image,
    args: ['--quiet', `--port=${String(port)}`],
    env: [
      ...variables.map((name) => ({ name, value: name })),
      { name: 'MODE', value: when(gt(replicas, 1), 'many', 'one') },
    ],
    resources,
    ...probes(probe),
  };
  return {
    containers: [...sidecars, web],
    nodeSelector: omitEmpty(nodeSelector),
  };
}
