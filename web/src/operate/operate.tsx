// The map, the queue, the sheet and the units.
export function Operate() {
  return <main />;
}
