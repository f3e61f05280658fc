import { AppTier } from './charts/app';
import { ClusterTier } from './charts/cluster';
import { DataTier } from './charts/data';
import { NetworkTier } from './charts/network';
import { GpuTier } from './charts/gpu';
import { dev } from './platform/environments/dev';
import { prod } from './platform/environments/prod';
import { staging } from './platform/environments/staging';
import { registry } from './platform/ports';
import { aks } from './platform/providers/aks';
import { doks } from './platform/providers/doks';
import { eks } from './platform/providers/eks';
import { gke } from './platform/providers/gke';
import { waivers } from './platform/waivers';
import { Platform, run } from './synth';

/** The reference platform: its tiers, in the order that they come up. */
export function compose(): Platform {
  const platform = new Platform({
    chart: {
      name: 'platform',
      description: 'Reference platform: a gateway, a Node microservice, its stores, and models.',
      version: '0.1.0',
      appVersion: '0.1.0',
      kubeVersion: '>=1.28.0-0',
    },
    environments: [dev, staging, prod],
    overlays: [eks, gke, aks, doks],
    ports: registry,
    waivers,
    docs: 'docs',
  });
  const data = new DataTier(platform);
  const gpu = new GpuTier(platform);
  const app = new AppTier(platform, data, gpu);
  new NetworkTier(platform, app);
  new ClusterTier(platform);
  return platform;
}

if (require.main === module) run(compose);
