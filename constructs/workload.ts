import type {
  V1EnvVar,
  V1NetworkPolicyIngressRule,
  V1NetworkPolicyEgressRule,
} from '@kubernetes/client-node';
import {
  Late,
  Manifest,
  When,
  omitEmpty,
  type Conditional,
  type Deep,
  type Each,
  type ManifestLiteral,
  type Val,
  type Value,
} from '../synth';
import { ConfigFiles } from './config-files';
import {
  addressOf,
  linkOf,
  variablesOf,
  where,
  type Address,
  type Connection,
  type ConnectionOptions,
  type ServiceEndpoint,
} from './connection';
import type { PlatformTier } from './globals';
import { labelsOf } from './labels';
import { loopsThrough } from './loops';
import { NetworkPolicy } from './network-policy';
import { SecretFiles, type SecretOptions } from './secret-files';

export type Item<T> = Deep<T> | Conditional<Deep<T>> | Each<Deep<T>> | Each<T>;

export interface WorkloadOptions {
  /** Role in its system, such as api, database, cache or backup. */
  readonly component: string;
  /** Where it does not hold, nothing of the workload is there. Default: always there. */
  readonly when?: Value<boolean>;
  /** Its pods are in the network of their nodes, where no NetworkPolicy holds: it gets none. */
  readonly hostNetwork?: boolean;
  /** Annotations of the ServiceAccount. */
  readonly serviceAccount?: { readonly annotations: Value<Readonly<Record<string, string>>> };
}

/**
 * What runs pods: gathers connections, configuration and secrets until the platform is composed,
 * then makes ServiceAccount, ConfigMaps and NetworkPolicy, and the objects of its own kind.
 */
export abstract class Workload extends Late {
  public readonly name: string;
  public readonly component: string;
  /** Name and labels of the objects. */
  public readonly metadata: ManifestLiteral['metadata'];
  /** Labels that the pods have for life. */
  public readonly selector: Readonly<Record<string, string>>;
  public readonly connections: Connection[] = [];
  /** Connections of others to this workload. */
  public readonly consumers: Connection[] = [];
  public readonly environment: Item<V1EnvVar>[] = [];
  public readonly configs: ConfigFiles[] = [];
  public readonly secrets: SecretFiles[] = [];
  /** What may reach the pods, and what they may reach, beside connections. */
  public readonly traffic: {
    readonly ingress: Item<V1NetworkPolicyIngressRule>[];
    readonly egress: Item<V1NetworkPolicyEgressRule>[];
  } = { ingress: [], egress: [] };

  public constructor(
    public readonly tier: PlatformTier,
    id: string,
    private readonly workload: WorkloadOptions,
  ) {
    super(workload.when ? new When(tier, `${id}-switch`, workload.when) : tier, id);
    this.name = id;
    this.component = workload.component;
    const own = { 'app.kubernetes.io/name': id, 'app.kubernetes.io/component': workload.component };
    const labels = labelsOf(tier);
    this.metadata = { name: id, labels: { ...own, ...labels.common } };
    this.selector = { ...own, ...labels.selector };
    this.node.addValidation({ validate: () => loopsThrough(this) });
  }

  /**
   * Talks to the endpoint: the variables <ENDPOINT>_HOST and <ENDPOINT>_PORT, the Secret's files
   * in the folder <ENDPOINT>_SECRET, network policies on both sides, an edge in the model.
   */
  public connectsTo(endpoint: ServiceEndpoint, options: ConnectionOptions = {}): Address {
    const { values, roles, when, optional = false } = options;
    const connection = { from: this, to: endpoint, required: !optional, when, values, roles };
    this.connections.push(connection);
    endpoint.workload.consumers.push(connection);
    this.tier.linksTo(linkOf(connection));
    const inside =
      endpoint.workload.tier === this.tier
        ? { host: endpoint.workload.name, port: endpoint.port }
        : this.tier.connectsTo(endpoint, values?.external.host, when);
    const prefix = options.prefix ?? endpoint.name.toUpperCase().replaceAll('-', '_');
    if (options.variables !== false) {
      const variables = variablesOf(prefix, inside, options);
      this.environment.push(...where(when, variables));
    }
    if (endpoint.secretKeys.length > 0 && values?.existingSecret !== undefined) {
      if (when !== undefined) this.complainAboutLogin(endpoint);
      const mount = `/run/secrets/${endpoint.name}`;
      this.secret(endpoint.name, {
        name: values.existingSecret,
        keys: endpoint.secretKeys,
        why: `Login of ${this.name} at ${endpoint.name}.`,
        mount,
      });
      this.env({ [`${prefix}_SECRET`]: mount });
    }
    return addressOf(inside, values);
  }

  private complainAboutLogin({ name }: ServiceEndpoint): void {
    const complaint = `The connection to ${name} is there by value, but the Secret of its login always; leave out its when.`;
    this.node.addValidation({ validate: () => [complaint] });
  }

  /** Where it does not hold, nothing of the workload is there. */
  public get condition(): Value<boolean> | undefined {
    return this.workload.when;
  }

  /** Adds environment variables. */
  public env(variables: Readonly<Record<string, Val<string>>>): this {
    for (const [name, value] of Object.entries(variables)) this.environment.push({ name, value });
    return this;
  }

  /** Mounts configuration files as the ConfigMap <name>-<id>; a change of them rolls the pods. */
  public config(id: string, mount: string, files: Readonly<Record<string, string>>): this {
    this.configs.push(new ConfigFiles(this, id, { mount, files }));
    return this;
  }

  /** The text of a mounted configuration file. */
  protected file(name: string): Value<string> {
    const text = this.configs.map(({ texts }) => texts[name]).find((one) => one !== undefined);
    if (text !== undefined) return text;
    const names = this.configs.flatMap(({ texts }) => Object.keys(texts)).join(', ') || 'none';
    throw new Error(
      `There is no configuration file ${name}; mount it with config(). Mounted: ${names}.`,
    );
  }

  /** Mounts a Secret as files that only the pod's user and group can read. */
  public secret(id: string, options: SecretOptions): this {
    this.secrets.push(new SecretFiles(this, id, options));
    return this;
  }

  protected compose(): void {
    new Manifest(this, 'service-account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        ...this.metadata,
        ...(this.workload.serviceAccount && {
          annotations: omitEmpty(this.workload.serviceAccount.annotations),
        }),
      },
      // Here and not in the pods: those of a Job can never change.
      imagePullSecrets: [...this.tier.global.imagePullSecrets],
      automountServiceAccountToken: false,
    });
    if (this.workload.hostNetwork !== true) new NetworkPolicy(this, 'network-policy');
    this.manifests();
  }

  /** Makes the objects of the workload's own kind. */
  protected abstract manifests(): void;
}
