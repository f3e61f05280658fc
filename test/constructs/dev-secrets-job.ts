import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { ApiServer } from './api-server';
import { authority, type Authority } from './certificate';

/* Runs the script of the dev Secrets Job for real, beside a stand-in for the API server. */

const SCRIPT = resolve(__dirname, '../../constructs/dev-secrets/make-secrets.mjs');

interface Declared {
  namespace: string;
  name: string;
  data: Record<string, string | { random: number }>;
  copies?: { namespace: string; name: string }[];
}

export const MONGODB: Declared = {
  namespace: 'platform-dev-data',
  name: 'mongodb-node-service',
  data: { username: 'fixed-user', password: { random: 32 } },
  copies: [{ namespace: 'platform-dev-app', name: 'node-service-mongodb' }],
};
export const ROOT: Declared = {
  namespace: 'platform-dev-data',
  name: 'mongodb-root',
  data: { username: 'fixed-root', password: { random: 32 } },
};
export const SOURCE = 'platform-dev-data/mongodb-node-service';
export const COPY = 'platform-dev-app/node-service-mongodb';

export interface Line {
  severity: string;
  message: string;
  secret?: string;
}

export class Job {
  readonly folder = mkdtempSync(join(tmpdir(), 'twinchart-secrets-'));
  readonly file = this.path('secrets.json');
  readonly api: ApiServer;
  process: ChildProcess | undefined;

  constructor(readonly authority: Authority) {
    this.api = new ApiServer(authority);
    this.api.namespaces.add('platform-dev-data').add('platform-dev-app');
    this.write('ca.crt', authority.ca);
    this.write('token', `${this.api.token}\n`);
  }

  static async start(given: Authority = authority('test')): Promise<Job> {
    const job = new Job(given);
    await job.api.listen();
    return job;
  }

  get server(): string {
    return `the API server at 127.0.0.1:${String(this.api.port)}`;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string): void {
    writeFileSync(this.path(name), content);
  }

  /** Runs it to its end. Whatever the test is about, no content may be in the output. */
  async run(secrets: Declared[], env: Record<string, string | undefined> = {}) {
    this.write('secrets.json', JSON.stringify({ secrets }));
    return this.runFile(env);
  }

  async runFile(env: Record<string, string | undefined> = {}, options: string[] = []) {
    this.process = spawn(process.execPath, [...options, SCRIPT, this.file], {
      stdio: 'pipe',
      env: {
        KUBERNETES_SERVICE_HOST: '127.0.0.1',
        KUBERNETES_SERVICE_PORT: String(this.api.port),
        SERVICE_ACCOUNT_FOLDER: this.folder,
        DEADLINE_SECONDS: '60',
        RETRY_SECONDS: '0.01',
        ...env,
      },
    });
    const { stdout, stderr } = this.process;
    if (stdout === null || stderr === null) throw new Error('The script has no output.');
    const [out, problems, [code, signal]] = await Promise.all([
      text(stdout),
      text(stderr),
      once(this.process, 'exit') as Promise<[number | null, string | null]>,
    ]);
    this.expectNoContent(out + problems);
    const lines = out.trimEnd().split('\n').filter(Boolean);
    return { code, signal, stderr: problems, lines: lines.map(strip) };
  }

  /** Waits until it says something of what runs, or ends. */
  async saysSomething(): Promise<void> {
    const { process } = this;
    if (!process?.stdout) throw new Error('No script runs.');
    await Promise.race([once(process.stdout, 'data'), once(process, 'exit')]);
  }

  async end(): Promise<void> {
    this.process?.kill('SIGKILL');
    await this.api.close();
    rmSync(this.folder, { recursive: true });
  }

  private expectNoContent(output: string): void {
    const stored = [...this.api.secrets.values()].map(({ data }) => data);
    const sent = this.api.asked.map(({ body }) =>
      body === '' ? {} : (JSON.parse(body) as { data?: Record<string, string> }).data,
    );
    const values = [...stored, ...sent].flatMap((data) => Object.values(data ?? {}));
    const plain = values.map((value) => Buffer.from(value, 'base64').toString());
    const secret = [...values, ...plain, this.api.token, 'fixed-', 'private'];
    // A shorter one may be part of any word.
    expect(secret.filter((value) => value.length > 3 && output.includes(value))).toEqual([]);
  }
}

/** A line of the log without its time. */
function strip(line: string): Line {
  const { time, ...rest } = JSON.parse(line) as Line & { time: string };
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return rest;
}

export const info = (secret: string, message: string): Line => ({
  severity: 'info',
  secret,
  message,
});

/** The last word on what is left. */
export const error = (secret: string | undefined, message: string): Line => ({
  severity: 'error',
  ...(secret === undefined ? {} : { secret }),
  message: `${message}; then run this Job again`,
});
