import { Manifest, image, type Values } from '../../synth';
import { accountSecret } from '../accounts';
import { podTemplate } from '../pod';
import { metricsProbes, probesOf } from '../probes';
import { scrapeAnnotations } from '../scrape';
import { secretSource } from '../secret-source';
import type { StatefulStore } from '../stateful-store';
import { fromMonitoring } from '../traffic';
import { Workload } from '../workload';
import { EXPORTERS, type ExporterKind, type ExporterName } from './kinds';
import type { ExporterValues } from './values';

export interface ExporterOptions {
  readonly kind: ExporterName;
  readonly values: Values<ExporterValues>;
}

/** Exports the metrics of a store, through an account that can do nothing else. */
export class Exporter extends Workload {
  private readonly kind: ExporterKind;

  public constructor(
    private readonly store: StatefulStore,
    private readonly options: ExporterOptions,
  ) {
    super(store.tier, `${store.name}-exporter`, {
      component: 'exporter',
      when: options.values.enabled,
      serviceAccount: options.values.serviceAccount,
    });
    this.kind = EXPORTERS[options.kind];
    const { roles, variables } = this.kind;
    const { host, port } = this.connectsTo(store.endpoint, {
      optional: true,
      variables: false,
      ...(roles && { roles }),
    });
    this.env(variables?.(`${host}:${String(port)}`, this.name) ?? {});
    this.logsIn();
    this.traffic.ingress.push(...fromMonitoring(this.tier, this.kind.port));
  }

  private logsIn(): void {
    const { login, roles } = this.kind;
    if (login === undefined) return;
    const { store } = this;
    const name = roles ? accountSecret(store, this) : store.options.values.existingSecret;
    const keys = Object.values(login);
    secretSource(this, 'login', { name, keys, why: `Login of ${this.name} at ${store.name}.` });
    this.environment.push(
      ...Object.entries(login).map(([variable, key]) => ({
        name: variable,
        valueFrom: { secretKeyRef: { name, key } },
      })),
    );
  }

  protected manifests(): void {
    const { kind, store, tier } = this;
    const { values } = this.options;
    const address = `${store.name}:${String(store.options.port)}`;
    const args = kind.args?.(address) ?? [];
    new Manifest(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: this.metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: this.selector },
        template: podTemplate(this, {
          user: kind.user,
          values,
          annotations: scrapeAnnotations(this.tier, kind.port),
          container: {
            image: image(values.image, tier.global.imageRegistry),
            ...(args.length > 0 && { args }),
            ports: [{ name: 'metrics', containerPort: kind.port }],
            resources: values.resources,
            ...probesOf(metricsProbes(kind.health)),
          },
        }),
      },
    });
  }
}
