import { Manifest, gt, type Val, type Value, type Values } from '../../synth';
import { ServiceEndpoint } from '../connection';
import { DisruptionBudget } from '../disruption-budget';
import type { PlatformTier } from '../globals';
import type { Probes } from '../probes';
import { Workload } from '../workload';
import { statefulSet } from './stateful-set';
import type { StoreValues } from './values';

export interface StatefulStoreOptions {
  readonly values: Values<StoreValues>;
  /** Role in its system; default: database. */
  readonly component?: string;
  readonly run: {
    /** Number of the user and group that the image's processes run as. */
    readonly user: number;
    /** Instead of the image's entry point. */
    readonly command?: readonly string[];
    readonly args?: readonly Val<string>[];
    /** Further folders that it writes to, beside /tmp and its data. */
    readonly scratch?: readonly string[];
  };
  /** Port that clients connect to; its name is that of the store. */
  readonly port: number;
  /** Folder of the data, on a volume that outlives the pod. */
  readonly data: string;
  /** Members, where the program can have several. Default: 1. */
  readonly replicas?: Value<number>;
  readonly probes: Probes;
  /** Keys of the Secret that a client logs in with. */
  readonly clientKeys: readonly string[];
}

/**
 * Keeps state, behind a headless Service. A single member has no disruption budget: that would
 * block every drain of its node.
 */
export class StatefulStore extends Workload {
  public readonly endpoint: ServiceEndpoint;

  public constructor(
    tier: PlatformTier,
    id: string,
    public readonly options: StatefulStoreOptions,
  ) {
    super(tier, id, {
      component: options.component ?? 'database',
      serviceAccount: options.values.serviceAccount,
    });
    this.endpoint = new ServiceEndpoint(this, id, options.port, options.clientKeys);
  }

  protected manifests(): void {
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: this.metadata,
      spec: {
        clusterIP: 'None',
        // Clients wait for readiness by themselves; members must find each other before it.
        publishNotReadyAddresses: true,
        selector: this.selector,
        ports: [{ name: this.name, port: this.options.port, targetPort: this.name }],
      },
    });
    new Manifest(this, 'stateful-set', statefulSet(this));
    const { replicas } = this.options;
    if (replicas) new DisruptionBudget(this, 'disruption-budget', gt(replicas, 1));
  }
}
