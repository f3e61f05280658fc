import { HelmTest, type WebService } from '../../constructs';
import { image } from '../../synth';
import { NODE_USER } from './node-service';

const SCRIPT = `\
const answer = await fetch(process.env.URL);
console.log(answer.status, await answer.text());
process.exit(answer.ok ? 0 : 1);
`;

/** `helm test`: the service answers through its Service, and its store answers it. */
export function readyTest(id: string, service: WebService): HelmTest {
  const { name, options, tier } = service;
  const port = options.ports.http;
  return new HelmTest(id, 'ready', {
    workload: service,
    port,
    image: image(options.values.image, tier.global.imageRegistry),
    user: NODE_USER,
    command: ['node', '--input-type=module', '--eval', SCRIPT],
    env: { URL: `http://${name}:${String(port)}/ready` },
  });
}
