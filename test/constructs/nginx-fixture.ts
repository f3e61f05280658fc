import { z } from 'zod';
import {
  NginxBackend,
  NginxGateway,
  globals,
  limitValues,
  nginxValues,
  routeSwitchValues,
  securityHeaders,
  type NginxGatewayOptions,
  type NginxRoute,
} from '../../constructs';
import { Platform, portRegistry, tiersOf } from '../../synth';
import { textAt } from '../../synth/checks/json';
import { renderEnvironments } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';
import { environment } from '../synth/fixture';

/* A platform of one tier, edge: gateways before one backend. */

const nginx = nginxValues({
  image: { registry: 'docker.io', repository: 'nginxinc/nginx-unprivileged', tag: '1.30.4' },
  exporter: { registry: 'docker.io', repository: 'nginx/exporter', tag: '1.5.3' },
  resources: { cpu: '50m', memory: '64Mi', limit: '128Mi' },
  read: 30,
});
const gatewayValues = z
  .strictObject({ ...nginx, limits: limitValues(), ingress: routeSwitchValues() })
  .describe('Gateway.');
const values = z.strictObject({
  front: gatewayValues,
  side: gatewayValues,
  pages: z.strictObject(nginx).describe('Pages.'),
});
const declare = tiersOf(globals({ domain: 'edge.example', tiers: ['edge'] }));
export class EdgeTier extends declare({ name: 'edge', description: 'Edge.', values }) {}

/** A backend with one page. */
export const pages = (edge: EdgeTier, services = {}): NginxBackend =>
  new NginxBackend(edge, 'pages', {
    values: edge.values.pages,
    ports: { http: 8081, status: 8091, metrics: 9113 },
    files: { 'index.html': '<p>Hello</p>\n' },
    services,
  });

/** A gateway before that backend; `more` replaces what a test is about. */
export const gateway = (
  edge: EdgeTier,
  backend: NginxBackend,
  more: Partial<NginxGatewayOptions> = {},
  id: 'front' | 'side' = 'front',
): NginxGateway =>
  new NginxGateway(edge, id, {
    values: edge.values[id],
    ports: { http: 8080, status: 8090, metrics: 9113 },
    upstreams: { pages: backend.endpoint },
    routes: [route(edge)],
    ...more,
  });

/** A route with all that it needs. */
export const route = (edge: EdgeTier, more: Partial<NginxRoute> = {}): NginxRoute => ({
  host: 'www.edge.example',
  path: '/',
  upstream: 'pages',
  limits: edge.values.front.limits,
  headers: securityHeaders("default-src 'self'"),
  ...more,
});

/** Registers the ports of the fixture, and two that only one owner can have. */
const own = { tier: 'edge', purpose: 'Test.' };
const wellKnown = 'https://example.org/ports';
const ports = portRegistry({
  ranges: { edge: { from: 8000, to: 8099, purpose: 'Edge.' } },
  ports: {
    http: { port: 80, wellKnown, owner: 'front', ...own },
    https: { port: 443, wellKnown, owner: 'front', ...own },
    front: { port: 8080, range: 'edge', owner: 'front', ...own },
    pages: { port: 8081, range: 'edge', owner: 'pages', ...own },
    metrics: {
      port: 9113,
      wellKnown,
      owner: 'front',
      ...own,
      sharedBy: {
        owners: [
          { tier: 'edge', owner: 'pages' },
          { tier: 'edge', owner: 'side' },
        ],
        reason: 'Same exporter.',
      },
    },
  },
});

export function edgeOf(fill: (edge: EdgeTier) => unknown, overlay: JsonMap = {}): Platform {
  const [version, kubeVersion] = ['1.0.0', '>=1.28.0-0'];
  const release = { name: 'edge', namespace: 'edge-release' };
  const platform = new Platform({
    chart: { name: 'edge', description: 'Edge.', version, appVersion: version, kubeVersion },
    environments: [environment({ name: 'test', values: overlay, release })],
    ports,
  });
  fill(new EdgeTier(platform));
  return platform;
}

/** The objects under these values. */
export const objectsOf = (fill: (edge: EdgeTier) => unknown, overlay: JsonMap = {}): JsonMap[] =>
  renderEnvironments(edgeOf(fill, overlay).build()).flatMap(({ objects }) =>
    objects.map(({ json }) => json),
  );

export const named = (objects: readonly JsonMap[], kind: string, name: string) =>
  objects.find((one) => one['kind'] === kind && textAt(one, 'metadata', 'name') === name);
