import { WebService, httpProbes, telemetry } from '../../constructs';
import { ports } from '../../platform/ports';
import type { DataTier } from '../data';
import type { GpuTier } from '../gpu';
import type { AppTierSelf } from '.';

/** User node of the official image, which ours is made from. */
export const NODE_USER = 1000;

/** The Node microservice: MongoDB keeps its items, Redis spares it some reads, Ollama answers. */
export function nodeService(
  tier: AppTierSelf,
  data: Pick<DataTier, 'mongodb' | 'redis'>,
  gpu: Pick<GpuTier, 'aiService'>,
) {
  const values = tier.values.nodeService;
  const service = new WebService(tier, 'node-service', {
    values,
    run: { user: NODE_USER, gpu: values.gpu },
    ports: { http: ports.nodeService, metrics: ports.nodeMetrics },
    probes: httpProbes({ liveness: '/health', readiness: '/ready' }),
    subdomain: 'api',
  });
  service.env({
    NODE_ENV: 'production',
    NODE_OPTIONS: `--max-old-space-size=${values.maxHeapMB}`,
    PORT: String(ports.nodeService),
    METRICS_PORT: String(ports.nodeMetrics),
    LOG_LEVEL: values.logLevel,
  });
  service.connectsTo(data.mongodb, { values: values.mongodb });
  service.connectsTo(data.redis, { values: values.redis, optional: true });
  const { chat, embedding } = tier.global.models;
  service.connectsTo(gpu.aiService, {
    values: values.ai,
    when: values.ai.enabled,
    optional: true,
    env: { CHAT_MODEL: chat, EMBEDDING_MODEL: embedding },
  });
  telemetry(service, values.telemetry);
  return service;
}
