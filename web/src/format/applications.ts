const most = 40;

/**
 * What an application is called where there is little room: its address without scheme, query and the outer folders.
 * `https://ivr.example/a/b/c/start.php?v=2` → `ivr.example/…/c/start.php`; a name that is no address stays as it is. What is still too
 * long loses its middle: applications of one host differ at the end.
 */
export function shortApplication(application: string): string {
  const [, address] = /^[a-z][a-z0-9+.-]*:\/\/([^?#]+)/i.exec(application) ?? [];
  if (address === undefined) return shortened(application);
  const [host = '', ...path] = address.split('/').filter((part) => part !== '');
  return shortened([host, ...(path.length > 2 ? ['…'] : []), ...path.slice(-2)].join('/'));
}

function shortened(text: string): string {
  const letters = Array.from(text);
  if (letters.length <= most) return text;
  return `${letters.slice(0, most / 2 - 1).join('')}…${letters.slice(-most / 2).join('')}`;
}
