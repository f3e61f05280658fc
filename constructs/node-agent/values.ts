import { z } from 'zod';
import { imageSchema } from '../../synth';
import { podValues, type PodDefaults } from '../pod-values';
import { resourcesSchema, type ResourceDefaults } from '../resources';

export interface NodeAgentDefaults extends PodDefaults {
  readonly image: { readonly registry: string; readonly repository: string; readonly tag: string };
  readonly resources: ResourceDefaults;
  /** What it is for, in a sentence that begins with "Whether". */
  readonly enabled: string;
}

/** Bears all taints, so that no node is left out. */
const EVERY_NODE = [{ operator: 'Exists' }];

/** Values of an agent of the nodes; spread them into its group, beside those of its own. */
export const nodeAgentValues = ({ image, resources, enabled, ...pod }: NodeAgentDefaults) => ({
  enabled: z.boolean().default(true).describe(enabled),
  image: imageSchema(image),
  resources: resourcesSchema(resources),
  ...podValues({ tolerations: EVERY_NODE, ...pod }),
});
export type NodeAgentValues = z.output<z.ZodObject<ReturnType<typeof nodeAgentValues>>>;
