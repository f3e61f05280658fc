import type { Exceptions } from './exceptions';

const ROOT = 'Its pod says why it is root (docs/pod-security.md).';
const LOGIN = 'the account can read figures, and nothing else.';

/** What the validators say and is all right as it is; docs/waivers.md is made of it. */
export const exceptions: Exceptions = {
  waivers: [
    {
      validator: 'kube-score',
      rule: 'deployment-strategy',
      object: 'Deployment/ollama',
      reason: 'Its volume is for one node at a time, and so are its GPUs: the old pod goes first.',
    },
    {
      validator: 'kube-score',
      rule: 'deployment-replicas',
      object: 'Deployment/ollama',
      reason: 'One pod has the volume of the models and the GPUs; who asks it can do without.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_19',
      object: 'DaemonSet/node-exporter',
      reason: 'The network interfaces that it counts are those of its node.',
    },
    { validator: 'checkov', rule: 'CKV_K8S_23', object: 'DaemonSet/cadvisor', reason: ROOT },
    { validator: 'checkov', rule: 'CKV_K8S_23', object: 'DaemonSet/dcgm-exporter', reason: ROOT },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_23',
      object: 'DaemonSet/nvidia-device-plugin',
      reason: ROOT,
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_35',
      object: 'Deployment/mongodb-exporter',
      reason: `It takes an address with the login from a variable or an argument; ${LOGIN}`,
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_35',
      object: 'Deployment/redis-exporter',
      reason: `A file for it would name the address beside the password; ${LOGIN}`,
    },
  ],
  switchedOff: [
    {
      validator: 'kube-score',
      rule: 'container-resources',
      message: 'CPU limit is not set',
      reason: 'A CPU limit slows a container while processors idle; all have requests of CPU.',
    },
    {
      validator: 'kube-score',
      rule: 'container-ephemeral-storage-request-and-limit',
      reason:
        'Root file systems are read-only and empty folders limited, which policies here demand; the kubelet limits logs.',
    },
    {
      validator: 'kube-score',
      rule: 'container-security-context-user-group-id',
      reason: 'Users are those of the images, to whom the files in them belong.',
    },
    {
      validator: 'kube-score',
      rule: 'container-image-pull-policy',
      reason: 'Tags are pinned; asking for them at each start ties pods to their registry.',
    },
    {
      validator: 'kube-score',
      rule: 'deployment-has-host-podantiaffinity',
      reason: 'Topology spread does it, which a policy here demands.',
    },
    {
      validator: 'kube-score',
      rule: 'deployment-replicas',
      environments: ['dev'],
      reason: 'One pod of each is enough to develop with.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_11',
      reason: 'CPU limits, as with kube-score.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_43',
      reason:
        'No registry of images can be asked for digests here; every image takes one by value.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_15',
      reason: 'Pulling always, as with kube-score.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_40',
      reason: 'High numbers of users, as with kube-score.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_8',
      reason:
        'It asks containers without ports, too: pods of helm test, the device plugin. A policy here asks those with ports.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_9',
      reason:
        'It asks each container: an exporter that is not ready would take away the server beside it. A policy here asks each pod.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_K8S_38',
      reason: 'It forbids every token; a policy here demands a role and a reason for each.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_DOCKER_2',
      reason: 'Kubernetes does not run the health check of an image; pods have probes.',
    },
    {
      validator: 'checkov',
      rule: 'CKV_DOCKER_7',
      reason: 'It does not follow an ARG, where the tag stands.',
    },
  ],
};
