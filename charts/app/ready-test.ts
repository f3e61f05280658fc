import { ChartOnly, Manifest, image } from '../../synth';
import type { Labels } from '../labels';
import { containerSecurity, podSecurity } from '../security';
import type { AppTierSelf } from '.';
import { NODE_USER } from './deployment';
import { NODE_SERVICE_PORT } from './node-service';

const SCRIPT = `\
const answer = await fetch(process.env.URL);
console.log(answer.status, await answer.text());
process.exit(answer.ok ? 0 : 1);
`;

/** `helm test`: the service answers through its Service, and its store answers it. */
export class ReadyTest extends ChartOnly {
  public constructor(tier: AppTierSelf, id: string, labels: Labels) {
    super(tier, id);
    const { nodeService } = tier.values;
    new Manifest(this, 'ready', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'node-service-ready-test',
        labels: { 'app.kubernetes.io/name': 'node-service-ready-test', ...labels.common },
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
            image: image(nodeService.image, tier.global.imageRegistry),
            command: ['node', '--input-type=module', '--eval', SCRIPT],
            env: [{ name: 'URL', value: `http://node-service:${String(NODE_SERVICE_PORT)}/ready` }],
            resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
            ...containerSecurity,
          },
        ],
      },
    });
  }
}
