/* Runs in the browser beside Mermaid: draws a diagram, and measures what is drawn. */

const PLACE = '#diagram';

const box = (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
};

/** What is drawn of a node or group beside its text. */
const formOf = (element) =>
  [...element.children].find((child) => !child.matches('.label, .cluster-label')) ?? element;

/** The text of something, where it is drawn, and the window that it is seen through. */
const measured = (element) => {
  const label = element.querySelector('.label, .cluster-label') ?? element;
  const text = label.querySelector('foreignObject span') ?? label;
  return {
    id: element.id,
    text: text.textContent,
    label: box(text),
    window: box(label.querySelector('foreignObject') ?? label),
    form: box(formOf(element)),
  };
};

globalThis.measure = () => {
  const drawn = document.querySelector(`${PLACE} svg`);
  const all = (selector) => [...drawn.querySelectorAll(selector)].map(measured);
  return {
    size: box(drawn),
    nodes: all('g.node'),
    groups: all('g.cluster'),
    arrows: all('g.edgeLabel').filter(({ text }) => text.trim() !== ''),
  };
};

/** Throws where Mermaid cannot read it. */
globalThis.draw = async (source, theme) => {
  mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true, theme });
  await document.fonts.ready;
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
  const { svg } = await mermaid.render('drawn', source);
  document.querySelector(PLACE).innerHTML = svg;
  document.body.style.background = theme === 'dark' ? '#0d1117' : '#ffffff';
  // What Mermaid understood, where the kind of diagram has nodes.
  return [...(db.getVertices?.().values() ?? [])].map(({ id, text }) => ({ id, text }));
};
