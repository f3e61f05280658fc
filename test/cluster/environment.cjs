/*
 * The Kubernetes client is 1,059 modules with all that it loads (2.0.1), which jest would load anew for each
 * file: loaded here, outside of its sandbox, they are loaded once for all.
 */
require('./node20.cjs');
const client = require('@kubernetes/client-node');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.kubernetesClient = client;
  }
};
