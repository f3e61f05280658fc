import { Job, accountSecret, clientsOf, revisionOf, type StatefulStore } from '../../constructs';
import { image, sourceFile } from '../../synth';
import type { DataTierSelf } from '.';
import { MONGODB_USER } from './mongodb';

const SECRETS = '/run/secrets/accounts';
const KEYS = ['username', 'password'];

/** Gives each client of MongoDB an account of its own, which knows its own database alone. */
export class MongodbAccounts extends Job {
  public constructor(
    tier: DataTierSelf,
    private readonly mongodb: StatefulStore,
  ) {
    super(tier, 'mongodb-accounts', {
      component: 'accounts',
      revision: 'accounts.json',
      run: {
        image: image(tier.values.mongodb.image, tier.global.imageRegistry),
        user: MONGODB_USER,
        command: ['mongosh', '--norc', '--nodb', '--quiet', '/opt/accounts/accounts.js'],
        resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '384Mi' } },
        deadlineSeconds: 900,
        // The database may come up minutes later.
        retries: 6,
      },
    });
    this.connectsTo(mongodb.endpoint);
    this.secret('root', {
      name: mongodb.options.values.existingSecret,
      mount: '/run/secrets/mongodb',
      keys: KEYS,
      why: 'Root user of MongoDB.',
    });
  }

  /** Late: only then all clients are known. */
  protected override compose(): void {
    const { tier, mongodb } = this;
    const script = sourceFile(__dirname, 'make-accounts.js');
    const { values } = mongodb.options;
    const clients = clientsOf(mongodb);
    for (const { client, when } of clients) {
      this.secret(client.name, {
        name: accountSecret(mongodb, client),
        mount: `${SECRETS}/${client.name}`,
        keys: KEYS,
        why: `Account of ${client.name} in MongoDB.`,
        optional: when !== undefined,
      });
    }
    const list = {
      revision: revisionOf(tier, values.image, script, { root: values.existingSecret }),
      accounts: clients.map(({ client: { name: database }, roles, when }) => ({
        secret: `${SECRETS}/${database}`,
        database,
        roles: roles ?? [{ role: 'readWrite', db: database }],
        ...(when && { optional: true }),
      })),
    };
    this.config('list', '/etc/accounts', { 'accounts.json': `${JSON.stringify(list, null, 2)}\n` });
    this.config('script', '/opt/accounts', { 'accounts.js': script });
    super.compose();
  }
}
