import type { Files } from '../chart';
import type { Told } from '../checks/world';
import { checksPage } from './checks-page';
import { podSecurityPage } from './pod-security-page';
import { portsPage } from './ports-page';

/** The generated pages, by path in the folder of docs; undefined where there is nothing to tell. */
const PAGES: Readonly<Record<string, (told: Told) => string | undefined>> = {
  'checks.md': checksPage,
  'pod-security.md': podSecurityPage,
  'ports.md': ({ options: { ports } }) => ports && portsPage(ports),
};

export function docsFiles(told: Told): Files {
  const pages = Object.entries(PAGES).map(([path, text]) => [path, text(told)] as const);
  return new Map(pages.filter((one): one is readonly [string, string] => one[1] !== undefined));
}
