import { Construct } from 'constructs';
import { containerSecurity, podSecurity } from '../../constructs';
import { Manifest, image, omitEmpty, type PodSpec } from '../../synth';
import type { GlobalValues, ServiceValues } from './platform';
import type { Service } from './services';

/** What a tier gives to its services. */
interface Given {
  readonly values: ServiceValues;
  readonly global: GlobalValues;
  readonly labels: Readonly<Record<string, never>>;
  readonly selector: Readonly<Record<string, never>>;
}

/** Deployment, Service, ConfigMap, ServiceAccount, PodDisruptionBudget and NetworkPolicy. */
export class ServiceObjects extends Construct {
  public constructor(
    scope: Construct,
    private readonly service: Service,
    private readonly given: Given,
  ) {
    super(scope, service.name);
    const { name, port } = service;
    const { values, global, labels, selector } = given;
    const own = { 'app.kubernetes.io/name': name };
    const metadata = { name, labels: { ...own, ...labels } };
    const pods = { ...own, ...selector };
    new Manifest(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: values.replicas,
        selector: { matchLabels: pods },
        template: { metadata: { labels: pods }, spec: this.pod() },
      },
    });
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: pods, ports: [{ name: 'http', port, targetPort: 'http' }] },
    });
    new Manifest(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: {
        LOG_LEVEL: values.logLevel,
        MAX_CONNECTIONS: `${values.maxConnections}`,
        PUBLIC_URL: `https://${name}.${global.domain}/`,
      },
    });
    new Manifest(this, 'account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    });
    new Manifest(this, 'budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: pods },
      },
    });
    const peers = [{ namespaceSelector: {} }];
    new Manifest(this, 'policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: pods },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: peers, ports: [{ protocol: 'TCP', port }] }],
        egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }, { to: peers }],
      },
    });
  }

  private pod(): PodSpec {
    const { values, global } = this.given;
    const { name, port } = this.service;
    const ask = (path: string) => ({ httpGet: { path, port: 'http' } });
    return {
      serviceAccountName: name,
      ...podSecurity(1000),
      containers: [
        {
          name,
          image: image(values.image, global.imageRegistry),
          ports: [{ name: 'http', containerPort: port }],
          envFrom: [{ configMapRef: { name } }],
          resources: {
            requests: { cpu: values.cpu, memory: values.memory },
            limits: { memory: values.memory },
          },
          startupProbe: { ...ask('/health'), periodSeconds: 2, failureThreshold: 30 },
          livenessProbe: { ...ask('/health'), periodSeconds: 10, timeoutSeconds: 5 },
          readinessProbe: { ...ask('/ready'), periodSeconds: 5 },
          ...containerSecurity,
        },
      ],
      nodeSelector: omitEmpty(values.nodeSelector),
    };
  }
}
