import type { Val } from '../../synth';

/** What a client may do. */
export interface RouteLimits {
  /** Largest body of a request in MB. */
  readonly bodyMB: Val<number>;
  /** Requests of a client each second, at each pod. */
  readonly perSecond: Val<number>;
  /** Requests beyond that rate that are served at once. */
  readonly burst: Val<number>;
  /** Requests of a client at a time, at each pod. */
  readonly connections: Val<number>;
}

/** Requests to a host whose path starts with a prefix. */
export interface NginxRoute {
  readonly host: Val<string>;
  /** Prefix of the path; the longest one that fits wins. */
  readonly path: string;
  /** Name of one of the gateway's upstreams. */
  readonly upstream: string;
  /** Whether the Ingress of the gateway has it, where that is on. @default true */
  readonly public?: boolean;
  /** A public route must have them. */
  readonly limits?: RouteLimits;
  /** Headers of each answer, instead of those of the upstream. A public route must have them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Headers that browsers go by; each page says by itself what it may load. */
export const securityHeaders = (contentSecurityPolicy: string) => ({
  'Content-Security-Policy': contentSecurityPolicy,
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  // Browsers take it over TLS only.
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
});
