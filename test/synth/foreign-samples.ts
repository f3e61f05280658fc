import { ApiObject, Cron, Duration, Include, JsonPatch, Lazy, Size, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { PrometheusRule } from './imported-crd';

/*
 * Constructs that other people made, as a chart uses them. The casts: cdk8s-plus is not written for
 * `exactOptionalPropertyTypes`.
 */
export type Sample = (chart: Chart) => void;

const container: kplus.ContainerProps = {
  name: 'web',
  image: 'registry.example/web:1.2.3',
  portNumber: 8080,
  command: ['/bin/web'],
  args: ['--level', 'info'],
  workingDir: '/srv',
  envVariables: {
    LEVEL: kplus.EnvValue.fromValue('info'),
    NODE: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME),
    HOME: kplus.EnvValue.fromValue(''),
  },
  resources: {
    cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
    memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
  },
  liveness: kplus.Probe.fromHttpGet('/health', { periodSeconds: Duration.seconds(10) }),
  readiness: kplus.Probe.fromCommand(['cat', '/ready'], { failureThreshold: 3 }),
  startup: kplus.Probe.fromTcpSocket({ port: 8080 }),
  lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
};

export const workloads: Record<string, Sample> = {
  'Deployment with probes, resources and volumes': (chart) => {
    const config = new kplus.ConfigMap(chart, 'config', { data: { 'a.conf': 'a = 1\nb = 2\n' } });
    const deployment = new kplus.Deployment(chart, 'web', {
      replicas: 2,
      containers: [container],
      strategy: kplus.DeploymentStrategy.rollingUpdate({
        maxSurge: kplus.PercentOrAbsolute.absolute(1),
        maxUnavailable: kplus.PercentOrAbsolute.percent(0),
      }),
      securityContext: { user: 1000, fsGroup: 1000 },
      terminationGracePeriod: Duration.seconds(45),
      podMetadata: { annotations: { 'example.com/on': 'yes' } },
    });
    const [web] = deployment.containers;
    web?.mount(
      '/etc/web',
      kplus.Volume.fromConfigMap(chart, 'config-volume', config as kplus.IConfigMap),
    );
    web?.mount(
      '/tmp',
      kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp', { sizeLimit: Size.gibibytes(1) }),
    );
    web?.env.addVariable('SECRET', secretKey(chart).envValue('token'));
    deployment.addInitContainer({ image: 'registry.example/init:1', command: ['true'] });
    deployment.scheduling.spread();
    deployment.scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'ssd')));
    deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  },
  StatefulSet: (chart) => {
    const set = new kplus.StatefulSet(chart, 'store', {
      containers: [container],
      service: new kplus.Service(chart, 'peers', { clusterIP: 'None', ports: [{ port: 80 }] }),
      podManagementPolicy: kplus.PodManagementPolicy.PARALLEL,
    });
    set.containers[0]?.mount(
      '/data',
      kplus.Volume.fromPersistentVolumeClaim(
        chart,
        'data',
        new kplus.PersistentVolumeClaim(chart, 'claim', {
          storage: Size.gibibytes(10),
          accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
          storageClassName: 'fast',
        }) as kplus.IPersistentVolumeClaim,
      ),
    );
  },
  DaemonSet: (chart) => {
    const agent = new kplus.DaemonSet(chart, 'agent', {
      minReadySeconds: 5,
      containers: [{ ...container, securityContext: { privileged: true, ensureNonRoot: false } }],
    });
    agent.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.exists('gpu')));
    agent.containers[0]?.mount(
      '/var/log',
      kplus.Volume.fromHostPath(chart, 'logs', 'logs', { path: '/var/log' }),
    );
  },
  'Job and CronJob': (chart) => {
    new kplus.Job(chart, 'once', {
      containers: [{ image: 'registry.example/job:1' }],
      backoffLimit: 0,
      ttlAfterFinished: Duration.hours(1),
    });
    new kplus.CronJob(chart, 'nightly', {
      schedule: Cron.schedule({ minute: '15', hour: '2' }),
      containers: [{ image: 'registry.example/job:1' }],
      timeZone: 'Etc/UTC',
      concurrencyPolicy: kplus.ConcurrencyPolicy.FORBID,
    });
  },
  HorizontalPodAutoscaler: (chart) => {
    const target = new kplus.Deployment(chart, 'web', { containers: [container] });
    new kplus.HorizontalPodAutoscaler(chart, 'scaler', {
      target,
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
    });
  },
};

const secretKey = (chart: Chart) =>
  new kplus.Secret(chart, 'secret', { stringData: { token: 'a "b" \\ c' }, type: 'Opaque' });

export const others: Record<string, Sample> = {
  'Service and Ingress': (chart) => {
    const service = new kplus.Service(chart, 'service', {
      metadata: { name: 'web', annotations: { 'a/b': 'c' } },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: kplus.Protocol.TCP }],
      type: kplus.ServiceType.LOAD_BALANCER,
      selector: kplus.Pods.select(chart, 'pods', { labels: { app: 'web' } }),
    });
    const ingress = new kplus.Ingress(chart, 'ingress', { className: 'nginx' });
    ingress.addHostRule('a.example', '/', kplus.IngressBackend.fromService(service));
    ingress.addTls([{ hosts: ['a.example'], secret: secretKey(chart) as kplus.ISecret }]);
  },
  'ConfigMap with binary data and odd keys': (chart) => {
    new kplus.ConfigMap(chart, 'config', {
      immutable: true,
      data: { yes: 'no', '8080': '1e3', 'a.b': ' lead', text: '{{ not a template }}\n', none: '' },
      binaryData: { blob: 'AAEC' },
    });
  },
  Secrets: (chart) => {
    new kplus.BasicAuthSecret(chart, 'login', { username: 'a', password: 'p"w\\' });
    new kplus.DockerConfigSecret(chart, 'docker', {
      data: { auths: { 'r.example': { auth: 'x' } } },
    });
    new kplus.TlsSecret(chart, 'tls', { tlsCert: 'a\nb\n', tlsKey: 'c\n' });
  },
  'ServiceAccount, Role, RoleBinding, ClusterRole and ClusterRoleBinding': (chart) => {
    const account = new kplus.ServiceAccount(chart, 'account', { automountToken: false });
    const role = new kplus.Role(chart, 'role');
    role.allowRead(kplus.ApiResource.PODS, kplus.ApiResource.CONFIG_MAPS);
    role.allowUpdate(secretKey(chart) as kplus.ISecret);
    role.bind(account, kplus.User.fromName(chart, 'user', 'jane'));
    const cluster = new kplus.ClusterRole(chart, 'cluster-role', {
      aggregationLabels: { 'example.com/aggregate': 'true' },
    });
    cluster.allow(['get'], kplus.NonApiResource.of('/metrics'), kplus.ApiResource.NODES);
    cluster.bind(account);
    cluster.bindInNamespace('elsewhere', account);
  },
  NetworkPolicy: (chart) => {
    const web = kplus.Pods.select(chart, 'web', { labels: { app: 'web' } });
    const policy = new kplus.NetworkPolicy(chart, 'policy', {
      selector: web,
      ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
      egress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
    });
    policy.addIngressRule(
      kplus.NetworkPolicyIpBlock.ipv4(chart, 'cidr', '10.0.0.0/8', ['10.1.0.0/16']),
      [kplus.NetworkPolicyPort.tcp(8080)],
    );
    policy.addEgressRule(kplus.Namespaces.select(chart, 'dns', { labels: { name: 'dns' } }), [
      kplus.NetworkPolicyPort.udp(53),
    ]);
  },
  'Namespace and PersistentVolume': (chart) => {
    new kplus.Namespace(chart, 'namespace', { metadata: { labels: { team: 'a' } } });
    new kplus.AwsElasticBlockStorePersistentVolume(chart, 'volume', {
      volumeId: 'vol-1',
      storage: Size.gibibytes(5),
    });
  },
  'L1 classes': (chart) => {
    new k8s.KubePodDisruptionBudget(chart, 'budget', {
      spec: {
        minAvailable: k8s.IntOrString.fromString('50%'),
        selector: { matchLabels: { a: 'b' } },
      },
    });
    new k8s.KubeService(chart, 'service', {
      metadata: { name: 'raw', labels: { app: 'raw' }, finalizers: ['example.com/hold'] },
      spec: { ports: [{ port: 80, targetPort: k8s.IntOrString.fromNumber(8080) }] },
    });
    new k8s.KubeLimitRange(chart, 'limits', {
      spec: { limits: [{ type: 'Container', max: { cpu: k8s.Quantity.fromNumber(2) } }] },
    });
    new k8s.KubePriorityClass(chart, 'high', { value: 1_000_000, globalDefault: false });
    new k8s.KubeValidatingWebhookConfiguration(chart, 'webhook', { webhooks: [] });
    new k8s.KubeStorageClass(chart, 'fast', {
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3' },
      allowVolumeExpansion: true,
    });
  },
  'an imported CRD': (chart) => {
    new PrometheusRule(chart, 'rules', {
      metadata: { name: 'rules', annotations: { on: 'off' } },
      spec: {
        groups: [
          {
            name: 'web',
            interval: '30s',
            rules: [
              { alert: 'Down', expr: 'up == 0', for: '5m', labels: { severity: 'page' } },
              { record: 'job:up:sum', expr: 'sum by (job) (up{job=~"web|api"})' },
            ],
          },
        ],
      },
    });
  },
  'ApiObject with JSON patches': (chart) => {
    const object = new ApiObject(chart, 'widget', {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'widget', annotations: { drop: 'me', keep: 'me' } },
      spec: { size: 1, list: [1, 2, 3], nested: { a: { b: null, c: true } }, big: 12345678901 },
    });
    object.addJsonPatch(
      JsonPatch.replace('/spec/size', 1.5),
      JsonPatch.add('/spec/list/-', 4),
      JsonPatch.add('/spec/list/0', 'first'),
      JsonPatch.remove('/metadata/annotations/drop'),
      JsonPatch.copy('/spec/nested/a', '/spec/copied'),
      JsonPatch.move('/spec/nested', '/spec/moved'),
      JsonPatch.test('/spec/big', 12345678901),
    );
    object.metadata.addLabel('late', 'label');
    object.metadata.addAnnotation('late', 'annotation');
    object.metadata.addOwnerReference({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'owner',
      uid: '0',
    });
    object.metadata.add('generateName', 'widget-');
  },
  'lazy values': (chart) => {
    let replicas = 1;
    new ApiObject(chart, 'lazy', {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      spec: { replicas: Lazy.any({ produce: () => replicas }) as unknown },
    });
    replicas = 3;
  },
  'an included file': (chart) => {
    new Include(chart, 'included', { url: join(__dirname, 'included.yaml') });
  },
};

/** Objects whose order in the file is not that of their creation. */
export const ordered: Record<string, Sample> = {
  'between objects': (chart) => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => widget(chart, id));
    if (b && c) a?.addDependency(c, b);
  },
  'between constructs': (chart) => {
    const [front, back] = ['front', 'back'].map((id) => {
      const construct = new Construct(chart, id);
      widget(construct, 'one');
      widget(new Construct(construct, 'inner'), 'two');
      return construct;
    });
    if (back) front?.node.addDependency(back);
  },
  'of an object on a construct': (chart) => {
    const first = widget(chart, 'first');
    const later = new Construct(chart, 'later');
    widget(later, 'one');
    first.addDependency(later);
  },
};

function widget(scope: Construct, id: string): ApiObject {
  const name = [...scope.node.path.split('/'), id].join('-');
  return new ApiObject(scope, id, {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name },
  });
}
