import { HelmTest, NGINX_USER, type NginxGateway, type NginxRoute } from '../../constructs';
import { image, sourceFile } from '../../synth';
import type { NetworkTierSelf } from '.';

/**
 * `helm test`: a page comes through gateway and backend, with the headers of its route. The client
 * is the wget of nginx's own image, which every node with a gateway has.
 */
export function routeTest(
  tier: NetworkTierSelf,
  gateway: NginxGateway,
  { host, headers = {} }: NginxRoute,
): HelmTest {
  return new HelmTest('tests', 'route', {
    workload: gateway,
    port: gateway.options.ports.http,
    image: image(tier.values.gateway.image, tier.global.imageRegistry),
    user: NGINX_USER,
    command: ['sh', '-c', sourceFile(__dirname, 'route-test.sh')],
    env: {
      URL: `http://${gateway.name}:${String(gateway.options.ports.http)}`,
      HOST: host,
      HEADERS: Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n'),
    },
    deadlineSeconds: 60,
  });
}
