/* What tests get as @kubernetes/client-node: environment.cjs has loaded it. */
module.exports = globalThis.kubernetesClient;
