import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/* The DNS of the cluster, as far as nginx asks it: addresses of names, changed as pods come and go. */

const [TYPE_A, ANSWER, NO_SUCH_NAME] = [1, 0x8180, 0x8183];

export class Dns {
  private readonly socket: Socket = createSocket('udp4');

  public constructor(private readonly names: Map<string, readonly string[]>) {}

  /** @returns the port that it listens on. */
  public async start(): Promise<number> {
    this.socket.on('message', (query, from) => {
      this.answer(query, from);
    });
    this.socket.bind(0, '127.0.0.1');
    await once(this.socket, 'listening');
    return this.socket.address().port;
  }

  public stop(): void {
    this.socket.close();
  }

  private answer(query: Buffer, { port, address }: RemoteInfo): void {
    const { name, end } = readName(query);
    const known = this.names.get(name);
    const type = query.readUInt16BE(end);
    const addresses = type === TYPE_A ? (known ?? []) : [];
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(known ? ANSWER : NO_SUCH_NAME, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(addresses.length, 6);
    head.fill(0, 8);
    const records = addresses.map((one) =>
      // A pointer to the name, A, IN, 5 seconds, 4 bytes.
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...one.split('.').map(Number)]),
    );
    this.socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...records]), port, address);
  }
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let size = query.readUInt8(at); size > 0; size = query.readUInt8(at)) {
    labels.push(query.toString('ascii', at + 1, at + 1 + size));
    at += 1 + size;
  }
  return { name: labels.join('.'), end: at + 1 };
}
