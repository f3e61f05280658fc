import type { Construct } from 'constructs';
import type { Endpoint } from '../../synth';
import { tier } from '../../platform/global';
import { tierNamespace } from '../namespace';
import { labelsOf } from '../labels';
import { MongoDb, type MongoDbEndpoint } from './mongodb';
import { dataValues } from './values';

const DataTierBase = tier({
  name: 'data',
  description: 'Databases that the platform keeps its state in.',
  values: dataValues,
});

/** The tier that keeps state. */
export class DataTier extends DataTierBase {
  public readonly mongodb: Endpoint<MongoDbEndpoint>;

  public constructor(scope: Construct) {
    super(scope);
    const labels = labelsOf(this);
    tierNamespace(this, {
      name: this.global.namespaces.data,
      create: this.global.namespaces.create,
      labels: labels.common,
    });
    this.mongodb = new MongoDb(this, 'mongodb', labels).endpoint;
  }
}

export type DataTierSelf = InstanceType<typeof DataTierBase>;
