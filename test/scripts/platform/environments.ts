import type { Environment } from '../../../synth';

export const dev: Environment = {
  name: 'dev',
  summary: 'a shorter greeting.',
  release: { name: 'small', namespace: 'default' },
  values: { web: { greeting: 'Hi' } },
};

export const prod: Environment = {
  name: 'prod',
  summary: 'more of everything, and public.',
  release: { name: 'small', namespace: 'default' },
  values: {
    global: { domain: 'example.com' },
    web: {
      replicas: 3,
      greeting: 'Welcome',
      image: { tag: '1.2.3' },
      hosts: [{ name: 'www.example.com' }, { name: 'shop.example.com' }],
      nodeSelector: { disk: 'ssd' },
    },
  },
};
