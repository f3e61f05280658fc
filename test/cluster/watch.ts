import { Watch, type V1Pod } from '@kubernetes/client-node';
import { config, core, PATIENCE, untilNone } from './kube';
import { isReady } from './settled';

/** Counts after an event. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Pods that are ready and not being deleted. */
  readonly ready: number;
  /** All that are not being deleted. */
  readonly pods: number;
}

interface Waiting {
  readonly holds: (now: Moment) => boolean;
  readonly done: () => void;
}

// A test that fails does not come to stop its own, for which jest would wait.
const watches: ReadyPods[] = [];
afterAll(() => {
  for (const one of watches) one.end();
});

/**
 * The ready pods of a selector at every change: the API server tells each of them, so that nothing
 * between two looks is missed.
 */
export class ReadyPods {
  private moments: Moment[] = [];
  private readonly pods = new Map<string, V1Pod>();
  private readonly waiting = new Set<Waiting>();
  private connection: AbortController | undefined;
  private isOver = false;
  private version: string | undefined;
  private failure: string | undefined;

  private constructor(
    private readonly namespace: string,
    private readonly labelSelector: string,
  ) {}

  /** Watches the pods of a namespace until `stop()`, by default all of them. */
  public static async watch(namespace: string, labelSelector = ''): Promise<ReadyPods> {
    const one = new ReadyPods(namespace, labelSelector);
    watches.push(one);
    await one.start();
    return one;
  }

  public get now(): Moment {
    const all = [...this.pods.values()].filter(
      ({ metadata }) => metadata?.deletionTimestamp === undefined,
    );
    return { at: Date.now(), ready: all.filter(isReady).length, pods: all.length };
  }

  /** The first one is how it was at the start. */
  public get seen(): readonly Moment[] {
    return this.moments;
  }

  public get least(): number {
    return Math.min(...this.seen.map(({ ready }) => ready));
  }

  public get most(): number {
    return Math.max(...this.seen.map(({ ready }) => ready));
  }

  /** The uids of the pods that are there, sorted. */
  public get uids(): string[] {
    return [...this.pods.keys()].sort();
  }

  /** Begins anew with what is there now. */
  public restart(): void {
    this.moments = [this.now];
  }

  /** Resolves at the event by which it holds; throws what was seen at the end of patience. */
  public async until(what: string, holds: (now: Moment) => boolean): Promise<void> {
    if (holds(this.now)) return;
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      const entry = { holds, done: resolve };
      this.waiting.add(entry);
      late = setTimeout(() => {
        this.waiting.delete(entry);
        const { ready, pods } = this.now;
        const counts = `${String(ready)} of ${String(pods)} pods ready in ${this.namespace}`;
        reject(new Error(`${what}: not after ${String(PATIENCE)} seconds, ${counts}.`));
      }, PATIENCE * 1000);
    });
    clearTimeout(late);
  }

  /** Ends when all is seen that happened before, and throws when some of it was not. */
  public async stop(): Promise<void> {
    const left = await untilNone(() => this.unseen());
    this.end();
    const missed = [...(this.failure === undefined ? [] : [this.failure]), ...left];
    if (missed.length > 0) throw new Error(`The watch missed something: ${missed.join('; ')}.`);
  }

  /** At once. */
  public end(): void {
    this.isOver = true;
    this.connection?.abort();
  }

  private async start(): Promise<void> {
    const { items, metadata } = await this.list();
    for (const pod of items) this.put('ADDED', pod);
    this.restart();
    this.version = metadata?.resourceVersion;
    await this.connect();
  }

  /** From where it was: a connection without events ends after half a minute. */
  private async connect(): Promise<void> {
    this.connection = await new Watch(config).watch(
      `/api/v1/namespaces/${this.namespace}/pods`,
      { labelSelector: this.labelSelector, resourceVersion: this.version },
      (type, pod) => {
        this.take(type, pod as V1Pod);
      },
      () => {
        if (!this.isOver && this.failure === undefined) setTimeout(() => void this.connect(), 50);
      },
    );
    if (this.isOver) this.connection.abort();
  }

  private take(type: string, pod: V1Pod): void {
    if (type === 'ERROR') {
      this.failure = JSON.stringify(pod);
      return;
    }
    this.version = pod.metadata?.resourceVersion;
    this.put(type, pod);
    const { now } = this;
    this.moments.push(now);
    for (const entry of this.waiting) {
      if (!entry.holds(now)) continue;
      this.waiting.delete(entry);
      entry.done();
    }
  }

  private put(type: string, pod: V1Pod): void {
    const uid = pod.metadata?.uid ?? '';
    if (type === 'DELETED') this.pods.delete(uid);
    else this.pods.set(uid, pod);
  }

  private list() {
    const { namespace, labelSelector } = this;
    return core.listNamespacedPod({ namespace, labelSelector });
  }

  private async unseen(): Promise<string[]> {
    if (this.failure !== undefined) return [];
    const line = ({ metadata }: V1Pod): string =>
      `pod ${metadata?.name ?? ''} in ${this.namespace} at ${metadata?.resourceVersion ?? ''}`;
    const there = (await this.list()).items.map(line);
    const known = [...this.pods.values()].map(line);
    return [
      ...there.filter((one) => !known.includes(one)),
      ...known.filter((one) => !there.includes(one)),
    ];
  }
}
