/*
 * The Kubernetes client brings undici 8, which is written for Node 22: on Node 20 it can neither be loaded
 * nor fetch. These three are what it lacks there. The first two are only read: answers of the API
 * server are not compressed with Zstandard, and nothing of it goes to worker threads.
 */
const worker = require('node:worker_threads');
const zlib = require('node:zlib');

worker.markAsUncloneable ??= () => undefined;
zlib.createZstdDecompress ??= () => {
  throw new Error('This Node has no Zstandard.');
};

Promise.withResolvers ??= function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};
