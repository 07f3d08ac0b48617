/** To be written. */
export function Flow() {
  return <p>Flow</p>;
}
