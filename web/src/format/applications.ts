const most = 40;

/**
 * What an application is called where there is little room: its address without scheme, query and the folders in between.
 * `https://ivr.example/a/b/start.php?v=2` → `ivr.example/…/start.php`; a name that is no address stays as it is.
 */
export function shortApplication(application: string): string {
  const [, address] = /^[a-z][a-z0-9+.-]*:\/\/([^?#]+)/i.exec(application) ?? [];
  if (address === undefined) return shortened(application);
  const [host = '', ...path] = address.split('/').filter((part) => part !== '');
  const file = path.at(-1);
  if (file === undefined) return shortened(host);
  return shortened(path.length > 1 ? `${host}/…/${file}` : `${host}/${file}`);
}

const shortened = (text: string): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
