import type { NamedOverlay } from '../../synth';
import { pools } from '../gpu-pools';
import type { PlatformValues } from '../values';

/**
 * Needs the EBS CSI driver with a StorageClass gp3, and the AWS Load Balancer Controller, whose
 * load balancers reach pods by address: set ingressAddresses to the blocks of their subnets.
 */
export const eks: NamedOverlay<PlatformValues> = {
  name: 'eks',
  summary: 'Amazon EKS: volumes on EBS gp3, public routes by an Application Load Balancer.',
  values: {
    global: {
      storageClass: 'gp3',
      ingressClass: 'alb',
      network: { ingressAddresses: ['10.0.0.0/16'] },
    },
    app: {
      nodeService: {
        ingress: {
          annotations: {
            'alb.ingress.kubernetes.io/scheme': 'internet-facing',
            'alb.ingress.kubernetes.io/target-type': 'ip',
            'alb.ingress.kubernetes.io/healthcheck-path': '/ready',
          },
        },
      },
    },
    network: {
      gateway: {
        ingress: {
          annotations: {
            'alb.ingress.kubernetes.io/scheme': 'internet-facing',
            'alb.ingress.kubernetes.io/target-type': 'ip',
            'alb.ingress.kubernetes.io/healthcheck-path': '/ready',
          },
        },
      },
    },
    gpu: { pool: pools.eks.values, ollama: { gpu: pools.eks.gpus(1) } },
    cluster: pools.eks.agents,
  },
};
