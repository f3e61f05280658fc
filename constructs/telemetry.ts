import { z } from 'zod';
import { notEmpty, optionalDnsName, port, whenItems, type Values } from '../synth';
import type { Workload } from './workload';

/** Where traces go; metrics are scraped and logs read from standard output. */
export const telemetryValues = () =>
  z
    .strictObject({
      host: optionalDnsName()
        .default('')
        .describe('Host of an OpenTelemetry collector; empty sends no traces.'),
      port: port().default(4318).describe('Port of its OTLP over HTTP.'),
    })
    .describe('OpenTelemetry.');
export type TelemetryValues = z.output<ReturnType<typeof telemetryValues>>;

/**
 * Gives a workload the variables of the OpenTelemetry SDKs, and lets it reach the collector. The
 * names and the port are those of the OpenTelemetry specification.
 */
export function telemetry(workload: Workload, { host, port }: Values<TelemetryValues>): void {
  workload.env({
    OTEL_SERVICE_NAME: workload.name,
    OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${workload.tier.release.namespace}`,
  });
  workload.environment.push(
    ...whenItems(notEmpty(host), [
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: `http://${host}:${port}` },
    ]),
  );
  workload.traffic.egress.push(...whenItems(notEmpty(host), [{ ports: [{ port }] }]));
}
