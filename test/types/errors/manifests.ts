import type { ManifestLiteral } from '../../../synth';
import type { ShopTier } from '../fixture';

/* Objects that Kubernetes would refuse or, worse, take without the wrong part. */

const metadata = { name: 'shop' };

export const acronym: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  // TS2353: Object literal may only specify known properties, and 'clusterIp' does not exist in
  // type 'DeepObject<V1ServiceSpec> | Value<V1ServiceSpec> | Conditional<DeepObject<V1ServiceSpec>
  // | Value<V1ServiceSpec>>'.
  spec: { clusterIp: 'None' },
};

export const unknownField: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata,
  // TS2353: Object literal may only specify known properties, and 'content' does not exist in type
  // '{ readonly apiVersion: "v1"; readonly kind: "ConfigMap"; readonly metadata:
  // Omit<DeepObject<V1ObjectMeta>, "name"> & { readonly name: Val<string>; }; } & Body<...>'.
  content: {},
};

export const unknownNested = ({ values }: ShopTier): ManifestLiteral => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    replicas: values.replicas,
    selector: {},
    template: {
      spec: {
        // TS2353: Object literal may only specify known properties, and 'port' does not exist in
        // type 'DeepObject<V1Probe> | Value<V1Probe> | Conditional<DeepObject<V1Probe> |
        // Value<V1Probe>>'.
        containers: [{ name: values.name, args: [...values.args], livenessProbe: { port: 80 } }],
      },
    },
  },
});

export const modelName: ManifestLiteral = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  // TS2353: Object literal may only specify known properties, and '_from' does not exist in type
  // 'DeepObject<V1NetworkPolicyIngressRule> | Value<V1NetworkPolicyIngressRule> |
  // Conditional<DeepObject<V1NetworkPolicyIngressRule> | Value<...>> | Each<...> | Each<...>'.
  spec: { podSelector: {}, ingress: [{ _from: [] }] },
};

export const date: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Secret',
  // TS2322: Type 'Date' is not assignable to type 'Val<string> | Conditional<Val<string>> |
  // undefined'.
  metadata: { name: 'shop', creationTimestamp: new Date(0) },
};

// TS2322: Type '{ apiVersion: "v1"; kind: "Deployment"; metadata: { name: string; }; }' is not
// assignable to type 'ManifestLiteral'.
// … Type '"Deployment"' is not assignable to type '"ConfigMap" | "LimitRange" | "Namespace" |
// "PersistentVolumeClaim" | "Pod" | "ResourceQuota" | "Secret" | "Service" | "ServiceAccount"'.
export const wrongVersion: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Deployment',
  metadata,
};

export const wrongKind: ManifestLiteral = {
  apiVersion: 'v1',
  // TS2820: Type '"Deploiment"' is not assignable to type '"ClusterRole" | "ClusterRoleBinding" |
  // "ConfigMap" | "CronJob" | "DaemonSet" | "Deployment" | "HorizontalPodAutoscaler" | "Ingress" |
  // "IngressClass" | "Job" | "LimitRange" | ... 16 more ... | "ValidatingAdmissionPolicyBinding"'. Did you mean
  // '"Deployment"'?
  kind: 'Deploiment',
  metadata,
};

export const noName: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Secret',
  // TS2322: Type '{ labels: {}; }' is not assignable to type 'Omit<DeepObject<V1ObjectMeta>,
  // "name"> & { readonly name: Val<string>; }'.
  // … Property 'name' is missing in type '{ labels: {}; }' but required in type '{ readonly name:
  // Val<string>; }'.
  metadata: { labels: {} },
};

// TS2322: Type '{ apiVersion: "v1"; kind: "Secret"; }' is not assignable to type 'ManifestLiteral'.
// … Property 'metadata' is missing in type '{ apiVersion: "v1"; kind: "Secret"; }' but required in
// type '{ readonly apiVersion: "v1"; readonly kind: "Secret"; readonly metadata:
// Omit<DeepObject<V1ObjectMeta>, "name"> & { readonly name: Val<string>; }; }'.
export const noMetadata: ManifestLiteral = { apiVersion: 'v1', kind: 'Secret' };

export const textForNumber = ({ values }: ShopTier): ManifestLiteral => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  // TS2322: Type 'Value<string>' is not assignable to type 'Val<number> | Conditional<Val<number>>
  // | undefined'.
  // … Type 'string' is not assignable to type 'number'.
  spec: { replicas: values.name, selector: {}, template: {} },
});

export const numberForText = ({ values }: ShopTier): ManifestLiteral => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata,
  // TS2322: Type 'Value<number>' is not assignable to type 'Val<string> |
  // Conditional<Val<string>>'.
  // … Type 'number' is not assignable to type 'string'.
  data: { replicas: values.replicas },
});

export const status: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  // TS2353: Object literal may only specify known properties, and 'status' does not exist in type
  // '{ readonly apiVersion: "v1"; readonly kind: "Pod"; readonly metadata:
  // Omit<DeepObject<V1ObjectMeta>, "name"> & { readonly name: Val<string>; }; } & Body<...>'.
  status: {},
};
