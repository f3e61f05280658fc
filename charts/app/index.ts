import type { Construct } from 'constructs';
import { tier } from '../../platform/global';
import type { DataTier } from '../data';
import { labelsOf } from '../labels';
import { tierNamespace } from '../namespace';
import { NodeService } from './node-service';
import { ReadyTest } from './ready-test';
import { appValues } from './values';

const AppTierBase = tier({
  name: 'app',
  description: 'Application services.',
  values: appValues,
});

/** The tier that serves users. */
export class AppTier extends AppTierBase {
  public constructor(scope: Construct, { mongodb }: Pick<DataTier, 'mongodb'>) {
    super(scope);
    const labels = labelsOf(this);
    tierNamespace(this, {
      name: this.global.namespaces.app,
      create: this.global.namespaces.create,
      labels: labels.common,
    });
    new NodeService(this, 'node-service', labels, this.connectsTo(mongodb));
    new ReadyTest(this, 'tests', labels);
  }
}

export type AppTierSelf = InstanceType<typeof AppTierBase>;
