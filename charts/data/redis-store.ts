import { StatefulStore, accountSecret, clientsOf } from '../../constructs';
import { not } from '../../synth';

/** Clients share a password, but those with rights of their own have an account each. */
export class RedisStore extends StatefulStore {
  /** Late: only then all clients are known. */
  protected override compose(): void {
    const clients = clientsOf(this).filter(({ roles }) => roles !== undefined);
    for (const { client, when } of clients) {
      this.secret(client.name, {
        name: accountSecret(this, client),
        mount: `/run/secrets/accounts/${client.name}`,
        keys: ['username', 'password'],
        why: `Account of ${client.name} in Redis.`,
        ...(when && { optional: not(when) }),
      });
    }
    const accounts = clients.map(
      ({ client, roles = [] }) => `${[client.name, ...roles.map(({ role }) => role)].join(' ')}\n`,
    );
    this.config('accounts', '/etc/redis-accounts', { accounts: accounts.join('') });
    super.compose();
  }
}
