import { containerSecurity, labelsOf, podSecurity, type WebService } from '../../constructs';
import { ChartOnly, Manifest, image } from '../../synth';
import type { AppTierSelf } from '.';
import { NODE_USER } from './node-service';

const SCRIPT = `\
const answer = await fetch(process.env.URL);
console.log(answer.status, await answer.text());
process.exit(answer.ok ? 0 : 1);
`;

/** `helm test`: the service answers through its Service, and its store answers it. */
export class ReadyTest extends ChartOnly {
  public constructor(tier: AppTierSelf, id: string, service: WebService) {
    super(tier, id);
    const name = `${service.name}-ready-test`;
    const port = service.options.ports.http;
    const { common } = labelsOf(tier);
    const own = { 'app.kubernetes.io/name': name };
    new Manifest(this, 'ready', {
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
      spec: {
        restartPolicy: 'Never',
        ...podSecurity(NODE_USER),
        imagePullSecrets: [...tier.global.imagePullSecrets],
        containers: [
          {
            name: 'ready',
            image: image(tier.values.nodeService.image, tier.global.imageRegistry),
            command: ['node', '--input-type=module', '--eval', SCRIPT],
            env: [{ name: 'URL', value: `http://${service.name}:${String(port)}/ready` }],
            resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
            ...containerSecurity,
          },
        ],
      },
    });
    // Policies add up: what the test needs is allowed beside what the service's own says.
    const test = { podSelector: { matchLabels: own } };
    const ports = [{ port }];
    new Manifest(this, 'ready-egress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, labels: common },
      spec: {
        ...test,
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: { matchLabels: service.selector } }], ports }],
      },
    });
    new Manifest(this, 'ready-ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${name}-ingress`, labels: common },
      spec: {
        podSelector: { matchLabels: service.selector },
        policyTypes: ['Ingress'],
        ingress: [{ from: [test], ports }],
      },
    });
  }
}
