/** Constructs for platforms: each reads like the YAML that it makes. */
export { accountSecret, clientsOf, type Client } from './accounts';
export { AdmissionPolicy, type AdmissionPolicyOptions } from './admission-policy';
export { Autoscaler, autoscalingValues, type AutoscalingValues } from './autoscaler';
export type { BatchOptions } from './batch';
export { clusterAccess } from './cluster-access';
export {
  connectionValues,
  optionalConnectionValues,
  type Address,
  type Connection,
  type ConnectionOptions,
  type ConnectionValues,
  ServiceEndpoint,
} from './connection';
export { CronJob, type CronJobOptions } from './cron-job';
export { DevSecrets, devSecretsValues, type DevSecretsOptions } from './dev-secrets';
export type { StoreLogin } from './dev-secrets/secret-list';
export { DisruptionBudget } from './disruption-budget';
export { Exporter, type ExporterOptions } from './exporter';
export { EXPORTERS, type ExporterKind, type ExporterName, type Role } from './exporter/kinds';
export { exporterValues, type ExporterValues } from './exporter/values';
export { globals, type Globals, type PlatformTier } from './globals';
export {
  GpuNodePool,
  gpuNodePool,
  type Gpu,
  type GpuNodes,
  type GpuPoolOptions,
  type GpuRequest,
  type Mode,
  type Provider,
  type Sharing,
} from './gpu-node-pool';
export { MODES } from './gpu-node-pool/options';
export { GpuQuota, type GpuQuotaOptions } from './gpu-node-pool/quota';
export {
  gpuNodeValues,
  gpuPoolValues,
  gpuRequestValues,
  type GpuNodeValues,
  type GpuPoolValues,
  type GpuRequestValues,
} from './gpu-node-pool/values';
export { HelmTest, type HelmTestOptions } from './helm-test';
export { Job, revisionOf, type JobOptions } from './job';
export { keptByHelm, labelsOf, type Labels } from './labels';
export { NetworkPolicy } from './network-policy';
export { NginxGateway, type NginxGatewayOptions } from './nginx-gateway';
export { NGINX_USER } from './nginx-gateway/deployment';
export { NginxBackend, type NginxBackendOptions } from './nginx-gateway/backend';
export { securityHeaders, type NginxRoute, type RouteLimits } from './nginx-gateway/route';
export {
  limitValues,
  nginxValues,
  type LimitValues,
  type NginxDefaults,
  type NginxValues,
} from './nginx-gateway/values';
export { NodeAgent, type NodeAgentOptions } from './node-agent';
export { nodeAgentValues, type NodeAgentDefaults, type NodeAgentValues } from './node-agent/values';
export { podTemplate, type ApiAccess, type PodOptions } from './pod';
export type { HostPath, Need, PodNeeds } from './pod-needs';
export { podValues, type PodDefaults, type PodValues } from './pod-values';
export { httpProbes, metricsProbes, probesOf, type Probe, type Probes } from './probes';
export {
  PublicRoute,
  routeSwitchValues,
  routeValues,
  type RouteSwitchValues,
  type RouteValues,
} from './public-route';
export { resourcesSchema, type ResourceDefaults } from './resources';
export { scrapeAnnotations } from './scrape';
export { containerSecurity, containerSecurityFor, podSecurity } from './security';
export { StatefulStore, type StatefulStoreOptions } from './stateful-store';
export { storeValues, type StoreValues } from './stateful-store/values';
export { telemetry, telemetryValues } from './telemetry';
export { TierNamespace, type Privileges } from './tier-namespace';
export { fromMonitoring, toApiServer } from './traffic';
export { WebService, type WebServiceOptions } from './web-service';
export { gpuValues, webServiceValues, type WebServiceValues } from './web-service/values';
export { Workload, type WorkloadOptions } from './workload';
