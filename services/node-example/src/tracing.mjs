import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  context,
  diag,
  DiagLogLevel,
  propagation,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { withoutSecrets } from './secret.mjs';

/** @typedef {import('@opentelemetry/api').Attributes} Attributes */

const QUIET_MS = 60_000;

/**
 * Makes every request a span, with or without a collector: the ids are in the logs either way.
 * The libraries read the OTEL_ variables themselves.
 * @param {Record<string, string | undefined>} env
 * @param {import('./log.mjs').Log} log
 * @returns {Promise<{ shutdown(): Promise<void> }>}
 */
export async function startTracing(env, log) {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  let quietUntil = 0;
  /** @param {string} message */
  const warn = (message) => {
    // While a collector is down there is a failure every few seconds.
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + QUIET_MS;
    // It belongs to no request, though it happens on behalf of one.
    const detail = withoutSecrets(message);
    context.with(ROOT_CONTEXT, () => log.warn('tracing', { detail }));
  };
  const quiet = () => undefined;
  diag.setLogger(
    { error: warn, warn, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const spanProcessors = [];
  if (env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) {
    // Loaded only where it is used: it is the largest part of what starts.
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
    spanProcessors.push(new BatchSpanProcessor(new OTLPTraceExporter()));
  }
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'node-service' }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({ resource, spanProcessors });
  trace.setGlobalTracerProvider(provider);
  return provider;
}

const tracer = () => trace.getTracer('node-example');

/**
 * Begins the span of a request, as a child of the caller's if it sent one.
 * @param {import('node:http').IncomingMessage} request
 */
export function requestSpan(request) {
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const span = tracer().startSpan(request.method ?? '', { kind: SpanKind.SERVER }, parent);
  return { span, active: trace.setSpan(parent, span) };
}

/** The header traceparent of the current span. @returns {Record<string, string>} */
export function traceHeaders() {
  /** @type {Record<string, string>} */
  const headers = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/**
 * Runs what asks another program as a span of its own.
 * @template T
 * @param {string} name
 * @param {Attributes} attributes
 * @param {() => Promise<T>} work
 */
export function clientSpan(name, attributes, work) {
  return tracer().startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      // The name only: a message would leave the process without having been looked through.
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
