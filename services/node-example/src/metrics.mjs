import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** @typedef {ReturnType<typeof createMetrics>} Metrics */

// Names and labels are those that OpenTelemetry's conventions get in Prometheus, where there are
// any. One is cut, since promtool wants no _count at the end of a gauge.
const AI_BUCKETS = [0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96];
const TOKEN_BUCKETS = [1, 4, 16, 64, 256, 1024, 4096, 16_384];
const AI_LABELS = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'];
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** @param {Registry} registry */
export async function exposition(registry) {
  // The library writes Nan for the lag of the event loop when it was asked a moment before.
  return (await registry.metrics()).replace(/ Nan$/gm, ' NaN');
}

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Seconds from the head of a request to the end of its response.',
      labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
      buckets: BUCKETS,
      registers,
    }),
    active: new Gauge({
      name: 'http_server_active_requests',
      help: 'Requests in progress.',
      registers,
    }),
    operations: new Histogram({
      name: 'db_client_operation_duration_seconds',
      help: 'Seconds that operations of MongoDB and Redis took.',
      labelNames: ['db_system_name', 'db_operation_name', 'error_type'],
      buckets: BUCKETS,
      registers,
    }),
    connections: new Gauge({
      name: 'db_client_connections',
      help: 'Connections to MongoDB, used and idle.',
      labelNames: ['db_system_name', 'db_client_connection_state'],
      registers,
    }),
    up: new Gauge({
      name: 'store_up',
      help: 'Whether MongoDB and Redis answered when last asked, 1 or 0.',
      labelNames: ['db_system_name'],
      registers,
    }),
    aiOperations: new Histogram({
      name: 'gen_ai_client_operation_duration_seconds',
      help: 'Seconds that answers and vectors of models took.',
      labelNames: [...AI_LABELS, 'error_type'],
      buckets: AI_BUCKETS,
      registers,
    }),
    aiTokens: new Histogram({
      name: 'gen_ai_client_token_usage',
      help: 'Tokens that models read and wrote.',
      labelNames: [...AI_LABELS, 'gen_ai_token_type'],
      buckets: TOKEN_BUCKETS,
      registers,
    }),
    aiUp: new Gauge({
      name: 'ai_up',
      help: 'Whether the AI service answered when last asked, 1 or 0.',
      labelNames: ['gen_ai_provider_name'],
      registers,
    }),
    cache: new Counter({
      name: 'cache_requests_total',
      help: 'Reads of the cache: hit, miss, or off when Redis could not be asked.',
      labelNames: ['result'],
      registers,
    }),
  };
}
