import { gpuNodePool } from '../../../constructs';

/* A pool of GPUs says where it is, and shares its GPUs in one way. */

const [gpu, gpus] = ['nvidia-a100-40gb', 2] as const;

gpuNodePool({
  provider: 'own',
  gpu,
  gpus,
  // TS2353: Object literal may only specify known properties, and 'replicas' does not exist in
  // type '{ readonly mode: "mig"; readonly profile: string; }'.
  sharing: { mode: 'mig', profile: '1g.5gb', replicas: 4 },
});
// TS2353: Object literal may only specify known properties, and 'replicas' does not exist in
// type '{ readonly mode: "mig"; readonly profile: string; }'.
gpuNodePool({ provider: 'own', gpu, gpus, sharing: { mode: 'mig', replicas: 4 } });
// TS2322: Type '{ mode: "time-slicing"; }' is not assignable to type 'Sharing'. … Property
// 'replicas' is missing in type '{ mode: "time-slicing"; }' but required in type '{ readonly
// mode: "time-slicing"; readonly replicas: number; }'.
gpuNodePool({ provider: 'own', gpu, gpus, sharing: { mode: 'time-slicing' } });
// TS2345: Argument of type '{ gpu: "nvidia-a100-40gb"; gpus: 2; sharing: { mode: "whole"; }; }'
// is not assignable to parameter of type 'GpuPoolOptions'. … Property 'provider' is missing in
// type '{ gpu: "nvidia-a100-40gb"; gpus: 2; sharing: { mode: "whole"; }; }' but required in
// type '{ readonly provider: "doks" | "own"; readonly spot?: never; }'.
gpuNodePool({ gpu, gpus, sharing: { mode: 'whole' } });
// TS2322: Type '"moon"' is not assignable to type '"eks" | "gke" | "aks" | "doks" | "own"'.
gpuNodePool({ provider: 'moon', gpu, gpus, sharing: { mode: 'whole' } });
// TS2322: Type '"nvidia-9000"' is not assignable to type '"nvidia-a100-40gb" | "nvidia-t4" |
// "nvidia-l4" | "nvidia-a100-80gb" | "nvidia-h100-80gb"'.
gpuNodePool({ provider: 'own', gpu: 'nvidia-9000', gpus, sharing: { mode: 'whole' } });
// TS2345: Argument of type '{ provider: "doks"; gpu: "nvidia-a100-40gb"; gpus: 2; sharing: {
// mode: "whole"; }; spot: boolean; }' is not assignable to parameter of type 'GpuPoolOptions'.
// … Type 'boolean' is not assignable to type 'undefined'.
gpuNodePool({ provider: 'doks', gpu, gpus, sharing: { mode: 'whole' }, spot: true });
