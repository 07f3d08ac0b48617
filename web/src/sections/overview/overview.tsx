/** To be written. */
export function Overview() {
  return <p>Overview</p>;
}
