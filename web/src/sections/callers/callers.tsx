/** To be written. */
export function Callers() {
  return <p>Callers</p>;
}
