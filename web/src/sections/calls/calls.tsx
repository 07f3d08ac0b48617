/** To be written. */
export function Calls() {
  return <p>Calls</p>;
}
