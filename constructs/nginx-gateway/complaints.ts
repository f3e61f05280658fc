import { describeValue } from '../../synth';
import type { NginxGateway } from '.';
import type { NginxRoute } from './route';

/**
 * What nginx, or a person at night, would trip over.
 * @param before gateways that were made earlier.
 */
export function complaintsAbout(gateway: NginxGateway, before: readonly NginxGateway[]): string[] {
  const { routes, ready } = gateway.options;
  return [
    ...routes.flatMap((route) => [
      ...undeclared(gateway, nameOf(route), route.upstream),
      ...unprotected(route),
      ...unreadable(route),
    ]),
    ...(ready ? undeclared(gateway, 'ready', ready.upstream) : []),
    ...twice(routes),
    ...before.flatMap((other) => shared(routes, other)),
  ];
}

/** The same for the same host; that two texts hold the same value does not make them equal. */
const hostOf = ({ host }: NginxRoute) => describeValue(host);
const shown = (route: NginxRoute) => (typeof route.host === 'string' ? route.host : hostOf(route));
const nameOf = (route: NginxRoute) => `route ${shown(route)}${route.path}`;

function undeclared({ options }: NginxGateway, what: string, upstream: string): string[] {
  const names = Object.keys(options.upstreams);
  if (names.includes(upstream)) return [];
  return [
    `${what} passes requests to upstream ${JSON.stringify(upstream)}, which nobody declares; declare it in upstreams, or take a declared one: ${names.join(', ') || 'none'}.`,
  ];
}

function unprotected(route: NginxRoute): string[] {
  if (route.public === false) return [];
  const missing = [
    ...(route.limits === undefined ? ['limits'] : []),
    ...(Object.keys(route.headers ?? {}).length === 0 ? ['headers'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    `${nameOf(route)} is public and has no ${missing.join(' and no ')}; give it ${missing.join(' and ')}, or set public to false.`,
  ];
}

/** Of two locations nginx would refuse the second, of two servers ignore it. */
function twice(routes: readonly NginxRoute[]): string[] {
  const seen = new Map<string, NginxRoute[]>();
  for (const route of routes) {
    const key = `${hostOf(route)} ${route.path}`;
    seen.set(key, [...(seen.get(key) ?? []), route]);
  }
  return [...seen.values()].flatMap(([route, second]) =>
    route === undefined || second === undefined
      ? []
      : `${nameOf(route)} is declared twice; remove one, or give it another host or path.`,
  );
}

/** Which of both an ingress controller takes is up to it. */
function shared(routes: readonly NginxRoute[], other: NginxGateway): string[] {
  const known = other.options.routes.map(hostOf);
  const hosts = routes.map(hostOf);
  const both = routes.filter(
    (route, at) => known.includes(hostOf(route)) && hosts.indexOf(hostOf(route)) === at,
  );
  return both.map(
    (route) =>
      `host ${shown(route)} is one of gateway ${other.node.path} too; give it another name, or put its routes into one gateway.`,
  );
}

/** Texts that would end the directive that they are part of, or mean something else in it. */
function unreadable(route: NginxRoute): string[] {
  const complain = (what: string, got: string, rule: string) =>
    `${nameOf(route)} has the ${what} ${JSON.stringify(got)}; use ${rule}.`;
  const { path, headers = {} } = route;
  return [
    ...(/^\/[A-Za-z0-9._~/-]*$/.test(path)
      ? []
      : [complain('path', path, 'a "/", then letters, digits, "/", ".", "_", "~" and "-"')]),
    ...Object.entries(headers).flatMap(([name, value]) => [
      ...(/^[A-Za-z][A-Za-z0-9-]*$/.test(name)
        ? []
        : [complain('header', name, 'a letter, then letters, digits and "-"')]),
      ...(/["\\$\r\n]/.test(value)
        ? [complain(`header ${name}:`, value, 'no quotes, backslashes, "$" or line ends')]
        : []),
    ]),
  ];
}
