import { join } from 'node:path';
import { goPrograms } from '../go-programs';

export const validatorPrograms = goPrograms(join(__dirname, 'go'), {
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform',
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint',
  'chart-testing': 'github.com/helm/chart-testing/v3/ct',
  'kube-score': 'github.com/zegl/kube-score/cmd/kube-score',
  pluto: 'github.com/fairwindsops/pluto/v5/cmd/pluto',
  conftest: 'github.com/open-policy-agent/conftest',
});
