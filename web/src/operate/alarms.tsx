// What must not be missed.
export function Alarms() {
  return <div class="alarms" />;
}
