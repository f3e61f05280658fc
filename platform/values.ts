import type { z } from 'zod';
import type { appValues } from '../charts/app/values';
import type { clusterValues } from '../charts/cluster/values';
import type { dataValues } from '../charts/data/values';
import type { networkValues } from '../charts/network/values';
import type { gpuTierValues } from '../charts/gpu/values';
import type { globalValues } from './global';

/** All values of the platform, as the environments override them. */
export interface PlatformValues {
  readonly global: z.output<typeof globalValues>;
  readonly data: z.output<typeof dataValues>;
  readonly app: z.output<typeof appValues>;
  readonly network: z.output<typeof networkValues>;
  readonly gpu: z.output<typeof gpuTierValues>;
  readonly cluster: z.output<typeof clusterValues>;
}
