import type { Construct } from 'constructs';
import { TierNamespace } from '../../constructs';
import { tier } from '../../platform/global';
import type { DataTier } from '../data';
import { nodeService } from './node-service';
import { ReadyTest } from './ready-test';
import { appValues } from './values';

const AppTierBase = tier({
  name: 'app',
  description: 'Application services.',
  values: appValues,
});

/** The tier that serves users. */
export class AppTier extends AppTierBase {
  public constructor(scope: Construct, data: DataTier) {
    super(scope);
    new TierNamespace(this);
    new ReadyTest(this, 'tests', nodeService(this, data));
  }
}

export type AppTierSelf = InstanceType<typeof AppTierBase>;
