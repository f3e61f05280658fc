/*
 * Upgrade notes: in CHANGELOG.md, the items of lists below "### Upgrade notes" in the part
 * "[Unreleased]", and in those of versions that came after the one that is upgraded from.
 */

const PART = /^## +(?:\[([^\]]+)\]|(\S+)).*$/;

/**
 * What each note names in backticks.
 * @param changelog as it is now.
 * @param before as it was then: what it had of other parts than "Unreleased" is old.
 */
export function upgradeNotes(changelog: string, before: string): ReadonlySet<string>[] {
  const old = new Set(partsOf(before).map(({ name }) => name));
  const parts = partsOf(changelog).filter(({ name }) => isUnreleased(name) || !old.has(name));
  return parts.flatMap(({ lines }) => itemsOf(lines)).map(namesIn);
}

const isUnreleased = (name: string) => name.toLowerCase() === 'unreleased';

interface ChangelogPart {
  readonly name: string;
  readonly lines: readonly string[];
}

function partsOf(text: string): ChangelogPart[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (PART.test(line) ? [index] : []));
  return starts.map((start, index) => {
    const [, bracketed, bare = ''] = PART.exec(lines[start] ?? '') ?? [];
    return { name: bracketed ?? bare, lines: lines.slice(start + 1, starts[index + 1]) };
  });
}

/** Items of lists below the heading, up to the next one. */
function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  let isBelow = false;
  for (const line of lines) {
    if (/^#+ /.test(line)) isBelow = /^### +upgrade notes *$/i.test(line);
    else if (!isBelow) continue;
    else if (/^[-*] /.test(line)) items.push(line);
    else if (items.length > 0) items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items;
}

const namesIn = (item: string) =>
  new Set([...item.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

/** Whether one of the notes names all of them. */
export const isNoted = (notes: readonly ReadonlySet<string>[], names: readonly string[]): boolean =>
  notes.some((note) => names.every((name) => note.has(name)));
