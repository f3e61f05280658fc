import { HelmTest, type WebService } from '../../constructs';
import { image } from '../../synth';
import type { AppTierSelf } from '.';
import { NODE_USER } from './node-service';

const SCRIPT = `\
const answer = await fetch(process.env.URL);
console.log(answer.status, await answer.text());
process.exit(answer.ok ? 0 : 1);
`;

/** `helm test`: the service answers through its Service, and its store answers it. */
export class ReadyTest extends HelmTest {
  public constructor(tier: AppTierSelf, id: string, service: WebService) {
    const port = service.options.ports.http;
    super(id, 'ready', {
      workload: service,
      port,
      image: image(tier.values.nodeService.image, tier.global.imageRegistry),
      user: NODE_USER,
      command: ['node', '--input-type=module', '--eval', SCRIPT],
      env: { URL: `http://${service.name}:${String(port)}/ready` },
    });
  }
}
