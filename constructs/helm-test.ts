import { ChartOnly, Manifest, type Val, type Value } from '../synth';
import { labelsOf } from './labels';
import { containerSecurity, podSecurity } from './security';
import type { Workload } from './workload';

export interface HelmTestOptions {
  /** What is tested; its policies let the test in. */
  readonly workload: Workload;
  readonly port: number;
  readonly image: Value<string>;
  /** Number of the user and group that the test runs as. */
  readonly user: number;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, Val<string>>>;
  /** Seconds after which it has failed; default: when `helm test` gives up. */
  readonly deadlineSeconds?: number;
}

/** A pod of `helm test` that talks to a workload, and to nothing else. */
export class HelmTest extends ChartOnly {
  public constructor(id: string, question: string, options: HelmTestOptions) {
    const { tier } = options.workload;
    super(tier, id);
    const name = `${options.workload.name}-${question}-test`;
    const { common } = labelsOf(tier);
    const own = { 'app.kubernetes.io/name': name };
    new Manifest(this, question, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        labels: { ...own, ...common },
        annotations: {
          'helm.sh/hook': 'test',
          'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
        },
      },
      spec: podSpec(options, question),
    });
    this.traffic(options, name, question);
  }

  /** Policies add up: what the test needs is allowed beside what the workload's own says. */
  private traffic({ workload, port }: HelmTestOptions, name: string, question: string): void {
    const { common: labels } = labelsOf(workload.tier);
    const test = { podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } };
    const tested = { podSelector: { matchLabels: workload.selector } };
    const ports = [{ port }];
    new Manifest(this, `${question}-egress`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, labels },
      spec: { ...test, policyTypes: ['Egress'], egress: [{ to: [tested], ports }] },
    });
    new Manifest(this, `${question}-ingress`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${name}-ingress`, labels },
      spec: { ...tested, policyTypes: ['Ingress'], ingress: [{ from: [test], ports }] },
    });
  }
}

function podSpec(options: HelmTestOptions, name: string) {
  const { workload, image, user, command, env, deadlineSeconds } = options;
  return {
    restartPolicy: 'Never',
    ...(deadlineSeconds !== undefined && { activeDeadlineSeconds: deadlineSeconds }),
    ...podSecurity(user),
    imagePullSecrets: [...workload.tier.global.imagePullSecrets],
    containers: [
      {
        name,
        image,
        command,
        env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        ...containerSecurity,
      },
    ],
  };
}
