import type {
  V1ExecAction,
  V1HTTPGetAction,
  V1Probe,
  V1TCPSocketAction,
} from '@kubernetes/client-node';
import type { DeepObject } from '../synth';

interface HttpGet {
  readonly httpGet: DeepObject<V1HTTPGetAction>;
  readonly tcpSocket?: never;
  readonly exec?: never;
}
interface TcpSocket {
  readonly tcpSocket: DeepObject<V1TCPSocketAction>;
  readonly httpGet?: never;
  readonly exec?: never;
}
interface Exec {
  readonly exec: DeepObject<V1ExecAction>;
  readonly httpGet?: never;
  readonly tcpSocket?: never;
}
type Timing = Omit<DeepObject<V1Probe>, 'httpGet' | 'tcpSocket' | 'exec' | 'grpc'>;
/** One way to ask, and how often; the API server refuses a probe with two. */
export type Probe = (HttpGet | TcpSocket | Exec) & Partial<Timing>;

/** The three questions; liveness and readiness are never the same one. */
export interface Probes {
  /** Has it started? Until then the other two are not asked. */
  readonly startup: Probe;
  /** Would a restart help? Asks nothing of others. */
  readonly liveness: Probe;
  /** Can it serve now? */
  readonly readiness: Probe;
}

/** The probes as a container has them. */
export const probesOf = ({ startup, liveness, readiness }: Probes) => ({
  startupProbe: startup,
  livenessProbe: liveness,
  readinessProbe: readiness,
});

/** Probes of a web service that starts within a minute. */
export const httpProbes = (paths: {
  readonly liveness: string;
  readonly readiness: string;
}): Probes => ({
  startup: {
    httpGet: { path: paths.liveness, port: 'http' },
    periodSeconds: 2,
    failureThreshold: 30,
  },
  // More patient than readiness: a busy service shall get less to do, not start anew.
  liveness: {
    httpGet: { path: paths.liveness, port: 'http' },
    periodSeconds: 10,
    timeoutSeconds: 5,
  },
  readiness: {
    httpGet: { path: paths.readiness, port: 'http' },
    periodSeconds: 5,
    timeoutSeconds: 2,
  },
});

/**
 * Probes of an exporter, at its port metrics.
 * @param health path that answers once the exporter itself works.
 * @param startSeconds how long it may take to start.
 */
export function metricsProbes(health: string, startSeconds = 60): Probes {
  const answers = { httpGet: { path: health, port: 'metrics' } };
  return {
    startup: { ...answers, periodSeconds: 2, failureThreshold: Math.ceil(startSeconds / 2) },
    // A restart mends nothing that it measures: ask for the exporter alone.
    liveness: { tcpSocket: { port: 'metrics' }, periodSeconds: 20 },
    readiness: { ...answers, periodSeconds: 10 },
  };
}
