/** To be written. */
export function Settings() {
  return <p>Settings</p>;
}
