import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port';
import { textAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { Dns } from './dns';
import { NginxProcess } from './nginx-process';
import type { Nginx } from './programs';
import { committed, object } from './rendered';
import { get } from './requests';

/*
 * The tier network of dist/dev on loopback: each pod has an address of its own in 127.0.0.0/8. Of
 * the files that dist/dev has, `rewrite` changes addresses, ports and paths, and nothing else.
 */

export const HOST = 'www.dev.platform.example';
/** Milliseconds after which what was asked for is in the logs. */
export const LOGGED = 1_300;
const DOMAIN = 'svc.cluster.local';
const BACKENDS = `nginx-backend.platform-dev-network.${DOMAIN}`;

/** Everything that the tier has in dist/dev. */
export const objects = committed('network');

export const fileOf = (name: string, file: string, from: readonly JsonMap[] = objects): string =>
  textAt(object(from, 'ConfigMap', name), 'data', file);

interface Ports {
  readonly gateway: number;
  readonly backend: number;
  readonly status: number;
  readonly service: number;
  readonly dns: number;
}

export class NginxTier {
  public readonly folder = mkdtempSync(join(tmpdir(), 'twinchart-nginx-'));
  public readonly backends: NginxProcess[] = [];
  /** What the Node service was asked, and how it answers. */
  public readonly asked: IncomingMessage[] = [];
  public answerAfter = 0;
  public ports: Ports = { gateway: 0, backend: 0, status: 0, service: 0, dns: 0 };
  public gateway!: NginxProcess;
  private readonly names = new Map<string, readonly string[]>();
  private readonly dns = new Dns(this.names);
  private readonly service: Server = createServer((request, response) => {
    this.asked.push(request);
    void request.toArray().then(async (body: Buffer[]) => {
      await sleep(this.answerAfter);
      response.setHeader('content-type', 'application/json');
      if (request.method === 'POST') response.setHeader('location', '/items/1');
      response.end(JSON.stringify({ path: request.url, bytes: Buffer.concat(body).length }));
    });
  });
  /** Tests that run beside each other have addresses of their own. */
  private readonly net = `127.${String(1 + (process.pid % 250))}.0`;

  public constructor(
    private readonly program: Nginx,
    private readonly from = objects,
  ) {}

  public address = (last: number): string => `${this.net}.${String(last)}`;

  /** @param change what a test changes in the configuration of the gateway. */
  public async start(backends = 2, change = (conf: string) => conf): Promise<void> {
    chmodSync(this.folder, 0o755);
    // Where user 101 can run it.
    copyFileSync(this.program.path, join(this.folder, 'nginx'));
    const [gateway, backend, status] = await Promise.all([freePort(), freePort(), freePort()]);
    this.service.listen(0, this.address(20));
    await once(this.service, 'listening');
    const service = (this.service.address() as AddressInfo).port;
    this.ports = { gateway, backend, status, service, dns: await this.dns.start() };
    this.names.set(`node-service.platform-dev-app.${DOMAIN}`, [this.address(20)]);
    for (let at = 0; at < backends; at += 1) await this.addBackend();
    this.gateway = this.process('gateway', this.address(10), this.ports.gateway);
    const conf = join(this.gateway.folder, 'nginx.conf');
    writeFileSync(conf, change(readFileSync(conf, 'utf8')));
    await this.gateway.start();
    await this.ready();
  }

  /** Starts one more backend, which DNS then knows. */
  public async addBackend(): Promise<NginxProcess> {
    const address = this.address(100 + this.backends.length);
    const backend = this.process('nginx-backend', address, this.ports.backend);
    this.backends.push(backend);
    await backend.start();
    this.inDns(this.backends);
    return backend;
  }

  public inDns(backends: readonly NginxProcess[]): void {
    this.names.set(
      BACKENDS,
      backends.map(({ address }) => address),
    );
  }

  /** Waits as the readiness probe does. */
  public async ready(): Promise<void> {
    for (let left = 100; left > 0; left -= 1) {
      if ((await get(this, '/ready', { host: 'probe' })).status === 200) return;
      await sleep(50);
    }
    throw new Error(`The gateway does not become ready:\n${this.gateway.errors()}`);
  }

  public stopService(): void {
    this.service.closeAllConnections();
    this.service.close();
  }

  public async stop(): Promise<void> {
    for (const one of [this.gateway, ...this.backends]) await one.kill();
    this.stopService();
    this.dns.stop();
    rmSync(this.folder, { recursive: true });
  }

  private process(name: string, address: string, port: number): NginxProcess {
    const folder = join(this.folder, address);
    const files: Record<string, string> = {
      'nginx.conf': this.rewrite(
        fileOf(`${name}-config`, 'nginx.conf', this.from),
        folder,
        address,
      ),
      ...(name === 'gateway'
        ? {}
        : { 'www/index.html': fileOf('nginx-backend-files', 'index.html') }),
    };
    return new NginxProcess(join(this.folder, 'nginx'), folder, address, port, files);
  }

  /** Addresses, ports and paths. Without the module of the status page its line is left out. */
  private rewrite(conf: string, folder: string, address: string): string {
    const { gateway, backend, status, service, dns } = this.ports;
    const isGateway = address === this.address(10);
    return (
      conf
        .replace(/resolver [a-z.-]+ /, `resolver 127.0.0.1:${String(dns)} `)
        .replaceAll('listen 8080', `listen ${address}:${String(gateway)}`)
        .replaceAll('listen 8082', `listen ${address}:${String(backend)}`)
        // All pods have one loopback here: that of a backend moves to its own address.
        .replace(
          /listen 127\.0\.0\.1:\d+/,
          `listen ${isGateway ? '127.0.0.1' : address}:${String(status)}`,
        )
        .replaceAll(':8082 ', `:${String(backend)} `)
        .replaceAll(':3100 ', `:${String(service)} `)
        .replaceAll('/tmp/', `${folder}/tmp/`)
        .replaceAll('/srv/www', `${folder}/www`)
        .replaceAll('/var/log/nginx', `${folder}/logs`)
        .replace(this.program.hasStatus ? /^$/ : /^ *stub_status;\n/m, '')
    );
  }

  /** Changes the configuration of the gateway and lets it take it. */
  public reload(change: (conf: string) => string = (conf) => conf): void {
    const path = join(this.gateway.folder, 'nginx.conf');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    this.gateway.signal('SIGHUP');
  }
}
