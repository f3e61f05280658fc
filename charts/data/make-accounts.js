// Run by mongosh: makes the accounts that are missing. Those that exist are left as they are.
const { existsSync, readFileSync } = require('node:fs');

const { MONGODB_HOST: host, MONGODB_PORT: port } = process.env;
const root = process.env.ROOT_SECRET ?? '/run/secrets/mongodb';
const list = process.env.ACCOUNTS ?? '/etc/accounts/accounts.json';
// Editors end a file with a newline that is no part of the secret.
const read = (path) => readFileSync(path, 'utf8').replace(/\r?\n$/, '');
const login = (folder) => ({ user: read(`${folder}/username`), pwd: read(`${folder}/password`) });

const server = new Mongo(`mongodb://${host}:${port}/?serverSelectionTimeoutMS=30000`);
server.getDB('admin').auth(login(root));
const { accounts } = JSON.parse(readFileSync(list, 'utf8'));
for (const { secret, database, roles, optional } of accounts) {
  if (optional && !existsSync(`${secret}/username`)) {
    print(`account of ${database} left out: there is no Secret for it`);
    continue;
  }
  const account = login(secret);
  const own = server.getDB(database);
  const exists = own.getUser(account.user) !== null;
  if (!exists) own.createUser({ ...account, roles });
  print(`account ${account.user} of ${database} ${exists ? 'was there' : 'made'}`);
}
