/** To be written. */
export function Call() {
  return <p>Call</p>;
}
