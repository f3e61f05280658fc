import { z } from 'zod';
import { imageSchema } from '../../synth';
import { podValues } from '../pod-values';
import { resourcesSchema } from '../resources';
import { EXPORTERS, type ExporterName } from './kinds';

/** Values of the exporter of one kind of server. */
export const exporterValues = (kind: ExporterName) =>
  z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether metrics are exported.'),
      image: imageSchema(EXPORTERS[kind].image),
      resources: resourcesSchema({ cpu: '10m', memory: '32Mi', limit: '64Mi' }),
      ...podValues(),
    })
    .describe(`Exporter of metrics for Prometheus, at ${String(EXPORTERS[kind].port)}/metrics.`);
export type ExporterValues = z.output<ReturnType<typeof exporterValues>>;
