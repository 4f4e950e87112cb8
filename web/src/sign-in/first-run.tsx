// The first run and invitations: the token is in the part of the address that never leaves the browser.
export function FirstRun({ accept }: { accept: boolean }) {
  return <main class="door">{accept ? "" : ""}</main>;
}
