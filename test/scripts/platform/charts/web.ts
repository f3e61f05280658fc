import type { Construct } from 'constructs';
import * as kplus from 'cdk8s-plus-28';
import {
  Manifest,
  When,
  each,
  gt,
  image,
  notEmpty,
  sourceFile,
  whenItems,
  type Value,
} from '../../../../synth';
import { Files } from '../constructs/files';
import { NightJobs } from '../constructs/jobs';
import { Store } from '../constructs/store';
import { WebService } from '../constructs/web-service';
import { tier, webValues } from '../values';

const Base = tier({ name: 'web', description: 'Web pages.', values: webValues });

/** Pages, what they are stored in, and their configuration. */
export class WebTier extends Base {
  public constructor(scope: Construct) {
    super(scope);
    const { values, global } = this;
    new WebService(this, 'web', {
      image: image(values.image, global.imageRegistry),
      replicas: values.replicas,
      resources: values.resources,
      nodeSelector: values.nodeSelector,
      port: 8080,
      probe: { path: '/healthy', seconds: 7 },
      variables: [],
      sidecars: [{ name: 'proxy', image: 'docker.io/library/envoy:1.2.3' }],
    });
    new Store(this, 'store', values.storage);
    new NightJobs(this, 'jobs', {
      name: 'task',
      image: 'docker.io/library/busybox:1.0.0',
    }).add('cleanup', '5 4 * * *');
    new Files(this, 'texts', { 'motto.txt': sourceFile(__dirname, 'motto.txt') });
    new kplus.ServiceAccount(this, 'account', { metadata: { name: 'account' } });
    const metadata = { name: 'web' };
    const rule = ruleFor();
    new Manifest(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: {
        'script.sh': this.file('script.sh', sourceFile(__dirname, 'script.sh')),
        'page.html': this.file('page.html', page(this)),
      },
    });
    new Manifest(new When(this, 'public', notEmpty(values.hosts)), 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        rules: [
          ...whenItems(gt(values.replicas, 9), [{ host: `www.${global.domain}` }]),
          each(values.hosts, (host) => rule(host.name)),
        ],
      },
    });
  }
}

const ruleFor = () => (host: Value<string>) => ({
  host,
});

const page = ({ values, global }: InstanceType<typeof Base>) => `\
<h1>${values.greeting} at
${global.domain}</h1>
<p>This is small.</p>
`;
