import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';

/* The script that mongosh runs to make accounts; what mongosh has beside Node is a stand-in. */

const SCRIPT = readFileSync(resolve(__dirname, '../../charts/data/make-accounts.js'), 'utf8');

interface Account {
  readonly user: string;
  readonly pwd: string;
  readonly roles?: readonly { readonly role: string; readonly db: string }[];
}

/** A server with the account root in the database admin; each database has accounts of its own. */
class Server {
  public readonly accounts = new Map<string, Account[]>([
    ['admin', [{ user: 'root', pwd: 'top secret' }]],
  ]);
  public isRoot = false;

  public database(name: string) {
    const accounts = () => this.accounts.get(name) ?? [];
    const find = (user: string) => accounts().find((one) => one.user === user);
    const mustBeRoot = () => {
      if (!this.isRoot) throw new Error('command requires authentication');
    };
    return {
      auth: ({ user, pwd }: Account) => {
        if (find(user)?.pwd !== pwd) throw new Error('Authentication failed.');
        this.isRoot = name === 'admin' && user === 'root';
        return { ok: 1 };
      },
      getUser: (user: string) => {
        mustBeRoot();
        return find(user) === undefined ? null : { user, db: name };
      },
      createUser: (account: Account) => {
        mustBeRoot();
        if (find(account.user)) throw new Error(`User "${account.user}@${name}" already exists`);
        this.accounts.set(name, [...accounts(), account]);
        return { ok: 1 };
      },
    };
  }
}

let home: string;
let server: Server;
let urls: string[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twinchart-accounts-'));
  server = new Server();
  urls = [];
  secret('root', 'root', 'top secret');
  for (const client of ['web', 'admin']) secret(client, client, `secret of ${client}`);
  list('web', 'admin');
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

test('each account is made in its own database, which it can read and write, and no other', () => {
  expect(run()).toEqual(['account web of web made', 'account admin of admin made']);
  expect(server.accounts.get('web')).toEqual([account('web', 'secret of web')]);
  // Next to root, who was there.
  expect(server.accounts.get('admin')?.slice(1)).toEqual([account('admin', 'secret of admin')]);
});

test('it goes to the server that the variables name, and waits for it half a minute', () => {
  run();
  expect(urls).toEqual(['mongodb://mongodb.data:27018/?serverSelectionTimeoutMS=30000']);
});

test('an account that is there is left as it is, and the others are made', () => {
  const old = account('web', 'changed by hand');
  server.accounts.set('web', [old]);
  expect(run()).toEqual(['account web of web was there', 'account admin of admin made']);
  expect(server.accounts.get('web')).toEqual([old]);
});

test('a second run changes nothing', () => {
  run();
  const before = structuredClone([...server.accounts]);
  expect(run()).toEqual(['account web of web was there', 'account admin of admin was there']);
  expect([...server.accounts]).toEqual(before);
});

test('an account of the same name in another database is another one', () => {
  server.accounts.set('other', [account('web', 'x')]);
  expect(run()[0]).toBe('account web of web made');
});

test.each(['a "b" \\ c', "it's ${x} %s", 'ä😀', ' x '])(
  'a password is kept as it is: %s',
  (password) => {
    secret('web', 'web', password);
    run();
    expect(server.accounts.get('web')).toEqual([account('web', password)]);
  },
);

test('with a wrong password of root it fails, and makes none', () => {
  secret('root', 'root', 'wrong');
  expect(run).toThrow('Authentication failed.');
  expect(server.accounts.has('web')).toBe(false);
});

test('where the Secret of a client is not there it fails, and makes the rest in the next run', () => {
  rmSync(join(home, 'admin'), { recursive: true });
  expect(run).toThrow(`ENOENT: no such file or directory, open '${home}/admin/username'`);
  secret('admin', 'admin', 'secret of admin');
  expect(run()).toEqual(['account web of web was there', 'account admin of admin made']);
});

test('an account that can be left out is, where there is no Secret for it', () => {
  const roles = [{ role: 'clusterMonitor', db: 'admin' }];
  const accounts = ['exporter', 'web'].map((name) => ({
    secret: join(home, name),
    database: name,
    roles,
    optional: true,
  }));
  writeFileSync(join(home, 'accounts.json'), JSON.stringify({ accounts }));
  expect(run()).toEqual([
    'account of exporter left out: there is no Secret for it',
    'account web of web made',
  ]);
  expect(server.accounts.get('web')).toEqual([{ ...account('web', 'secret of web'), roles }]);
});

test('without clients it only logs in', () => {
  list();
  expect(run()).toEqual([]);
  expect(server.isRoot).toBe(true);
});

const account = (user: string, pwd: string): Account => ({
  user,
  pwd,
  roles: [{ role: 'readWrite', db: user }],
});

/** Runs the script as mongosh does, and returns what it prints. */
function run(): string[] {
  const printed: string[] = [];
  const env = {
    MONGODB_HOST: 'mongodb.data',
    MONGODB_PORT: '27018',
    ROOT_SECRET: join(home, 'root'),
    ACCOUNTS: join(home, 'accounts.json'),
  };
  class Mongo {
    public constructor(url: string) {
      urls.push(url);
      server.isRoot = false;
    }
    public getDB(name: string) {
      return server.database(name);
    }
  }
  const print = (line: string) => printed.push(line);
  runInNewContext(SCRIPT, { require: createRequire(__filename), process: { env }, Mongo, print });
  return printed;
}

function secret(folder: string, username: string, password: string): void {
  mkdirSync(join(home, folder), { recursive: true });
  // Editors and `kubectl create secret --from-file` leave a newline at the end.
  writeFileSync(join(home, folder, 'username'), `${username}\n`);
  writeFileSync(join(home, folder, 'password'), `${password}\n`);
}

/** Each client has a database of its own name. */
function list(...clients: readonly string[]): void {
  const accounts = clients.map((name) => ({
    secret: join(home, name),
    database: name,
    roles: [{ role: 'readWrite', db: name }],
  }));
  writeFileSync(join(home, 'accounts.json'), JSON.stringify({ revision: {}, accounts }));
}
