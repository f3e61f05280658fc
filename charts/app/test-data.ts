import { Job, revisionOf, type WebService } from '../../constructs';
import { image, sourceFile } from '../../synth';
import type { AppTierSelf } from '.';
import { NODE_USER } from './node-service';

/** Items for those who try the platform out, put there by the API that everyone uses. */
export function testData(tier: AppTierSelf, service: WebService): void {
  const { testData: values, image: node } = tier.values.nodeService;
  const script = sourceFile(__dirname, 'add-test-data.mjs');
  const job = new Job(tier, 'test-data', {
    component: 'test-data',
    when: values.enabled,
    revision: 'test-data.json',
    run: {
      image: image(node, tier.global.imageRegistry),
      user: NODE_USER,
      command: ['node', '/opt/test-data/add-test-data.mjs', '/etc/test-data/test-data.json'],
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      deadlineSeconds: 900,
    },
  });
  const { host, port } = job.connectsTo(service.endpoint, { variables: false });
  const list = {
    // Not read by the script: what stands here is part of the name of the Job.
    revision: revisionOf(tier, node, script),
    url: `http://${host}:${port}`,
    items: `${values.items}`,
  };
  job
    .config('list', '/etc/test-data', { 'test-data.json': `${JSON.stringify(list, null, 2)}\n` })
    .config('script', '/opt/test-data', { 'add-test-data.mjs': script });
}
