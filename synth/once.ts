/** A function of an object that knows what it gave for the same object before. */
export function once<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined || known.has(of)) return before as V;
    const made = make(of);
    known.set(of, made);
    return made;
  };
}
