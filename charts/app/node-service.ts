import { Construct } from 'constructs';
import { Manifest, When, gt, or, sourceFile, type ManifestLiteral, type Value } from '../../synth';
import type { MongoDbEndpoint } from '../data/mongodb';
import type { Labels } from '../labels';
import type { AppTierSelf } from '.';
import { deployment } from './deployment';
import { hpa } from './hpa';
import { ingress } from './ingress';

export const NODE_SERVICE_PORT = 3100;

/** What the objects of the service share. */
export interface Parts {
  readonly metadata: ManifestLiteral['metadata'];
  readonly selector: Readonly<Record<string, string>>;
  /** Configuration files, by name in the ConfigMap. */
  readonly config: Readonly<Record<string, Value<string>>>;
  /** Whether there can be more than one pod. */
  readonly replicated: Value<boolean>;
}

/** The Node microservice. */
export class NodeService extends Construct {
  public constructor(tier: AppTierSelf, id: string, labels: Labels, mongodb: MongoDbEndpoint) {
    super(tier, id);
    const { autoscaling, replicas, ingress: route } = tier.values.nodeService;
    const own = { 'app.kubernetes.io/name': 'node-service', 'app.kubernetes.io/component': 'api' };
    const parts: Parts = {
      metadata: { name: 'node-service', labels: { ...own, ...labels.common } },
      selector: { ...own, ...labels.selector },
      config: {
        'service.json': tier.file('node-service/service.json', serviceJson(tier, mongodb)),
        'server.mjs': tier.file('node-service/server.mjs', sourceFile(__dirname, 'server.mjs')),
      },
      replicated: or(autoscaling.enabled, gt(replicas, 1)),
    };
    const { metadata, selector, config } = parts;
    new Manifest(this, 'service-account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    });
    new Manifest(this, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: config });
    new Manifest(this, 'deployment', deployment(tier, parts));
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector, ports: [{ name: 'http', port: NODE_SERVICE_PORT, targetPort: 'http' }] },
    });
    new Manifest(new When(this, 'route', route.enabled), 'ingress', ingress(tier, parts));
    new Manifest(new When(this, 'autoscaled', autoscaling.enabled), 'autoscaler', hpa(tier, parts));
    new Manifest(new When(this, 'replicated', parts.replicated), 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selector },
      },
    });
  }
}

const serviceJson = ({ values }: AppTierSelf, mongodb: MongoDbEndpoint) => `\
{
  "port": ${String(NODE_SERVICE_PORT)},
  "logLevel": "${values.nodeService.logLevel}",
  "mongodb": {
    "host": "${mongodb.host}",
    "port": ${String(mongodb.port)}
  }
}
`;
