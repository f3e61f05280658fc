/** So many texts of a platform are said again and again; more are forgotten. */
const MOST = 10_000;
/** Longer ones are rarely said twice. */
const LENGTH = 100;

/** A function of a text that knows what it gave for texts that were asked for before. */
export function remember<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LENGTH) return make(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    if (known.size >= MOST) known.clear();
    known.set(text, made);
    return made;
  };
}
