import { join } from 'node:path';
import { goPrograms } from '../go-programs';

export const configPrograms = goPrograms(join(__dirname, 'go'), {
  'device-plugin': '.',
  'pod-security': '.',
  'memcached-exporter': 'github.com/prometheus/memcached_exporter/cmd/memcached_exporter',
  'nginx-exporter': 'github.com/nginx/nginx-prometheus-exporter',
  'node-exporter': 'github.com/prometheus/node_exporter',
  'network-policies': '.',
  'kube-state-metrics': 'k8s.io/kube-state-metrics/v2',
});
