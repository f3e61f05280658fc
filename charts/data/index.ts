import type { Construct } from 'constructs';
import { DevSecrets, Exporter, TierNamespace, type ServiceEndpoint } from '../../constructs';
import { tier } from '../../platform/global';
import { mongodb } from './mongodb';
import { MongodbAccounts } from './mongodb-accounts';
import { mongodbBackup } from './mongodb-backup';
import { redis } from './redis';
import { dataValues } from './values';

const DataTierBase = tier({
  name: 'data',
  description: 'Databases that the platform keeps its state in.',
  values: dataValues,
});

/** The tier that keeps state. */
export class DataTier extends DataTierBase {
  public readonly mongodb: ServiceEndpoint;
  public readonly redis: ServiceEndpoint;

  public constructor(scope: Construct) {
    super(scope);
    new TierNamespace(this);
    const [mongo, cache] = [mongodb(this), redis(this)];
    new Exporter(mongo, { kind: 'mongodb', values: this.values.mongodb.exporter });
    new Exporter(cache, { kind: 'redis', values: this.values.redis.exporter });
    mongodbBackup(this, mongo);
    new MongodbAccounts(this, mongo);
    const password = { random: 32 };
    new DevSecrets(this, 'dev-secrets', {
      values: this.values.secrets,
      logins: [
        { store: mongo, root: { username: 'root', password }, clients: 'accounts' },
        { store: cache, root: { password }, clients: 'shared' },
      ],
    });
    this.mongodb = mongo.endpoint;
    this.redis = cache.endpoint;
  }
}

export type DataTierSelf = InstanceType<typeof DataTierBase>;
