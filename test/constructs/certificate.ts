import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/* Certificates for a server on 127.0.0.1, made anew by each test: no key is stored, no openssl needed. */

export interface Authority {
  /** The certificate that clients trust, as PEM. */
  ca: string;
  /** The server's certificate and key, as PEM. */
  cert: string;
  key: string;
}

/** A certificate authority and the certificate that it gives a server at that IPv4 address. */
export function authority(name: string, address = '127.0.0.1'): Authority {
  const [root, server] = [keys(), keys()];
  const ip = Buffer.from(address.split('.').map(Number));
  const isCa = extension('2.5.29.19', sequence(der(0x01, Buffer.of(0xff))));
  const hasIp = extension('2.5.29.17', sequence(der(0x87, ip)));
  return {
    ca: certificate({ subject: name, issuer: name, key: root.publicKey, extensions: isCa }, root),
    cert: certificate(
      { subject: `${name} server`, issuer: name, key: server.publicKey, extensions: hasIp },
      root,
    ),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

interface Content {
  subject: string;
  issuer: string;
  key: KeyObject;
  extensions: Buffer;
}

/** X.509 version 3, RFC 5280 section 4.1, signed by ECDSA with SHA-256. */
function certificate(content: Content, signer: { privateKey: KeyObject }): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    algorithm,
    commonName(content.issuer),
    sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z'))),
    commonName(content.subject),
    content.key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(content.extensions)),
  );
  const signature = Buffer.concat([Buffer.of(0), sign('sha256', signed, signer.privateKey)]);
  const base64 = sequence(signed, algorithm, der(0x03, signature)).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))));
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), der(0x04, value));

function der(tag: number, ...content: Buffer[]): Buffer {
  const value = Buffer.concat(content);
  const bytes = [value.length >> 8, value.length & 0xff].slice(value.length < 0x100 ? 1 : 0);
  // The shortest form is the only one that is valid, and Go holds to that.
  const length = value.length < 0x80 ? bytes : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.of(tag, ...length), value]);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...more] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of more) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}
