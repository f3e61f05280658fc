import {
  each,
  not,
  notEmpty,
  omitEmpty,
  when,
  whenItems,
  type ManifestLiteral,
  type Val,
} from '../../synth';
import type { AppTierSelf } from '.';
import type { Parts } from './node-service';

export function ingress({ values, global }: AppTierSelf, { metadata }: Parts): ManifestLiteral {
  const { hosts, tlsSecret, annotations } = values.nodeService.ingress;
  const defaultHost = `api.${global.domain}`;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, annotations: omitEmpty(annotations) },
    spec: {
      ingressClassName: omitEmpty(global.ingressClass),
      tls: when(notEmpty(tlsSecret), [
        {
          secretName: tlsSecret,
          hosts: [
            ...whenItems(not(notEmpty(hosts)), [defaultHost]),
            each(hosts, (host) => host.name),
          ],
        },
      ]),
      rules: [
        ...whenItems(not(notEmpty(hosts)), [rule(defaultHost, '/')]),
        each(hosts, (host) => rule(host.name, host.path)),
      ],
    },
  };
}

const rule = (host: Val<string>, path: Val<string>) => ({
  host,
  http: {
    paths: [
      {
        path,
        pathType: 'Prefix',
        backend: { service: { name: 'node-service', port: { name: 'http' } } },
      },
    ],
  },
});
