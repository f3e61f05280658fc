import type { Construct } from 'constructs';
import { TierNamespace, type ServiceEndpoint } from '../../constructs';
import { tier } from '../../platform/global';
import type { DataTier } from '../data';
import type { GpuTier } from '../gpu';
import { nodeService } from './node-service';
import { ReadyTest } from './ready-test';
import { testData } from './test-data';
import { appValues } from './values';

const AppTierBase = tier({
  name: 'app',
  description: 'Application services.',
  values: appValues,
});

/** The tier that serves users. */
export class AppTier extends AppTierBase {
  public readonly nodeService: ServiceEndpoint;

  public constructor(scope: Construct, data: DataTier, gpu: GpuTier) {
    super(scope);
    new TierNamespace(this);
    const service = nodeService(this, data, gpu);
    new ReadyTest(this, 'tests', service);
    testData(this, service);
    this.nodeService = service.endpoint;
  }
}

export type AppTierSelf = InstanceType<typeof AppTierBase>;
