/** Labels of everything that belongs to a name. */
export const labels = (name: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': 'small',
});
