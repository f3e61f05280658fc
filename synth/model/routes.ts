import { at, listAt, mapAt, textAt } from '../checks/json';
import type { Pod } from '../checks/pod';
import type { Item, World } from '../checks/world';
import type { Json } from '../node';
import type { ServicePort } from './ports';
import type { System } from './shape';

type Route = Omit<System['routes'][number], 'environments'>;

/** A route, and the Service that it leads to. */
interface Lead {
  readonly namespace: string;
  readonly service: string;
  readonly route: Route;
}

/** The routes to each pod, by the Services that select it. */
export class Routes {
  private readonly leads: readonly Lead[];

  public constructor(world: World) {
    this.leads = [
      ...world.ofType('Ingress').flatMap(ingressLeads),
      ...world.ofType('HTTPRoute').flatMap(httpLeads),
    ];
  }

  public to({ owner }: Pod, services: readonly ServicePort[]): Route[] {
    const names = new Set(services.map(({ service }) => service));
    const routed = this.leads.filter(
      ({ namespace, service }) => namespace === owner.namespace && names.has(service),
    );
    const open = services.filter(({ type }) => type === 'LoadBalancer' || type === 'NodePort');
    return [
      ...routed.map(({ route }) => route),
      ...open.map(({ type, port }) => ({ via: type, port })),
    ];
  }
}

function ingressLeads({ kind: via, namespace, json }: Item): Lead[] {
  const lead = (host: string, path: string, backend: Json | undefined): Lead[] => {
    const service = textAt(backend, 'service', 'name');
    const port = textAt(mapAt(backend, 'service', 'port'), 'name');
    const number = textAt(mapAt(backend, 'service', 'port'), 'number');
    const tls = certificateFor(json, host);
    const rest = withoutEmpty({ host, path, port: port || number, tls });
    return service === '' ? [] : [{ namespace, service, route: { via, ...rest } }];
  };
  return [
    ...listAt(json, 'spec', 'rules').flatMap((rule) =>
      listAt(rule, 'http', 'paths').flatMap((path) =>
        lead(textAt(rule, 'host'), textAt(path, 'path') || '/', at(path, 'backend')),
      ),
    ),
    ...lead('', '/', at(json, 'spec', 'defaultBackend')),
  ];
}

/** The Secret that an Ingress serves the host with. */
function certificateFor(json: Json, host: string): string {
  const entry = listAt(json, 'spec', 'tls').find((tls) => {
    const hosts = listAt(tls, 'hosts');
    return hosts.length === 0 || hosts.includes(host);
  });
  return textAt(entry, 'secretName');
}

function httpLeads({ kind: via, namespace, json }: Item): Lead[] {
  const hosts = listAt(json, 'spec', 'hostnames').map(String);
  return listAt(json, 'spec', 'rules').flatMap((rule) => {
    const paths = listAt(rule, 'matches').map((match) => textAt(match, 'path', 'value') || '/');
    return listAt(rule, 'backendRefs').flatMap((backend) =>
      (hosts.length === 0 ? [''] : hosts).flatMap((host) =>
        [...new Set(paths.length === 0 ? ['/'] : paths)].map((path) => ({
          namespace: textAt(backend, 'namespace') || namespace,
          service: textAt(backend, 'name'),
          route: { via, ...withoutEmpty({ host, path, port: textAt(backend, 'port') }) },
        })),
      ),
    );
  });
}

const withoutEmpty = <K extends string>(texts: Readonly<Record<K, string>>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) as {
    [Key in K]?: string;
  };
