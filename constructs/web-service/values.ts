import { z } from 'zod';
import { imageSchema } from '../../synth';
import { autoscalingValues } from '../autoscaler';
import { podValues } from '../pod-values';
import { routeValues } from '../public-route';
import { resourcesSchema, type ResourceDefaults } from '../resources';

export interface WebServiceDefaults {
  readonly image: { registry: string; repository: string; tag: string };
  readonly resources: ResourceDefaults;
  /** Label of the public host below global.domain. */
  readonly subdomain: string;
}

/** Values of a web service; spread them into its group, beside those of its own. */
export const webServiceValues = ({ image, resources, subdomain }: WebServiceDefaults) => ({
  image: imageSchema(image),
  replicas: z.int().min(0).max(1000).default(2).describe('Pods where autoscaling is off.'),
  resources: resourcesSchema(resources),
  autoscaling: autoscalingValues(),
  ingress: routeValues(subdomain),
  ...podValues(),
});
export type WebServiceValues = z.output<z.ZodObject<ReturnType<typeof webServiceValues>>>;

/** Values of GPUs for each pod. */
export const gpuValues = () =>
  z
    .strictObject({
      enabled: z.boolean().default(false).describe('Whether each pod gets GPUs.'),
      count: z.int().min(1).max(16).default(1).describe('Whole GPUs of each pod.'),
    })
    .describe('NVIDIA GPUs as the extended resource nvidia.com/gpu.');
export type GpuValues = z.output<ReturnType<typeof gpuValues>>;
