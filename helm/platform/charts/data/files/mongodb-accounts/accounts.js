// Run by mongosh: makes the accounts that are missing. Those that exist are left as they are.
const { readFileSync } = require('node:fs');

const { MONGODB_HOST: host, MONGODB_PORT: port } = process.env;
const root = process.env.ROOT_SECRET ?? '/run/secrets/mongodb';
const list = process.env.ACCOUNTS ?? '/etc/accounts/accounts.json';
// Editors end a file with a newline that is no part of the secret.
const read = (path) => readFileSync(path, 'utf8').replace(/\r?\n$/, '');
const login = (folder) => ({ user: read(`${folder}/username`), pwd: read(`${folder}/password`) });

const server = new Mongo(`mongodb://${host}:${port}/?serverSelectionTimeoutMS=30000`);
server.getDB('admin').auth(login(root));
for (const { secret, database } of JSON.parse(readFileSync(list, 'utf8')).accounts) {
  const account = login(secret);
  const own = server.getDB(database);
  const exists = own.getUser(account.user) !== null;
  if (!exists) own.createUser({ ...account, roles: [{ role: 'readWrite', db: database }] });
  print(`account ${account.user} of ${database} ${exists ? 'was there' : 'made'}`);
}
