/** To be written. */
export function Events() {
  return <p>Events</p>;
}
