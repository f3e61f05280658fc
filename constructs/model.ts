import type { IConstruct } from 'constructs';
import { PublicRoute } from './public-route';
import { StatefulStore } from './stateful-store';
import { Workload } from './workload';

/** A workload, as documents and tools know it. */
export interface System {
  readonly name: string;
  readonly tier: string;
  readonly component: string;
  /** Keeps state on a volume. */
  readonly store: boolean;
  /** Can be reached from outside, where its route is on. */
  readonly route: boolean;
}

/** That one system talks to another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** Waits for it in readiness. */
  readonly required: boolean;
}

/** The platform without its manifests: what runs, and who talks to whom. */
export interface Model {
  readonly systems: readonly System[];
  readonly edges: readonly Edge[];
}

/**
 * The model of a platform; read it after `build()` or `read()`, when late constructs have said all.
 */
export function modelOf(platform: IConstruct): Model {
  const workloads = platform.node
    .findAll()
    .filter((one): one is Workload => one instanceof Workload);
  return {
    systems: workloads.map((workload) => ({
      name: workload.name,
      tier: workload.tier.options.name,
      component: workload.component,
      store: workload instanceof StatefulStore,
      route: workload.node.children.some((child) => child instanceof PublicRoute),
    })),
    edges: workloads.flatMap(({ name, connections }) =>
      connections.map(({ to, required }) => ({
        from: name,
        to: to.workload.name,
        port: to.port,
        required,
      })),
    ),
  };
}
