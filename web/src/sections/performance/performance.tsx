/** To be written. */
export function Performance() {
  return <p>Performance</p>;
}
