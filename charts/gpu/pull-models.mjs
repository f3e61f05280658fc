// Pulls models to the folder that Ollama reads, piece by piece: what is there already is not asked
// for again, also after a run that was killed. A model appears when all of it is there.
// Exit codes: 3 for a model that the registry does not have, 4 where there is no space for it;
// 1 for all that the next run may find better.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { statSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { scheme, registry, models, folder } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// Tests set shorter times, and another place for the message.
const { ATTEMPTS = '10', PAUSE_MS = '2000', STALL_MS = '30000' } = process.env;
const messagePath = process.env.TERMINATION_LOG ?? '/dev/termination-log';
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

class Hopeless extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const say = (...words) => console.log(new Date().toISOString(), ...words);
const sizeOf = (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const megabytes = (bytes) => `${Math.ceil(bytes / 1e6)} MB`;

/** A request that is given up when nothing comes for a while. */
async function get(url, headers, take) {
  const giveUp = new AbortController();
  const stalled = () => giveUp.abort(new Error(`nothing came for ${STALL_MS} ms`));
  let timer = setTimeout(stalled, Number(STALL_MS));
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(stalled, Number(STALL_MS));
  };
  try {
    return await take(await fetch(url, { headers, signal: giveUp.signal }), alive);
  } catch (error) {
    throw giveUp.signal.aborted ? giveUp.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Tries again, at growing intervals; what came further in between starts the count anew. */
async function insist(what, progress, work) {
  for (let attempt = 1; ; attempt += 1) {
    const before = progress();
    try {
      return await work();
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      if (isFull(error)) throw noSpace(what, 0);
      if (progress() > before) attempt = 1;
      const reason = error.cause?.message ?? error.message;
      if (attempt >= Number(ATTEMPTS)) {
        throw new Error(`${what} did not come in ${attempt} attempts: ${reason}`);
      }
      say(`${what}: ${reason}; attempt ${attempt} of ${ATTEMPTS}`);
      await sleep(Math.min(Number(PAUSE_MS) * 2 ** (attempt - 1), 60_000));
    }
  }
}

/** Of the disk, or of what somebody may have of it. */
const isFull = ({ code }) => code === 'ENOSPC' || code === 'EDQUOT';

// A model that is on the list no more stays on the volume: it may be one that nobody can pull again.
const noSpace = (what, missing) =>
  new Hopeless(
    4,
    `There is no space on the volume for ${what}${missing > 0 ? `: ${megabytes(missing)} are missing` : ''}; grow the claim ollama-models, remove a model with "ollama rm" in the pod of Ollama, or take smaller ones.`,
  );

/** The text of a model's manifest, and the pieces that it lists. */
async function manifestOf(model, path, tag) {
  const text = await insist(
    `the manifest of ${model}`,
    () => 0,
    () =>
      get(
        `${scheme}://${registry}/v2/${path}/manifests/${tag}`,
        { accept: MANIFEST },
        async (answer) => {
          if ([400, 401, 403, 404].includes(answer.status)) {
            throw new Hopeless(
              3,
              `There is no model ${model} at ${registry} (it answered ${answer.status}); correct global.models or moreModels.`,
            );
          }
          if (!answer.ok) throw new Error(`the registry answered ${answer.status}`);
          return answer.text();
        },
      ),
  );
  const { config, layers } = JSON.parse(text);
  const pieces = [config, ...layers];
  if (pieces.every(({ digest, size }) => /^sha256:[0-9a-f]{64}$/.test(digest) && size >= 0)) {
    return { text, pieces };
  }
  throw new Error(`the manifest of ${model} is not as Ollama's are`);
}

async function pullPiece(what, url, target, { digest, size }) {
  const part = `${target}-pull`;
  if (sizeOf(part) > size) rmSync(part);
  const have = sizeOf(part);
  if (have < size) {
    await get(url, have > 0 ? { range: `bytes=${have}-` } : {}, async (answer, alive) => {
      if (!answer.ok) throw new Error(`the registry answered ${answer.status}`);
      // A registry that cannot resume gives all of it again.
      const flags = answer.status === 206 ? 'a' : 'w';
      const body = Readable.fromWeb(answer.body).on('data', alive);
      await pipeline(body, createWriteStream(part, { flags }));
    });
  }
  if (sizeOf(part) < size) throw new Error('the connection broke off');
  const hash = createHash('sha256');
  await pipeline(createReadStream(part), hash);
  if (`sha256:${hash.digest('hex')}` !== digest) {
    rmSync(part);
    throw new Error(`${digest.slice(0, 19)} came with other content`);
  }
  renameSync(part, target);
  say(`${what}: ${digest.slice(0, 19)}, ${megabytes(size)}`);
}

async function pull(model) {
  const [name, tag] = model.split(':');
  const path = name.includes('/') ? name : `library/${name}`;
  const { text, pieces } = await manifestOf(model, path, tag);
  const blobs = join(folder, 'blobs');
  mkdirSync(blobs, { recursive: true });
  const targets = pieces.map((piece) => ({
    ...piece,
    target: join(blobs, piece.digest.replace(':', '-')),
  }));
  const missing = targets.filter(({ target, size }) => sizeOf(target) !== size);
  const needed = missing.reduce(
    (sum, { target, size }) => sum + size - sizeOf(`${target}-pull`),
    0,
  );
  const { bavail, bsize } = statfsSync(folder);
  if (needed > bavail * bsize) throw noSpace(model, needed - bavail * bsize);
  for (const piece of missing) {
    const url = `${scheme}://${registry}/v2/${path}/blobs/${piece.digest}`;
    const part = `${piece.target}-pull`;
    await insist(
      model,
      () => sizeOf(part),
      () => pullPiece(model, url, piece.target, piece),
    );
  }
  // The name of Ollama's own registry, also where a mirror gave it.
  const manifest = join(folder, 'manifests/registry.ollama.ai', path, tag);
  mkdirSync(dirname(manifest), { recursive: true });
  writeFileSync(`${manifest}-pull`, text);
  renameSync(`${manifest}-pull`, manifest);
  say(`${model} is complete`);
}

try {
  for (const model of new Set(models.split(' ').filter((one) => one !== ''))) await pull(model);
} catch (thrown) {
  const error = isFull(thrown) ? noSpace('the models', 0) : thrown;
  const message = error instanceof Error ? error.message : String(error);
  console.error(message);
  try {
    writeFileSync(messagePath, `${message}\n`);
  } catch {
    // Outside of a pod there is no such file.
  }
  process.exit(error instanceof Hopeless ? error.code : 1);
}
