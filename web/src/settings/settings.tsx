// Settings, by page.
export function Settings({ page }: { page: string }) {
  return <main>{page}</main>;
}
